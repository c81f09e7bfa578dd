import { randomBytes } from 'node:crypto';
import type { Message } from 'grammy/types';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import type { Button, Ledger, Sent } from '../../chat.ts';
import type { Work } from '../api/api.ts';
import { keyboard } from '../buttons.ts';
import { MOVED, type TelegramTarget, targetsOf, writeRef } from '../places.ts';
import { plain } from '../texts.ts';
import { whileActing } from './chat-action.ts';
import { degrade, paced, placing, type SendDeps, sentOf } from './post.ts';
import { type CaptionedClip, CLIP_FILE, makeVideo, type Video } from './video.ts';

/*
 * The way without an anchor, for chats where Telegram posts later and tells no number (`message_id` 0): one send, put
 * on record before it is made. One of unknown outcome is not repeated; the person has a button for that.
 */

/** Names on record: a plain send began; it was certainly refused; the person was told of the doubt. */
const begun = (n: number): string => `plain-${n}`;
const refused = (n: number): string => `plain-${n}-refused`;
const DOUBT = 'plain-doubt';
/** Id of the action under the line that tells of it: Telegram's own. */
export const SEND_AGAIN = 'send-again';
/** Sends of one clip that are tried at all. */
const MAX_PLAIN = 50;
/** Targets of one send: one whose place keeps changing is left for later. */
const MAX_TARGETS = 4;

interface Sending {
  task: Task;
  message: CaptionedClip;
  ledger: Ledger;
}

export const wasSentPlainly = (sent: Ledger['sent']): boolean => sent[begun(1)] !== undefined;

/** Sends it, unless there is doubt about an earlier send: then the person is told that. */
export async function sendPlainly(deps: SendDeps, sending: Sending, signal: AbortSignal): Promise<Sent> {
  const { n, doubtful } = nextFrom(1, sending.ledger.sent);
  const sent = doubtful ? 'made already' : await send(deps, { ...sending, n }, signal);
  const isUnknown = sent === 'made already' || sent.outcome === 'unknown';
  return isUnknown ? tellDoubt(deps, { ...sending, n }, signal) : sent;
}

/** By the person's word that it did not come: the send with this number, unless it was made before. */
export async function sendAgain(
  deps: SendDeps,
  sending: Sending & { n: number },
  signal: AbortSignal,
): Promise<Sent | 'made already'> {
  const { n, doubtful } = nextFrom(sending.n, sending.ledger.sent);
  return doubtful ? 'made already' : send(deps, { ...sending, n }, signal);
}

/** The first number from `n` on whose send was not begun, or was certainly refused and so counts for nothing. */
function nextFrom(n: number, sent: Ledger['sent']): { n: number; doubtful: boolean } {
  let next = n;
  while (next < MAX_PLAIN && sent[refused(next)] !== undefined) next++;
  return { n: next, doubtful: sent[begun(next)] !== undefined };
}

async function send(
  deps: SendDeps,
  { task, message, ledger, n }: Sending & { n: number },
  signal: AbortSignal,
): Promise<Sent | 'made already'> {
  const { tg, poster } = deps;
  const own = randomBytes(8).toString('hex');
  if ((await ledger.record(begun(n), own)) !== own) return 'made already';
  const certainlyRefused = async (why: Sent): Promise<Sent> => {
    await ledger.record(refused(n), own);
    return why;
  };
  let [target] = targetsOf(task, ledger.sent);
  for (let tries = 0; target && tries < MAX_TARGETS; tries++) {
    const video = await makeVideo(deps, { task, message, sent: ledger.sent, shrinks: 0, afresh: false }, signal);
    if (!video) return { outcome: 'impossible', reason: 'the clip cannot be made small enough' };
    const call = sendTo(target, video);
    const { chat } = target;
    const said = await whileActing({ tg, chat, action: 'upload_video' }, () =>
      poster.throttled(chat, { priority: 'clip', key: task.id, timeoutMs: video.timeoutMs, signal }, call),
    );
    if (said.outcome === 'later') return certainlyRefused(paced(said.waitMs));
    if (said.outcome === 'done') {
      const { video, document } = said.result;
      const fileId = (video ?? document)?.file_id;
      if (fileId !== undefined) await ledger.record(CLIP_FILE, fileId);
      await ledger.record('clip', writeRef({ chat, message: said.result.message_id }));
      return { outcome: 'shown' };
    }
    if (said.failure.type === 'unknown') return sentOf(said.failure);
    if (said.failure.type === 'moved') await ledger.record(MOVED, said.failure.to);
    const poorer = degrade(target, said.failure);
    if (!poorer) return certainlyRefused(sentOf(said.failure));
    target = poorer;
  }
  return certainlyRefused({ outcome: 'retry', reason: 'its place keeps changing' });
}

/** The one call that sends it. */
const sendTo =
  (target: TelegramTarget, { media: { type, media, ...about }, caption, markup }: Video): Work<Message> =>
  (api, signal) => {
    const more = { ...about, ...caption, ...placing(target), reply_markup: markup };
    return type === 'video'
      ? api.sendVideo(target.chat, media, more, signal)
      : api.sendDocument(target.chat, media, more, signal);
  };

async function tellDoubt(
  { poster }: SendDeps,
  { task, ledger, n }: Sending & { n: number },
  signal: AbortSignal,
): Promise<Sent> {
  if (ledger.sent[DOUBT] !== undefined) return { outcome: 'shown' };
  const [target] = targetsOf(task, ledger.sent);
  if (!target) throw new Error('a task without a home');
  const words = messagesFor(task.locale).telegram;
  const button: Button = { action: SEND_AGAIN, label: words.sendAgain, style: 'plain' };
  const line = { ...plain(words.clipDoubtful), keyboard: keyboard([button], task.id, { n: n + 1 }) };
  const posted = await poster.post(target, line, { priority: 'clip', key: task.id, ledger, signal });
  if (posted.outcome !== 'posted') return posted;
  await ledger.record(DOUBT, writeRef(posted.at));
  return { outcome: 'shown' };
}
