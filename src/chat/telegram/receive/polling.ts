import { createBatchSink, createRunner, createSource } from '@grammyjs/runner';
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
/** The other program may end soon. */
const CONFLICT_MS = 5_000;
const TAKE_BACKOFF = { baseMs: 200, maxMs: 5_000 };

/**
 * Asks Telegram for updates until `ending`. A batch is confirmed by asking for the next one, and that only when all of
 * this one is on record: what could not be put there is tried again meanwhile. Ends early where the token is no bot's.
 */
export async function poll(deps: {
  tg: Telegram;
  take: (update: Update) => Promise<void>;
  /** Why nothing comes, or that it does again. */
  onTrouble: (trouble: TelegramFailure | 'record' | undefined) => void;
  clock: Clock;
  log: Pick<Log, 'warn' | 'error'>;
  ending: AbortSignal;
}): Promise<void> {
  const { tg, take, onTrouble, clock, log, ending } = deps;
  let offset = 0;
  let givenUp = false;

  async function fetchUpdates(): Promise<Update[]> {
    const how = { offset, limit: 100, timeout: POLL_SECONDS, allowed_updates: [...ALLOWED_UPDATES] };
    const ask = () =>
      tg.call((api, signal) => api.getUpdates(how, signal), { timeoutMs: POLL_TIMEOUT_MS, signal: ending });
    const said = await retry(ask, {
      clock,
      backoff: FETCH_BACKOFF,
      signal: ending,
      when(said) {
        if (said.outcome === 'done') return false;
        onTrouble(said.failure);
        return said.failure.type !== 'token' && { afterMs: toldMs(said.failure) };
      },
    });
    if (said.outcome === 'failed') throw new Error(ending.aborted ? 'receiving ends' : 'the token is no bot’s');
    onTrouble(undefined);
    return said.result;
  }

  async function retryUntilDone(update: Update): Promise<void> {
    let wasInTrouble = false;
    try {
      ending.throwIfAborted();
      await retry(() => take(update), {
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
      if (wasInTrouble) onTrouble(undefined);
    } catch {
      givenUp = true;
    }
  }

  const sink = createBatchSink<Update>({ consume: retryUntilDone }, async (error) => {
    givenUp = true;
    log.error({ err: error }, 'an update failed');
  });
  const source = createSource<Update>({ supply: fetchUpdates });
  const runner = createRunner<Update>(source, {
    ...sink,
    async handle(updates) {
      const capacity = await sink.handle(updates);
      const last = updates.at(-1);
      if (last && !givenUp) offset = last.update_id + 1;
      return capacity;
    },
  });
  const stop = () => void runner.stop();
  ending.addEventListener('abort', stop, { once: true });
  runner.start();
  await runner.task()?.catch((error: unknown) => {
    if (!ending.aborted) log.warn({ err: error }, 'receiving from Telegram ended');
  });
  ending.removeEventListener('abort', stop);
  // Otherwise the last ones would be told once more at the next start.
  if (offset > 0 && !givenUp)
    await tg.call((api, signal) => api.getUpdates({ offset, limit: 1, timeout: 0 }, signal), { timeoutMs: 2_000 });
}

function toldMs(trouble: TelegramFailure): number | undefined {
  if (trouble.type === 'conflict') return CONFLICT_MS;
  return trouble.type === 'flood' ? trouble.retryAfterMs : undefined;
}
