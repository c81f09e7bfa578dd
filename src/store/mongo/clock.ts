import type { mongo } from 'mongoose';
import { z } from 'zod';

/** Milliseconds, as this machine tells them. */
export interface MachineTime {
  /** Runs evenly, from anywhere. */
  steady(): number;
  /** Goes on while the machine sleeps, and may be set. */
  wall(): number;
}

const machineTime: MachineTime = { steady: () => performance.now(), wall: Date.now };

const EVERY_MS = 5_000;
/** Without news for so long, something stood still. */
const PAUSE_MS = 2 * EVERY_MS;
/** An answer that took longer says too little of when it was made. */
const GOOD_TRIP_MS = 500;
const TRIES = 3;

/** The store's instants, the same for all processes, whatever their machines' clocks say. */
export type StoreClock = Awaited<ReturnType<typeof openServerClock>>;

/** The server's clock: this machine's steady one plus an offset, asked for every five seconds and after any pause. */
export async function openServerClock(ask: () => Promise<number>, { steady, wall }: MachineTime = machineTime) {
  let offset = 0;
  let asked = { steady: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };
  let asking: Promise<void> | undefined;

  async function askAgain(): Promise<void> {
    for (let best = Number.POSITIVE_INFINITY, tries = 0; best > GOOD_TRIP_MS && tries < TRIES; tries++) {
      const before = steady();
      const server = await ask();
      const after = steady();
      if (after - before >= best) continue;
      best = after - before;
      offset = server - (before + after) / 2;
    }
    asked = { steady: steady(), wall: wall() };
  }

  function renew(): Promise<void> {
    asking ??= askAgain().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  const isFresh = () => steady() - asked.steady < PAUSE_MS && Math.abs(wall() - asked.wall) < PAUSE_MS;

  await renew();
  // While the server is away the steady clock goes on with the offset it had; a caller that needs more calls `fresh`.
  const timer = setInterval(() => void renew().catch(() => {}), EVERY_MS);
  timer.unref();
  return {
    /** Milliseconds since the epoch, whole. */
    now: () => Math.floor(steady() + offset),
    /** Resolves once `now` is right again after a pause of the process or the machine; at once where there was none. */
    fresh: async (): Promise<void> => (isFresh() ? undefined : renew()),
    stop: () => clearInterval(timer),
  };
}

const helloSchema = z.object({ localTime: z.date() });

/** Milliseconds since the epoch, as the primary tells them. */
export const serverTime = async (native: mongo.Db): Promise<number> =>
  helloSchema.parse(await native.command({ hello: 1 })).localTime.getTime();
