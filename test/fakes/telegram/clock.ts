/** Real time plus what a test adds to it, in milliseconds since the epoch. */
export interface MovableClock {
  now(): number;
  /** Calls back once so much time has passed, by the wall or by `advance`; the answer calls it off. */
  after(ms: number, call: () => void): () => void;
  advance(ms: number): void;
  /** Drops whatever is to be called back. */
  close(): void;
}

/** The longest delay that Node's timers take. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export function createMovableClock(): MovableClock {
  let ahead = 0;
  const waiting = new Map<{ at: number; call: () => void }, NodeJS.Timeout>();
  const now = () => Date.now() + ahead;

  function arm(entry: { at: number; call: () => void }) {
    clearTimeout(waiting.get(entry));
    const fire = () => {
      if (!waiting.delete(entry)) return;
      entry.call();
    };
    waiting.set(entry, setTimeout(fire, Math.min(Math.max(0, entry.at - now()), MAX_TIMER_MS)));
  }

  return {
    now,
    after(ms, call) {
      const entry = { at: now() + ms, call };
      arm(entry);
      return () => {
        clearTimeout(waiting.get(entry));
        waiting.delete(entry);
      };
    },
    advance(ms) {
      ahead += ms;
      for (const entry of [...waiting.keys()]) arm(entry);
    },
    close() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
