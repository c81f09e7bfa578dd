import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openServerClock, type StoreClock } from '../../src/store/mongo/clock.ts';

const MINUTE_MS = 60_000;

/** A machine whose clocks are set by hand, and a server whose clock is hours ahead of it. */
class World {
  steady = 1_000;
  wall = 5_000_000;
  server = 9_000_000_000;
  trip = 0;
  asked = 0;
  down = false;
  readonly time = { steady: () => this.steady, wall: () => this.wall };

  ask = async (): Promise<number> => {
    this.asked++;
    if (this.down) throw new Error('down');
    this.pass(this.trip / 2);
    const told = this.server;
    this.pass(this.trip / 2);
    return told;
  };

  pass(ms: number): void {
    this.steady += ms;
    this.wall += ms;
    this.server += ms;
  }
}

describe('the clock of a MongoDB store', () => {
  let world: World;
  let clock: StoreClock | undefined;
  beforeEach(() => {
    vi.useFakeTimers();
    world = new World();
  });
  afterEach(() => {
    clock?.stop();
    vi.useRealTimers();
  });
  const open = async () => {
    clock = await openServerClock(world.ask, world.time);
    return clock;
  };

  it('tells the server’s time, in whole milliseconds, also after a slow answer', async () => {
    world.trip = 301;
    const { now } = await open();
    expect(Math.abs(now() - world.server)).toBeLessThanOrEqual(1);
    world.pass(1_234.5);
    expect(Number.isInteger(now())).toBe(true);
    expect(Math.abs(now() - world.server)).toBeLessThanOrEqual(1);
  });

  it('of answers that took long the quickest counts', async () => {
    let times = 0;
    const { now } = await openServerClock(async () => {
      times++;
      // All of the delay on the way back: the worst for whoever takes the middle.
      const told = world.server;
      world.pass(times === 2 ? 600 : 5_000);
      return told;
    }, world.time);
    expect(times).toBe(3);
    expect(Math.abs(now() - world.server)).toBeLessThanOrEqual(300);
  });

  it('asks every five seconds and follows the server’s clock', async () => {
    const { now } = await open();
    world.server += 20_000;
    world.pass(5_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(world.asked).toBe(2);
    expect(now()).toBe(world.server);
  });

  it('a machine’s clock that is set, backwards or forwards, moves nothing', async () => {
    const { now, fresh } = await open();
    for (const jump of [-10 * MINUTE_MS, 30 * MINUTE_MS]) {
      world.wall += jump;
      expect(now()).toBe(world.server);
      await fresh();
      expect(now()).toBe(world.server);
    }
  });

  it('asks nothing where there was no pause', async () => {
    const { fresh } = await open();
    world.pass(6_000);
    await fresh();
    expect(world.asked).toBe(1);
  });

  it('after a stopped process, and after a machine that slept, the next operation asks first', async () => {
    const { now, fresh } = await open();
    world.pass(MINUTE_MS);
    world.server += 7;
    await fresh();
    expect(now()).toBe(world.server);
    // A machine that sleeps stops its steady clock.
    world.wall += 10 * MINUTE_MS;
    world.server += 10 * MINUTE_MS;
    await fresh();
    expect(now()).toBe(world.server);
    expect(world.asked).toBe(3);
  });

  it('several operations after a pause ask once', async () => {
    const { fresh } = await open();
    world.pass(MINUTE_MS);
    await Promise.all([fresh(), fresh(), fresh()]);
    expect(world.asked).toBe(2);
  });

  it('while the server is away time goes on, and whoever needs it to be right is told', async () => {
    const { now, fresh } = await open();
    world.down = true;
    for (let n = 0; n < 12; n++) {
      world.pass(5_000);
      await vi.advanceTimersByTimeAsync(5_000);
    }
    expect(now()).toBe(world.server);
    await expect(fresh()).rejects.toThrow('down');
    world.down = false;
    await fresh();
    expect(now()).toBe(world.server);
  });
});
