import type { Update } from 'grammy/types';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { retry } from '../../../util/retry.ts';
import type { Telegram } from '../api/api.ts';
import type { TelegramFailure } from '../api/errors.ts';
import { ALLOWED_UPDATES } from './updates.ts';

const POLL_SECONDS = 30;
const POLL_TIMEOUT_MS = (POLL_SECONDS + 15) * 1_000;
const FETCH_BACKOFF = { baseMs: 500, maxMs: 30_000 };
const PASSING: readonly string[] = ['unknown', 'unreached', 'flood'];
/** The other program may end soon. */
const CONFLICT_MS = 5_000;
const TAKE_BACKOFF = { baseMs: 200, maxMs: 5_000 };

/**
 * Asks Telegram for updates until `ending`. A batch is confirmed by asking for the next one, and that only when all of
 * this one is on record: what could not be put there is tried again meanwhile. Ends early where the token is no bot's, unless
 * `refusedMs` says when it is tried again.
 */
export async function poll(deps: {
  tg: Telegram;
  take: (update: Update) => Promise<void>;
  /** Why nothing comes, or that it does again. */
  onTrouble: (trouble: TelegramFailure | 'record' | undefined) => void;
  refusedMs?: number;
  clock: Clock;
  log: Pick<Log, 'warn'>;
  ending: AbortSignal;
}): Promise<void> {
  const { tg, take, onTrouble, refusedMs, clock, log, ending } = deps;

  /** Undefined where it ends. */
  async function fetchFrom(offset: number): Promise<Update[] | undefined> {
    const how = { offset, limit: 100, timeout: POLL_SECONDS, allowed_updates: [...ALLOWED_UPDATES] };
    const call = () =>
      tg.call((api, signal) => api.getUpdates(how, signal), { timeoutMs: POLL_TIMEOUT_MS, signal: ending });
    const said = await retry(call, {
      clock,
      backoff: FETCH_BACKOFF,
      signal: ending,
      when(said, tries) {
        if (said.outcome === 'done') return false;
        // A single 502 is nobody's trouble: the next try is half a second away.
        if (tries > 1 || !PASSING.includes(said.failure.type)) onTrouble(said.failure);
        if (said.failure.type === 'token') return refusedMs !== undefined && { afterMs: refusedMs };
        return { afterMs: toldMs(said.failure) };
      },
    });
    if (said.outcome === 'failed') return undefined;
    onTrouble(undefined);
    return said.result;
  }

  /** False where it ends before that. */
  async function takeUntilStored(update: Update): Promise<boolean> {
    if (ending.aborted) return false;
    let wasInTrouble = false;
    const taking = retry(() => take(update), {
      clock,
      backoff: TAKE_BACKOFF,
      signal: ending,
      whenThrown(error) {
        log.warn({ err: error, update: update.update_id }, 'an update could not be put on record yet');
        onTrouble('record');
        wasInTrouble = true;
        return true;
      },
    });
    const isStored = await taking.then(
      () => true,
      () => false,
    );
    if (isStored && wasInTrouble) onTrouble(undefined);
    return isStored;
  }

  let offset = 0;
  while (!ending.aborted) {
    const updates = await fetchFrom(offset);
    if (!updates) break;
    const stored = await Promise.all(updates.map(takeUntilStored));
    if (stored.includes(false)) return;
    const last = updates.at(-1);
    if (last) offset = last.update_id + 1;
  }
  // Otherwise the last ones would be told once more at the next start.
  if (offset > 0)
    await tg.call((api, signal) => api.getUpdates({ offset, limit: 1, timeout: 0 }, signal), { timeoutMs: 2_000 });
}

function toldMs(trouble: TelegramFailure): number | undefined {
  if (trouble.type === 'conflict') return CONFLICT_MS;
  return trouble.type === 'flood' ? trouble.retryAfterMs : undefined;
}
