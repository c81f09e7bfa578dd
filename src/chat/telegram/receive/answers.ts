import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from 'grammy/types';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { type Again, retry } from '../../../util/retry.ts';
import { placeOf, type TelegramMessageRef, type TelegramTarget, targetIn } from '../places.ts';
import type { Poster, TelegramPosted, TextMessage } from '../send/post.ts';

/** Answers under way; beyond that receiving waits. */
const MAX_PENDING = 500;
/** What Telegram failed to take is tried so often, so much later at first, and given up where it would be late. */
const MAX_TRIES = 3;
const BACKOFF = { baseMs: 2_000, maxMs: 4_000 };
const MAX_WAIT_MS = 10_000;
/** So many times a call that may come late waits for its turn. */
const MAX_TURNS = 20;
/** At a stop, answers under way have this long. */
const STOP_MS = 3_000;

/** What people are told once their word is on record; it never holds up the next update. */
export interface Answers {
  /** Goes on in the background. Resolves at once, or when there is room again. */
  later(work: () => Promise<unknown>): Promise<void>;
  /** Answers a message. Undefined where that could not be: it is told in the log. */
  reply(message: Message, line: TextMessage): Promise<TelegramMessageRef | undefined>;
  post(target: TelegramTarget, line: TextMessage): Promise<TelegramMessageRef | undefined>;
  /** Makes a call that waits for its turn, also where that comes late. */
  patiently(call: () => ReturnType<Poster['throttled']>): Promise<void>;
  stop(): Promise<void>;
}

export function createAnswers(deps: { poster: Poster; clock: Clock; log: Log; stopping: AbortSignal }): Answers {
  const { poster, clock, log, stopping } = deps;
  const pending = new Set<Promise<unknown>>();
  let answers = 0;

  async function post(target: TelegramTarget, line: TextMessage): Promise<TelegramMessageRef | undefined> {
    const key = `answer:${++answers}`;
    const posted = await retry(() => poster.post(target, line, { priority: 'answer', key }), {
      clock,
      backoff: BACKOFF,
      signal: stopping,
      when: mayPostAgain,
    });
    if (posted.outcome === 'posted') return posted.at;
    log.warn({ reason: posted.reason }, 'an answer could not be posted');
    return undefined;
  }

  return {
    post,
    reply: (message, line) => post(targetIn(placeOf(message)), line),
    async later(work) {
      const running = work().catch((error: unknown) => log.error({ err: error }, 'an answer failed'));
      pending.add(running);
      void running.finally(() => pending.delete(running));
      if (pending.size >= MAX_PENDING) await Promise.race(pending);
    },
    async patiently(call) {
      await retry(call, {
        clock,
        signal: stopping,
        when: (said, tries) => tries < MAX_TURNS && said.outcome === 'later' && { afterMs: said.waitMs },
      });
    },
    async stop() {
      await Promise.race([Promise.allSettled(pending), delay(STOP_MS, undefined, { ref: false })]);
    },
  };
}

/** Nobody else says it again, and a line twice is better than none; but not in a closed chat, and not long after. */
function mayPostAgain(posted: TelegramPosted, tries: number): Again {
  if (tries >= MAX_TRIES || posted.outcome === 'posted' || posted.outcome === 'shut') return false;
  const afterMs = 'retryAfterMs' in posted ? posted.retryAfterMs : undefined;
  return (afterMs ?? 0) <= MAX_WAIT_MS && { afterMs };
}
