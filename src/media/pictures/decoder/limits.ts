import type { Work } from './requests.ts';

/** A photo of 49 megapixels as an AVIF takes 0.98 GB, all other kinds a third; what is to come next lies beside it. */
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
  const watched = new Map<number, { work: Work; begun: number; computed: number }>();

  function look(): void {
    const [now, computedNow] = [performance.now(), computedMs()];
    for (const [id, { begun, computed }] of watched) {
      const ms = computedNow - computed;
      const isLate = now - begun > 1.5 * maxComputeMs && ms > maxComputeMs / 4;
      if (ms > maxComputeMs || isLate) exceeded(id, `it computed for ${Math.round(ms)} ms`);
    }
    const rss = process.memoryUsage.rss();
    if (rss <= MAX_MEMORY_BYTES) return;
    // One that comes from outside rather than one that was fitted.
    const [heaviest] = [...watched].sort(
      ([, a], [, b]) => Number(b.work.type === 'fit') - Number(a.work.type === 'fit'),
    );
    if (heaviest) exceeded(heaviest[0], `it took ${Math.round(rss / 1024 ** 2)} MB`);
  }

  let timer: NodeJS.Timeout | undefined;
  return {
    watch(id, work) {
      watched.set(id, { work, begun: performance.now(), computed: computedMs() });
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

function computedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
