import type { Store } from '../store/store.ts';
import { systemClock } from '../util/clock.ts';
import { settleWithin } from '../util/settle-within.ts';

/** Whether the program does its work, and in plain words why not. */
export interface Readiness {
  ready: boolean;
  store: string;
  tasks: string;
  /** How it stands with the chat platforms, where there are any. */
  platforms?: string;
}

/** A task that no worker has taken for so long after it was due means that none works. */
const MAX_OVERDUE_MS = 60_000;
const STORE_TIMEOUT_MS = 5_000;

/**
 * Asks the store, which must answer, for the task that waits longest, and whether people can reach the platforms: one of them
 * (each of several bots is one) will do, as whoever is told that this process is not ready sends all of them elsewhere.
 */
export async function checkReady(
  store: Pick<Store, 'now' | 'tasks'>,
  platforms: readonly { trouble(): string | undefined }[] = [],
): Promise<Readiness> {
  const troubles = platforms.map((platform) => platform.trouble()).filter((trouble) => trouble !== undefined);
  const connected = platforms.length === 0 ? {} : { platforms: troubles.join(' ') || 'all are connected' };
  try {
    const answer = await settleWithin(store.tasks.oldestDue(), STORE_TIMEOUT_MS, systemClock);
    if (!answer) throw new Error('no answer in time');
    const due = answer.value;
    const lateMs = due === undefined ? 0 : Math.max(0, store.now() - due);
    const words = lateMs === 0 ? 'none is overdue' : `the oldest is overdue by ${Math.round(lateMs / 1000)} s`;
    const isHeard = platforms.length === 0 || troubles.length < platforms.length;
    return { ready: lateMs <= MAX_OVERDUE_MS && isHeard, store: 'answers', tasks: words, ...connected };
  } catch {
    // The reason is for the log: this answer is public.
    return { ready: false, store: 'does not answer', tasks: 'not known', ...connected };
  }
}
