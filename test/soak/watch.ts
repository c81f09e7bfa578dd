import { setTimeout as delay } from 'node:timers/promises';
import { type Held, held, middle } from './figures.ts';

/** What there is to see at one instant of a soak, or in a span of it. */
export interface Figures extends Held {
  when: string;
  second: number;
  requests: number;
  clips: number;
  deaths: number;
}

const LOOK_MS = 1_000;

/** Looks at a process every second, from now on. */
export function createWatch({
  pid,
  dataDir,
  counts,
  say,
}: {
  pid: number;
  dataDir: string;
  counts: () => Pick<Figures, 'requests' | 'clips' | 'deaths'>;
  say: (line: Figures) => void;
}) {
  const started = performance.now();
  const looked: { at: number; held: Held }[] = [];
  const figures: Figures[] = [];

  function tell(when: string, held: Held): Held {
    const line = { when, second: Math.round((performance.now() - started) / 1000), ...counts(), ...held };
    figures.push(line);
    say(line);
    return held;
  }

  return {
    figures,
    now: (when: string): Promise<Held> => held(pid, dataDir).then((now) => tell(when, now)),
    /** Until so many milliseconds after the start; each time, `meanwhile` as well. Ends with the signal. */
    async until(ms: number, signal: AbortSignal, meanwhile: () => Promise<unknown>): Promise<void> {
      while (performance.now() - started < ms && !signal.aborted) {
        const at = performance.now() - started;
        await Promise.all([held(pid, dataDir).then((now) => looked.push({ at, held: now })), meanwhile()]);
        await delay(LOOK_MS, undefined, { signal }).catch(() => {});
      }
    },
    /** What it held in the middle of its looks since then. */
    since: (when: string, ms: number): Held =>
      tell(when, middle(looked.filter(({ at }) => at >= ms).map(({ held }) => held))),
    /** As soon as it holds what it should, or when there was time enough for that. */
    async rest(when: string, isRest: (now: Held) => boolean, patienceMs: number): Promise<Held> {
      for (const until = performance.now() + patienceMs; ; await delay(LOOK_MS)) {
        const now = await held(pid, dataDir);
        if (isRest(now) || performance.now() >= until) return tell(when, now);
      }
    },
    /** Its last figures. */
    last: (when: string): void => {
      const last = looked.at(-1)?.held;
      if (last) tell(when, last);
    },
  };
}
