import { randomBytes } from 'node:crypto';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import type { Ledger, Sent } from '../../chat.ts';
import type { Telegram } from '../api/api.ts';
import { keyboard } from '../buttons.ts';
import { MOVED, targetsOf, writeRef } from '../places.ts';
import { plain } from '../texts.ts';
import { whileUploading } from './chat-action.ts';
import { degrade, type Poster, paced, sentOf } from './post.ts';
import { CLIP_FILE, type ClipMessage, type Videos } from './video.ts';

/** Names on record: a plain send began; it was certainly refused; the person was told that nobody knows. */
const begun = (n: number): string => `plain-${n}`;
const refused = (n: number): string => `plain-${n}-refused`;
const DOUBT = 'plain-doubt';
/** Sends of one clip that are tried at all. */
const MAX_PLAIN = 50;

/**
 * The way without an anchor, for chats where Telegram posts later and tells no number (`message_id` 0): one send, put
 * on record before it is made. One of unknown outcome is not repeated; the person has a button for that.
 */
export interface PlainSend {
  began(sent: Ledger['sent']): boolean;
  deliver(task: Task, message: ClipMessage, ledger: Ledger, signal: AbortSignal): Promise<Sent>;
  /** The person's word that it did not come: the send with this number, unless somebody made it before. */
  again(
    task: Task,
    message: Pick<ClipMessage, 'text' | 'buttons'>,
    ledger: Ledger,
    n: number,
    signal: AbortSignal,
  ): Promise<Sent | 'made already'>;
}

export function createPlainSend({ tg, poster, videos }: { tg: Telegram; poster: Poster; videos: Videos }): PlainSend {
  async function send(
    task: Task,
    message: Pick<ClipMessage, 'text' | 'buttons'>,
    ledger: Ledger,
    n: number,
    signal: AbortSignal,
  ): Promise<Sent | 'made already'> {
    const own = randomBytes(8).toString('hex');
    if ((await ledger.record(begun(n), own)) !== own) return 'made already';
    let [target] = targetsOf(task, ledger.sent);
    for (let tries = 0; target && tries < 4; tries++) {
      const video = await videos.make(task, message, { sent: ledger.sent, shrinks: 0, afresh: false, signal });
      if (!video) return { outcome: 'impossible', reason: 'the clip cannot be made small enough' };
      const { chat, thread, reply } = target;
      const how = { priority: 'clip', key: task.id, timeoutMs: video.timeoutMs, signal } as const;
      const more = {
        ...{ ...video.about, ...video.caption },
        ...(thread === undefined ? {} : { message_thread_id: thread }),
        ...(reply === undefined ? {} : { reply_parameters: { message_id: reply, allow_sending_without_reply: true } }),
        ...(video.markup ? { reply_markup: video.markup } : {}),
      };
      const said = await whileUploading({ tg, chat }, () =>
        poster.throttled(chat, how, (api, abort) => api.sendVideo(chat, video.media, more, abort)),
      );
      if ('waitMs' in said) {
        await ledger.record(refused(n), own);
        return paced(said.waitMs);
      }
      if (said.ok) {
        await ledger.record(CLIP_FILE, said.result.video.file_id);
        await ledger.record('clip', writeRef({ chat, message: said.result.message_id }));
        return { outcome: 'shown' };
      }
      if (said.trouble.kind === 'unknown') return sentOf(said.trouble);
      if (said.trouble.kind === 'moved') await ledger.record(MOVED, said.trouble.to);
      const poorer = degrade(target, said.trouble);
      if (!poorer) {
        await ledger.record(refused(n), own);
        return sentOf(said.trouble);
      }
      target = poorer;
    }
    await ledger.record(refused(n), own);
    return { outcome: 'retry', reason: 'its place keeps changing' };
  }

  /** The first number from `n` on whose send was not begun, or was certainly refused and so counts for nothing. */
  function nextFrom(n: number, sent: Ledger['sent']): { n: number; doubtful: boolean } {
    let next = n;
    while (next < MAX_PLAIN && sent[refused(next)] !== undefined) next++;
    return { n: next, doubtful: sent[begun(next)] !== undefined };
  }

  async function tellDoubt(task: Task, ledger: Ledger, n: number, signal: AbortSignal): Promise<Sent> {
    if (ledger.sent[DOUBT] !== undefined) return { outcome: 'shown' };
    const [target] = targetsOf(task, ledger.sent);
    if (!target) throw new Error('a task without a home');
    const words = messagesFor(task.locale);
    const markup = keyboard(['send-again'], task.id, words, n + 1);
    const line = { ...plain(words.telegram.clipDoubtful), ...(markup ? { keyboard: markup } : {}) };
    const posted = await poster.post(target, line, { priority: 'clip', key: task.id, ledger, signal });
    if (posted.outcome === 'shut') return { outcome: 'retry', reason: posted.reason };
    if (posted.outcome !== 'posted') return posted;
    await ledger.record(DOUBT, writeRef(posted.at));
    return { outcome: 'shown' };
  }

  return {
    began: (sent) => sent[begun(1)] !== undefined,
    async deliver(task, message, ledger, signal) {
      const { n, doubtful } = nextFrom(1, ledger.sent);
      if (doubtful) return tellDoubt(task, ledger, n, signal);
      const sent = await send(task, message, ledger, n, signal);
      const unknown = sent === 'made already' || sent.outcome === 'unknown';
      return unknown ? tellDoubt(task, ledger, n, signal) : sent;
    },
    async again(task, message, ledger, n, signal) {
      const next = nextFrom(n, ledger.sent);
      return next.doubtful ? 'made already' : send(task, message, ledger, next.n, signal);
    },
  };
}
