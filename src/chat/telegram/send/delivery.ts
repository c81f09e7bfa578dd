import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import type { Ledger, Sent } from '../../chat.ts';
import type { Telegram } from '../api/api.ts';
import { type MessageRef, MOVED, readRef, targetsOf, writeRef } from '../places.ts';
import { plain } from '../texts.ts';
import { whileUploading } from './chat-action.ts';
import type { PlainSend } from './plain-send.ts';
import { type Poster, paced, sentOf } from './post.ts';
import { CLIP_FILE, type ClipMessage, type Video, type Videos } from './video.ts';

/** Name on record of the message that shows the clip. */
export const CLIP = 'clip';
/** Names on record of the lines that become the clip; the one with the highest number counts. */
const anchorName = (n: number): string => `anchor-${n}`;
/** Anchors that people delete under our hands, chats that move: after so many in one go it waits a little. */
const MAX_ANCHORS = 4;
/** No place takes anything from the bot now; people unblock bots, and put them back into groups. */
const SHUT_MS = 60 * 60_000;

export type Deliver = (task: Task, message: ClipMessage, ledger: Ledger, signal: AbortSignal) => Promise<Sent>;

/**
 * Shows a clip once. A short line is posted, and notifies; its number is put on record; then the video is edited into
 * it, which may be repeated at will. A crash or a lost answer before the record leaves a stray line, never a second clip.
 */
export function createDelivery(deps: { tg: Telegram; poster: Poster; videos: Videos; plainSend: PlainSend }): Deliver {
  const { tg, poster, videos, plainSend } = deps;

  return async function deliver(task, message, ledger, signal) {
    const sent: Record<string, string> = { ...ledger.sent };
    if (sent[CLIP] !== undefined) return { outcome: 'shown' };
    const record = async (kind: string, value: string): Promise<string> => {
      const held = await ledger.record(kind, value);
      sent[kind] = held;
      return held;
    };
    const remembering: Ledger = { ...ledger, sent, record };
    if (plainSend.began(sent)) return plainSend.deliver(task, message, remembering, signal);

    /** Homes that turned out not to take videos. */
    const closed = new Set<string>();
    let shrinks = 0;
    let afresh = false;
    for (let made = 0; made < MAX_ANCHORS; ) {
      const count = anchorsIn(sent);
      let anchor = readRef(sent[anchorName(count)]);
      if (!anchor || closed.has(anchor.chat) || sent[`${anchorName(count)}-gone`] !== undefined) {
        made++;
        const posted = await post(task, remembering, closed, signal);
        if ('outcome' in posted) return posted;
        if (posted.message === 0) return plainSend.deliver(task, message, remembering, signal);
        const own = writeRef(posted);
        const held = await record(anchorName(count + 1), own);
        if (held !== own) await poster.remove(posted);
        anchor = readRef(held) ?? posted;
      }

      const video = await videos.make(task, message, { sent, shrinks, afresh, signal });
      if (!video) {
        await poster.remove(anchor);
        return { outcome: 'impossible', reason: 'the clip cannot be made small enough' };
      }
      const how = { key: task.id, priority: 'finish', timeoutMs: video.timeoutMs, signal } as const;
      const at = anchor;
      const thread = at.chat === task.place.chat ? task.place.thread : undefined;
      const said = await whileUploading({ tg, chat: at.chat, ...(thread === undefined ? {} : { thread }) }, () =>
        poster.throttled(at.chat, how, (api, abort) =>
          api.editMessageMedia(at.chat, at.message, mediaOf(video), markupOf(video), abort),
        ),
      );
      if ('waitMs' in said) return paced(said.waitMs);
      if (said.ok || said.trouble.kind === 'same') {
        const fileId = said.ok && said.result !== true ? said.result.video?.file_id : undefined;
        if (fileId !== undefined) await record(CLIP_FILE, fileId);
        await record(CLIP, writeRef(at));
        return { outcome: 'shown' };
      }
      const { trouble } = said;
      if (trouble.kind === 'message-gone') await record(`${anchorName(anchorsIn(sent))}-gone`, writeRef(at));
      else if (trouble.kind === 'moved') {
        await record(MOVED, trouble.to);
        closed.add(at.chat);
      } else if (trouble.kind === 'shut' || trouble.kind === 'topic-closed') {
        closed.add(at.chat);
        await poster.remove(at);
      } else if (trouble.kind === 'too-large') shrinks++;
      else if (trouble.kind === 'refused' && typeof video.media === 'string') afresh = true;
      else return sentOf(trouble);
    }
    return { outcome: 'retry', reason: 'its place keeps changing' };
  };

  /** Posts the line that becomes the clip, in the first home that takes it. */
  async function post(
    task: Task,
    ledger: Ledger,
    closed: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<MessageRef | Sent> {
    const words = messagesFor(task.locale).telegram;
    const reasons: string[] = [];
    for (const target of targetsOf(task, ledger.sent)) {
      if (closed.has(target.chat)) continue;
      const asked = target.chat === task.place.chat || target.chat === ledger.sent[MOVED];
      const line = plain(asked ? words.clipReady : words.clipElsewhere);
      const posted = await poster.post(target, line, { priority: 'clip', key: task.id, ledger, signal });
      if (posted.outcome === 'posted') return posted.at;
      if (posted.outcome !== 'shut') return posted;
      reasons.push(posted.reason);
    }
    const reason = reasons.join('; ') || 'no place takes videos';
    return { outcome: 'retry', reason, retryAfterMs: SHUT_MS };
  }
}

function anchorsIn(sent: Readonly<Record<string, string>>): number {
  let count = 0;
  while (sent[anchorName(count + 1)] !== undefined) count++;
  return count;
}

const mediaOf = ({ media, about, caption }: Video) => ({ type: 'video' as const, media, ...about, ...caption });
const markupOf = ({ markup }: Video) => (markup ? { reply_markup: markup } : {});
