import { withDeadline } from '../../util/with-deadline.ts';

/** What takes several runs of ffmpeg may take so long in all: a person waits for it, and others behind it. */
const MAX_MS = 240_000;

/**
 * Works on a clip with a signal that aborts along with `signal`, and once it took too long in all, which is a failure like
 * any other. Throws what `work` throws where `signal` aborts.
 */
export function within<T>(
  { signal, maxMs = MAX_MS }: { signal: AbortSignal; maxMs?: number },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | { outcome: 'failed'; reason: string }> {
  return withDeadline(maxMs, signal, async (both) => {
    try {
      return await work(both);
    } catch (error) {
      if (signal.aborted || error !== both.reason) throw error;
      return { outcome: 'failed', reason: `no end after ${maxMs} ms in all` };
    }
  });
}
