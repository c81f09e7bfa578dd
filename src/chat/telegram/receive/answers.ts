import type { Removals } from '../../../store/values.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { type Again, retry } from '../../../util/retry.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { goesSoon } from '../../kit/goes-soon.ts';
import { type OfBot, type TelegramMessageRef, type TelegramTarget, writeRef } from '../places.ts';
import type { Poster, TelegramPosted, TextMessage } from '../send/post.ts';

/** Answers under way; beyond that receiving waits. */
const MAX_PENDING = 500;
/** An answer that Telegram failed to take is tried so often, so much later at first, and given up where it would be late. */
const MAX_TRIES = 3;
const BACKOFF = { baseMs: 2_000, maxMs: 4_000 };
const MAX_WAIT_MS = 60_000;
/** So many times a call that may come late waits for its turn. */
const MAX_TURNS = 20;
/** Failures that the next try may not meet. */
const MAY_PASS: readonly string[] = ['unknown', 'unreached'];
/** At a stop, answers under way have this long. */
const STOP_MS = 3_000;

/** Answers to people, once their word is on record; they never hold up the next update. */
export type Answers = ReturnType<typeof createAnswers>;

export function createAnswers(
  deps: OfBot & {
    poster: Poster;
    removals: Removals;
    /** On the store's clock. */
    now: () => number;
    clock: Clock;
    log: Log;
    ending: AbortSignal;
  },
) {
  const { platform, poster, clock, log, ending: signal } = deps;
  /** False once it was refused: whom a bot may whisper to is not documented, and older servers know nothing of it. */
  let canWhisper = true;
  const pending = new Set<Promise<unknown>>();
  /** The latest work about a subject. Holds as many as are pending. */
  const latest = new Map<string, Promise<unknown>>();
  let answers = 0;

  /** Goes on in the background; what is about one subject, one after the other. Resolves at once, or when there is room again. */
  async function later(work: () => Promise<unknown>, about?: string): Promise<void> {
    const before = about === undefined ? undefined : latest.get(about);
    const running = (before ? before.then(work) : work()).catch((error: unknown) =>
      log.error({ err: error }, 'an answer failed'),
    );
    pending.add(running);
    if (about !== undefined) latest.set(about, running);
    void running.finally(() => {
      pending.delete(running);
      if (about !== undefined && latest.get(about) === running) latest.delete(about);
    });
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

  /** A line in a group that only one person has to read: nobody's telephone rings, and it goes after a while. */
  async function postForNow(target: TelegramTarget, line: TextMessage, staysMs?: number): Promise<boolean> {
    const at = await post(target, Object.assign({ silent: true }, line));
    if (at) await goesSoon(deps, { platform, at: writeRef(at), staysMs });
    return at !== undefined;
  }

  async function whisper(target: TelegramTarget, line: TextMessage, to: number | undefined): Promise<void> {
    if (!target.chat.startsWith('-')) return void (await post(target, line));
    if (to === undefined || !canWhisper) return void (await postForNow(target, line));
    const { chat, thread } = target;
    const key = `answer:${++answers}`;
    const said = await poster.throttled(chat, { priority: 'answer', key, signal }, (api, abort) =>
      api.sendMessage(
        chat,
        line.text,
        {
          entities: line.entities,
          message_thread_id: thread,
          reply_markup: line.keyboard,
          ephemeral_message_parameters: { receiver_user_id: to },
          link_preview_options: { is_disabled: true },
        },
        abort,
      ),
    );
    if (said.outcome === 'done') {
      // A server that does not know what that is has told it to everybody.
      const { message_id: message } = said.result;
      if (message !== 0) await goesSoon(deps, { platform, at: writeRef({ chat, message }) });
      return;
    }
    if (said.outcome === 'failed' && said.failure.type === 'refused') canWhisper = false;
    await postForNow(target, line);
  }

  return {
    later,
    post,
    postForNow,
    /** For the asker alone: others in a group do not see it, or not for long. */
    whisper: (target: TelegramTarget, line: TextMessage, to: number | undefined): Promise<void> =>
      later(() => whisper(target, line, to)),
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
