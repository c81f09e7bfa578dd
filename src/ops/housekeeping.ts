import type { Store } from '../store/store.ts';
import type { Log } from './log.ts';

const FIRST_MS = 60_000;
const EACH_MS = 60 * 60_000;

/** Sweeps the store a minute after the start and then every hour; what ended more than `keepMs` ago is forgotten. Returns how to stop. */
export function startHousekeeping({
  store,
  keepMs,
  log,
}: {
  store: Store;
  keepMs: number;
  log: Pick<Log, 'error'>;
}): () => void {
  let timer = setTimeout(sweep, FIRST_MS);
  let stopped = false;
  async function sweep(): Promise<void> {
    await store.sweep({ keepMs }).catch((error: unknown) => log.error({ err: error }, 'the store could not be swept'));
    if (!stopped) timer = setTimeout(sweep, EACH_MS);
  }
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
