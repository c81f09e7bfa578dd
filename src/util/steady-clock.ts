/** How a machine tells time: what its clock shows, and what has passed since some moment, in milliseconds. */
export interface TimeSources {
  /** Milliseconds since the epoch; somebody may set it. */
  wall(): number;
  /** Goes on evenly, and may stand still while the machine sleeps. */
  elapsed(): number;
  /** Since the machine was started, its sleep included, to the second. */
  uptime(): number;
}

/** A clock that was set is followed by so much of the time that passes. */
const FOLLOW = 0.1;
/** `uptime` is too coarse for less, and too slow to be asked more often. */
const COARSE_MS = 2_000;

/**
 * Milliseconds since the epoch, that never run backwards and never jump: where the machine's clock is set to another time
 * the difference is made up slowly, so that nothing that waits is suddenly due, or hours away. A machine that slept is
 * followed at once, as that time has really passed.
 */
export function createSteadyNow({ wall, elapsed, uptime }: TimeSources): () => number {
  let now = wall();
  let last = elapsed();
  let asked = last;
  let bootToElapsed = uptime() - last;
  return () => {
    const at = elapsed();
    const passed = at - last;
    last = at;
    now += passed;
    const behind = wall() - now;
    if (behind > COARSE_MS && at - asked > COARSE_MS) {
      asked = at;
      const slept = uptime() - at - bootToElapsed;
      bootToElapsed += slept;
      if (slept > COARSE_MS) now += Math.min(slept, behind);
    }
    const most = passed * FOLLOW;
    now += Math.max(-most, Math.min(most, wall() - now));
    return Math.round(now);
  };
}
