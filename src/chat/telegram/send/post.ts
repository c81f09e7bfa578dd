import { InputFile } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Task } from '../../../task/task.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import type { Ledger, Sent } from '../../chat.ts';
import type { TaskFiles } from '../../kit/task-files.ts';
import type { ApiResult, Telegram, Work } from '../api/api.ts';
import type { TelegramFailure } from '../api/errors.ts';
import { idempotent } from '../api/idempotent.ts';
import { MOVED, type OfBot, type TelegramMessageRef, type TelegramTarget, targetsOf } from '../places.ts';
import type { Text } from '../texts.ts';
import type { SendThrottle, Turn } from './send-throttle.ts';

/** Of one line: the ways in which it can be made poorer are fewer. */
const MAX_TRIES = 5;
/** Somebody may wait for the word that it is gone, and nobody may answer a press later than this. */
const REMOVE_MS = 8_000;
/** A withdrawn token is for the operator; meanwhile nothing is given up. */
const TOKEN_MS = 60_000;

/** Sent perhaps, or certainly not. */
type NotSent =
  | Extract<Sent, { outcome: 'retry' }>
  /** `isLost` as in `TelegramFailure`. */
  | (Extract<Sent, { outcome: 'unknown' }> & { isLost: boolean });

/** The outcome of posting a line. `message` 0: Telegram will post it later, and it cannot be touched. */
export type TelegramPosted =
  | { outcome: 'posted'; at: TelegramMessageRef }
  /** Nothing is taken from the bot there. */
  | { outcome: 'shut'; reason: string }
  | NotSent;

export interface TextMessage extends Text {
  keyboard?: InlineKeyboardMarkup;
  /** A JPEG, which the text then stands below. */
  photo?: Uint8Array;
  /** A file, which the text then stands below. */
  document?: { name: string; bytes: Uint8Array };
  /** No telephone rings. */
  silent?: boolean;
  /** Opens the answer field of the person who is answered. */
  forceReply?: { placeholder: string };
}

/** How a call to a chat is made. */
interface Calling extends Turn {
  timeoutMs?: number;
  /** Asked once its turn has come, for much may have happened meanwhile. */
  isWanted?: () => Promise<boolean>;
}

/** The parts of one bot that send. */
export interface SendDeps extends OfBot {
  tg: Telegram;
  poster: Poster;
  files: TaskFiles;
  /** The file that a clip to be shown once more was uploaded as. */
  knownFile: (task: Task) => Promise<string | undefined>;
  /** Inline mode is on, by which clips are shared. */
  canShare: () => Promise<boolean>;
  /** The chat that shows what many people starred. */
  gallery?: string;
  clock: Clock;
  log: Log;
}

/** The adapter's word to the worker about a call that did not work. */
export function sentOf(failure: TelegramFailure): NotSent {
  const { reason } = failure;
  if (failure.type === 'unknown') return { outcome: 'unknown', reason, isLost: failure.isLost };
  if (failure.type === 'flood')
    return { outcome: 'retry', reason, retryAfterMs: failure.retryAfterMs, limited: 'flood' };
  if (failure.type === 'token') return { outcome: 'retry', reason, retryAfterMs: TOKEN_MS, limited: 'flood' };
  return { outcome: 'retry', reason };
}

/** Where its turn does not come soon. */
export const paced = (retryAfterMs: number): Extract<Sent, { outcome: 'retry' }> => ({
  outcome: 'retry',
  reason: 'the budget of this chat is used up',
  retryAfterMs,
  limited: 'turn',
});

/** Sends within the budget of each chat. */
export type Poster = ReturnType<typeof createPoster>;

