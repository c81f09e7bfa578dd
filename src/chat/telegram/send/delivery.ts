import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import type { Ledger, Sent } from '../../chat.ts';
import { hold } from '../../kit/hold.ts';
import { MOVED, readRef, type TelegramMessageRef, targetIn, writeRef } from '../places.ts';
import { lines, plain } from '../texts.ts';
import { CARD } from './card.ts';
import { whileActing } from './chat-action.ts';
import { namedIn } from './named.ts';
import { sendPlainly, wasSentPlainly } from './plain-send.ts';
import { paced, postToBest, type SendDeps, sentOf } from './post.ts';
import { CLIP_FILE, type ClipMessage, makeVideo, type Video } from './video.ts';

/** Name on record of the message that shows the clip. */
const CLIP = 'clip';
/** Names on record of the lines that become the clip; the one with the highest number counts. */
const anchorName = (n: number): string => `anchor-${n}`;
/** Name on record of a line that Telegram may have taken or not: there is no second one like it. */
const LOST = 'anchor-lost';
/** Anchors that people delete under our hands, chats that move: after so many in one go it waits a little. */
const MAX_ANCHORS = 4;

/**
 * Shows a clip once. A short line is posted, and notifies; its number is put on record; then the video is edited into
 * it, which may be repeated at will. A crash or a lost answer before the record leaves a stray line, never a second clip.
 * After that, and in a busy group, it is the card that the video is edited into.
 */
export async function deliver(
  deps: SendDeps,
  { task, message, ledger: given }: { task: Task; message: ClipMessage; ledger: Ledger },
  signal: AbortSignal,
): Promise<Sent> {
  const { poster } = deps;
  if (given.sent[CLIP] !== undefined) return { outcome: 'shown' };
  const sent: Record<string, string> = { ...given.sent };
  const record = async (kind: string, value: string): Promise<string> => {
    const held = await given.record(kind, value);
    sent[kind] = held;
    return held;
  };
  const ledger: Ledger = { sent, doubtful: given.doubtful, reread: given.reread, record };
  const plainly = () => sendPlainly(deps, { task, message, ledger }, signal);
  if (wasSentPlainly(sent)) return plainly();

  /** Homes that turned out not to take videos. */
  const closed = new Set<string>();
  let shrinks = 0;
  let afresh = false;
  for (let made = 0; made < MAX_ANCHORS; ) {
    const count = anchorsIn(sent);
    let anchor = readRef(sent[anchorName(count)]);
    if (!anchor || closed.has(anchor.chat) || sent[`${anchorName(count)}-gone`] !== undefined) {
      made++;
      const isLost = given.doubtful || sent[LOST] !== undefined;
      const card = cardIn(sent, closed);
      if (card && (isLost || poster.isBusy(card.chat)))
        anchor = readRef(await record(anchorName(count + 1), writeRef(card))) ?? card;
      else if (sent[LOST] !== undefined) return plainly();
      else {
        const posted = await postAnchor(deps, { task, ledger, closed }, signal);
        if (posted.outcome === 'unknown') await record(LOST, 'yes');
        if (posted.outcome !== 'posted') return posted;
        if (posted.at.message === 0) return plainly();
        const own = { kind: anchorName(count + 1), own: writeRef(posted.at) };
        anchor = readRef(await hold(ledger, own, () => poster.remove(posted.at))) ?? posted.at;
      }
    }
    const isCard = writeRef(anchor) === sent[CARD];

    const video = await makeVideo(deps, { task, message, sent, shrinks, afresh }, signal);
    if (!video) {
      if (!isCard) await poster.remove(anchor);
      return { outcome: 'impossible', reason: 'the clip cannot be made small enough' };
    }
    const said = await editInto(deps, { task, anchor, video }, signal);
    if (said.outcome === 'later') return paced(said.waitMs);
    if (said.outcome === 'done' || said.failure.type === 'same') {
      const fileId = said.outcome === 'done' && said.result !== true ? said.result.video?.file_id : undefined;
      if (fileId !== undefined) await record(CLIP_FILE, fileId);
      await record(CLIP, writeRef(anchor));
      return { outcome: 'shown' };
    }
    const { failure } = said;
    if (failure.type === 'message-gone') await record(`${anchorName(anchorsIn(sent))}-gone`, writeRef(anchor));
    else if (failure.type === 'moved') {
      await record(MOVED, failure.to);
      closed.add(anchor.chat);
    } else if (failure.type === 'shut' || failure.type === 'topic-closed') {
      closed.add(anchor.chat);
      if (!isCard) await poster.remove(anchor);
    } else if (failure.type === 'too-large') shrinks++;
    else if (failure.type === 'refused' && typeof video.media === 'string') afresh = true;
    else if (failure.type === 'refused') {
      // An older server edits no media into text.
      const shown = await plainly();
      if (!isCard) await poster.remove(anchor);
      return shown;
    } else return sentOf(failure);
  }
  return { outcome: 'retry', reason: 'its place keeps changing' };
}

/** Posts the line that becomes the clip. */
function postAnchor(
  deps: SendDeps,
  { task, ledger, closed }: { task: Task; ledger: Ledger; closed: ReadonlySet<string> },
  signal: AbortSignal,
) {
  const words = messagesFor(task.locale).telegram;
  const homes = [task.place.chat, ledger.sent[MOVED]];
  return postToBest(deps, task, {
    line: ({ chat }) => lines(plain(homes.includes(chat) ? words.clipReady : words.clipElsewhere), namedIn(task)),
    priority: 'clip',
    key: task.id,
    // It rings: the clip must follow at once.
    isFirstOfTwo: true,
    ledger,
    closed,
    signal,
  });
}

function editInto(
  { tg, poster }: SendDeps,
  { task, anchor: { chat, message }, video }: { task: Task; anchor: TelegramMessageRef; video: Video },
  signal: AbortSignal,
) {
  const { media, about, caption, markup, timeoutMs } = video;
  const how = { key: task.id, priority: 'finish', timeoutMs, signal } as const;
  const thread = chat === task.place.chat ? targetIn(task.place).thread : undefined;
  return whileActing({ tg, chat, thread, action: 'upload_video' }, () =>
    poster.throttled(chat, how, (api, abort) =>
      api.editMessageMedia(
        chat,
        message,
        { type: 'video', media, ...about, ...caption },
        { reply_markup: markup },
        abort,
      ),
    ),
  );
}

/** The card that the clip can become. */
function cardIn(sent: Ledger['sent'], closed: ReadonlySet<string>): TelegramMessageRef | undefined {
  const card = readRef(sent[CARD]);
  if (!card || card.message === 0 || closed.has(card.chat)) return undefined;
  // People took it away.
  const wasTried = Object.entries(sent).some(([kind, at]) => /^anchor-\d+-gone$/.test(kind) && at === writeRef(card));
  return wasTried ? undefined : card;
}

function anchorsIn(sent: Readonly<Record<string, string>>): number {
  let count = 0;
  while (sent[anchorName(count + 1)] !== undefined) count++;
  return count;
}
