import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { type Again, retry } from '../../../util/retry.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import type { TelegramMessageRef, TelegramTarget } from '../places.ts';
import type { Poster, TelegramPosted, TextMessage } from '../send/post.ts';

/** Answers under way; beyond that receiving waits. */
const MAX_PENDING = 500;
/** An answer that Telegram failed to take is tried so often, so much later at first, and given up where it would be late. */
const MAX_TRIES = 3;
const BACKOFF = { baseMs: 2_000, maxMs: 4_000 };
const MAX_WAIT_MS = 10_000;
/** So many times a call that may come late waits for its turn. */
const MAX_TURNS = 20;
/** Failures that the next try may not meet. */
const MAY_PASS: readonly string[] = ['unknown', 'unreached'];
/** At a stop, answers under way have this long. */
const STOP_MS = 3_000;

/** Answers to people, once their word is on record; they never hold up the next update. */
export type Answers = ReturnType<typeof createAnswers>;

export function createAnswers(deps: { poster: Poster; clock: Clock; log: Log; ending: AbortSignal }) {
  const { poster, clock, log, ending: signal } = deps;
  const pending = new Set<Promise<unknown>>();
  let answers = 0;

  /** Goes on in the background. Resolves at once, or when there is room again. */
  async function later(work: () => Promise<unknown>): Promise<void> {
    const running = work().catch((error: unknown) => log.error({ err: error }, 'an answer failed'));
    pending.add(running);
    void running.finally(() => pending.delete(running));
    if (pending.size >= MAX_PENDING) await Promise.race(pending);
  }

  /** Undefined where it could not be posted: that is told in the log. */
  async function post(target: TelegramTarget, line: TextMessage): Promise<TelegramMessageRef | undefined> {
    const how = { priority: 'answer', key: `answer:${++answers}` } as const;
    const attempt = () => poster.post(target, line, how);
    const posted = await retry(attempt, { clock, backoff: BACKOFF, signal, when: mayPostAgain });
    if (posted.outcome === 'posted') return posted.at;
    log.warn({ reason: posted.reason }, 'an answer could not be posted');
    return undefined;
  }

  return {
    later,
    post,
    say: (target: TelegramTarget, line: TextMessage): Promise<void> => later(() => post(target, line)),
    /** Makes a call that may be made twice, also where its turn comes late and where it fails for a while. Whether it was done. */
    async patiently(call: () => ReturnType<Poster['throttled']>): Promise<boolean> {
      const said = await retry(call, {
        clock,
        signal,
        when(said, tries) {
          if (tries >= MAX_TURNS || said.outcome === 'done') return false;
          if (said.outcome === 'later') return { afterMs: said.waitMs };
          const { failure } = said;
          return failure.type === 'flood' ? { afterMs: failure.retryAfterMs } : MAY_PASS.includes(failure.type);
        },
      });
      return said.outcome === 'done' || (said.outcome === 'failed' && said.failure.type === 'same');
    },
    async stop(): Promise<void> {
      await settleWithin(Promise.allSettled(pending), STOP_MS, clock);
    },
  };
}

/** A line twice is better than none, which nothing else says again; but not in a closed chat, and not long after. */
function mayPostAgain(posted: TelegramPosted, tries: number): Again {
  if (tries >= MAX_TRIES || posted.outcome === 'posted' || posted.outcome === 'shut') return false;
  const afterMs = 'retryAfterMs' in posted ? posted.retryAfterMs : undefined;
  return (afterMs ?? 0) <= MAX_WAIT_MS && { afterMs };
}