export function createPoster({ tg, throttle, clock }: { tg: Telegram; throttle: SendThrottle; clock: Clock }) {
  /** Any call to a chat that costs of its budget; `later` where its turn does not come soon, or it is not wanted any more. */
  async function throttled<T>(
    chat: string,
    how: Calling,
    work: Work<T>,
  ): Promise<ApiResult<T> | { outcome: 'later'; waitMs: number }> {
    const waitMs = await throttle.acquire(chat, how);
    if (waitMs > 0) return { outcome: 'later', waitMs };
    if (how.isWanted && !(await how.isWanted())) return { outcome: 'later', waitMs: 0 };
    const said = await tg.call(work, how);
    if (said.outcome === 'failed' && said.failure.type === 'flood') throttle.block(chat, said.failure.retryAfterMs);
    return said;
  }

  return {
    throttled,
    isBusy: throttle.isBusy,
    /** Takes a message of ours away; costs nothing. */
    remove: ({ chat, message }: TelegramMessageRef, signal?: AbortSignal) =>
      idempotent(
        () => tg.call((api, abort) => api.deleteMessage(chat, message, abort), { timeoutMs: REMOVE_MS, signal }),
        { clock, signal },
      ),
    /** Posts one line at most. What certainly was not posted is tried in a poorer way: without its reply, its topic. */
    async post(
      wanted: TelegramTarget,
      line: TextMessage,
      { ledger, ...turn }: Calling & { ledger?: Pick<Ledger, 'record'> },
    ): Promise<TelegramPosted> {
      let target = wanted;
      for (let tries = 1; ; tries++) {
        const { chat } = target;
        const said = await throttled(chat, turn, callFor(target, line));
        if (said.outcome === 'later') return paced(said.waitMs);
        if (said.outcome === 'done')
          return { outcome: 'posted', at: { chat: String(said.result.chat.id), message: said.result.message_id } };
        const poorer = tries < MAX_TRIES ? degrade(target, said.failure) : undefined;
        if (!poorer)
          return said.failure.type === 'shut' || said.failure.type === 'topic-closed'
            ? { outcome: 'shut', reason: said.failure.reason }
            : sentOf(said.failure);
        if (said.failure.type === 'moved') await ledger?.record(MOVED, said.failure.to);
        target = poorer;
      }
    },
  };
}

/** Posts a line in the first of a task's homes that takes it, but those that are `closed`. */
export async function postToBest(
  { poster }: SendDeps,
  task: Task,
  {
    line,
    closed,
    ...how
  }: Calling & { line: (target: TelegramTarget) => TextMessage; ledger: Ledger; closed?: ReadonlySet<string> },
): Promise<TelegramPosted> {
  const reasons: string[] = [];
  for (const target of targetsOf(task, how.ledger.sent)) {
    if (closed?.has(target.chat)) continue;
    const posted = await poster.post(target, line(target), how);
    if (posted.outcome !== 'shut') return posted;
    reasons.push(posted.reason);
  }
  return { outcome: 'shut', reason: reasons.join('; ') || 'no place takes it' };
}

/** Where a message goes, as calls take it. */
export const placing = ({ thread, reply }: TelegramTarget) => ({
  message_thread_id: thread,
  reply_parameters: reply === undefined ? undefined : { message_id: reply, allow_sending_without_reply: true },
});

/** The one call that posts a line. */
const callFor =
  (target: TelegramTarget, line: TextMessage): Work<{ chat: { id: number }; message_id: number }> =>
  (api, signal) => {
    const { chat } = target;
    const { entities: caption_entities, link_preview_options: _, ...more } = extras(target, line);
    const captioned = { ...more, caption: line.text, caption_entities };
    if (line.photo) return api.sendPhoto(chat, new InputFile(line.photo, 'clips.jpg'), captioned, signal);
    if (!line.document) return api.sendMessage(chat, line.text, extras(target, line), signal);
    return api.sendDocument(chat, new InputFile(line.document.bytes, line.document.name), captioned, signal);
  };

function extras(target: TelegramTarget, { entities, keyboard, silent, forceReply }: TextMessage) {
  const answer = forceReply && {
    force_reply: true as const,
    selective: true,
    input_field_placeholder: forceReply.placeholder,
  };
  return {
    ...placing(target),
    entities,
    reply_markup: keyboard ?? answer,
    disable_notification: silent,
    link_preview_options: { is_disabled: true },
  };
}

/** The same home with less asked of it, after it was certainly refused; undefined where there is no such. */
export function degrade(target: TelegramTarget, failure: TelegramFailure): TelegramTarget | undefined {
  const { chat, thread, reply } = target;
  switch (failure.type) {
    case 'moved':
      // The messages stayed behind.
      return failure.to === chat ? undefined : { chat: failure.to };
    case 'reply-gone':
      return reply === undefined ? undefined : { chat, thread };
    case 'topic-closed':
      // The reply would lead back into the topic.
      return thread === undefined && reply === undefined ? undefined : { chat };
    default:
      return undefined;
  }
}
