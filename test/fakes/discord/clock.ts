/** The stand-in's time in ms: real time plus what a test has advanced it by. */
export interface FakeClock {
  now(): number;
  /** Moves time forward; nothing waits. */
  advance(ms: number): void;
}

export function createClock(real: () => number = Date.now): FakeClock {
  let ahead = 0;
  return {
    now: () => real() + ahead,
    advance(ms) {
      ahead += ms;
    },
  };
}

/** Discord counts from the first second of 2015. */
const EPOCH = 1_420_070_400_000;

/** Makes ids as Discord does: 17 to 19 digits that hold the time and grow. */
export function createIds(now: () => number): () => string {
  let last = 0n;
  return () => {
    const wanted = BigInt(Math.floor(now()) - EPOCH) << 22n;
    last = wanted > last ? wanted : last + 1n;
    return String(last);
  };
}
