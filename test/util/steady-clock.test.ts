import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSteadyNow } from '../../src/util/steady-clock.ts';

const HOUR_MS = 3_600_000;

/** A machine whose clock, and whose sleep, are in the test's hands. */
function machine() {
  const at = { wall: 1_700_000_000_000, elapsed: 50, uptime: 900_000 };
  const now = createSteadyNow({ wall: () => at.wall, elapsed: () => at.elapsed, uptime: () => at.uptime });
  return {
    now,
    set: (byMs: number) => {
      at.wall += byMs;
    },
    pass: (ms: number) => {
      at.wall += ms;
      at.elapsed += ms;
      at.uptime += ms;
    },
    sleep: (ms: number) => {
      at.wall += ms;
      at.uptime += ms;
    },
    off: () => now() - at.wall,
  };
}

describe('the program’s clock', () => {
  test.each([HOUR_MS, -HOUR_MS, 3 * 24 * HOUR_MS])('does not jump where the machine’s is set by %i ms', (jump) => {
    const { now, set, pass } = machine();
    pass(10_000);
    const before = now();
    set(jump);
    expect(now()).toBe(before);
    pass(60_000);
    expect(Math.abs(now() - before - 60_000)).toBeLessThanOrEqual(6_000);
  });

  test('comes to the machine’s slowly, and then goes with it', () => {
    const { now, set, pass, off } = machine();
    set(-HOUR_MS);
    for (let minutes = 0; minutes < 11 * 60; minutes++) {
      pass(60_000);
      now();
    }
    expect(off()).toBe(0);
  });

  test('follows a machine that slept at once, also while it makes up for a jump', () => {
    const { set, pass, sleep, off } = machine();
    set(HOUR_MS);
    pass(10_000);
    const behind = off();
    sleep(8 * HOUR_MS);
    pass(10_000);
    expect(Math.abs(off() - behind)).toBeLessThanOrEqual(2_000);
  });

  test('never runs backwards, whatever happens', () => {
    const event = fc.oneof(
      fc.record({ type: fc.constant('pass' as const), ms: fc.nat(100_000) }),
      fc.record({ type: fc.constant('set' as const), ms: fc.integer({ min: -10 * HOUR_MS, max: 10 * HOUR_MS }) }),
      fc.record({ type: fc.constant('sleep' as const), ms: fc.nat(10 * HOUR_MS) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 50 }), (events) => {
        const at = machine();
        let last = at.now();
        for (const { type, ms } of events) {
          at[type](ms);
          expect(at.now()).toBeGreaterThanOrEqual(last);
          last = at.now();
        }
      }),
    );
  });
});
