import type { Work } from './requests.ts';

/** A photo of 49 megapixels as an AVIF takes 0.98 GB, all other kinds half of it; what is to come next lies beside it. */
const MAX_MEMORY_BYTES = 1.15 * 1024 ** 3;
/** Within it a picture takes 20 MB at most. */
const LOOK_MS = 10;

/** Watches what pictures take of this process, whose decoding no call can stop. */
export interface Limits {
  watch(id: number, work: Work): void;
  forget(id: number): void;
}

/**
 * Says which picture takes more than it may. It is computing that counts, so that none is blamed for a machine that is busy
 * with other things: `maxComputeMs` of it, or after half as long again by the clock a quarter.
 */
export function createLimits({
  maxComputeMs,
  exceeded,
}: {
  maxComputeMs: number;
  exceeded: (id: number, reason: string) => void;
}): Limits {
  const watched = new Map<number, { id: number; work: Work; begun: number; computed: number }>();

  function look(): void {
    const suspect = suspectOf([...watched.values()]);
    if (!suspect) return;
    const ms = computedMs() - suspect.computed;
    const isLate = performance.now() - suspect.begun > 1.5 * maxComputeMs && ms > maxComputeMs / 4;
    if (ms > maxComputeMs || isLate) exceeded(suspect.id, `it computed for ${Math.round(ms)} ms`);
    const rss = process.memoryUsage.rss();
    if (rss > MAX_MEMORY_BYTES) exceeded(suspect.id, `it took ${Math.round(rss / 1024 ** 2)} MB`);
  }

  let timer: NodeJS.Timeout | undefined;
  return {
    watch(id, work) {
      watched.set(id, { id, work, begun: performance.now(), computed: computedMs() });
      timer ??= setInterval(look, LOOK_MS);
    },
    forget(id) {
      watched.delete(id);
      if (watched.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/**
 * Of the pictures that are worked on the one that must be to blame for what the process takes: one that comes from outside
 * rather than one that was fitted.
 */
export const suspectOf = <One extends { work: Work }>(all: readonly One[]): One | undefined =>
  all.find(({ work }) => work.type === 'fit') ?? all[0];

function computedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
