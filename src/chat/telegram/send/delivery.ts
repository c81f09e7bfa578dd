import type { Task } from '../../../task/task.ts';
import type { Ledger, Sent } from '../../chat.ts';
import type { TelegramFailure } from '../api/errors.ts';
import { MOVED, type TelegramMessageRef, targetIn, writeRef } from '../places.ts';
import { anchorGone, type Delivery, dropLine, makeAnchor, standingAnchor } from './anchor.ts';
import { whileActing } from './chat-action.ts';
import { sendPlainly, wasSentPlainly } from './plain-send.ts';
import { paced, type SendDeps, sentOf } from './post.ts';
import { takeAway } from './take-away.ts';
import { CLIP_FILE, type ClipMessage, makeVideo, type Video } from './video.ts';

/** Name on record of the message that shows the clip. */
const CLIP = 'clip';
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
  if (given.sent[CLIP] !== undefined) return { outcome: 'shown' };
  const ledger = growing(given);
  const shown = await show(deps, { task, message, ledger }, signal);
  // It was taken back meanwhile, with what was on record of it then.
  if (await isTakenBack(task, ledger)) {
    const own = shown.outcome === 'shown' ? shown.sent : undefined;
    await takeAway(deps, Object.assign({}, ledger.sent, own), signal);
  }
  return shown;
}

const TOO_LARGE: Sent = { outcome: 'impossible', reason: 'the clip cannot be made small enough' };

/** Makes the file that was asked for, which may take a while: that can be seen over the chat. */
function makeFile(
  deps: SendDeps,
  { task, message, sent }: { task: Task; message: ClipMessage; sent: Ledger['sent'] },
  signal: AbortSignal,
): Promise<Video | undefined> {
  const { chat, thread } = targetIn(task.place);
  return whileActing({ tg: deps.tg, chat, thread, action: 'upload_video' }, () =>
    makeVideo(deps, { task, message, sent, shrinks: 0, afresh: false }, signal),
  );
}

/** Whether a clip that is shown once more is not to be shown any more: the first one may be deleted at any time. */
const isTakenBack = async ({ shows }: Task, ledger: Ledger): Promise<boolean> =>
  shows !== undefined && (await ledger.reread()) === undefined;

async function show(
  deps: SendDeps,
  { task, message, ledger }: { task: Task; message: ClipMessage; ledger: Ledger },
  signal: AbortSignal,
): Promise<Sent> {
  const { sent } = ledger;
  const delivery: Delivery = { task, ledger, closed: new Set() };
  const plainly = () => sendPlainly(deps, { task, message, ledger }, signal);
  if (wasSentPlainly(sent)) return plainly();

  let shrinks = 0;
  let afresh = false;
  // Another file is made of the clip before its line rings, so that it follows at once.
  if (task.format && !(await makeFile(deps, { task, message, sent }, signal))) return TOO_LARGE;
  for (let made = 0; made < MAX_ANCHORS; ) {
    let anchor = standingAnchor(delivery);
    if (!anchor) {
      made++;
      const making = await makeAnchor(deps, delivery, signal);
      if (making.outcome === 'none') return plainly();
      if (making.outcome !== 'anchor') return making;
      anchor = making.at;
    }
    if (await isTakenBack(task, ledger)) return { outcome: 'shown' };

    const video = await makeVideo(deps, { task, message, sent, shrinks, afresh }, signal);
    if (!video) {
      await dropLine(deps, delivery, anchor);
      return TOO_LARGE;
    }
    const said = await editInto(deps, { task, anchor, video }, signal);
    if (said.outcome === 'later') return paced(said.waitMs);
    if (said.outcome === 'done' || said.failure.type === 'same') {
      const shown = said.outcome === 'done' && said.result !== true ? said.result : undefined;
      const fileId = (shown?.video ?? shown?.document)?.file_id;
      // Its line is on record: until this is, too, the edit may be made again.
      const own: Record<string, string> = { [CLIP]: writeRef(anchor) };
      if (fileId !== undefined) own[CLIP_FILE] = fileId;
      return { outcome: 'shown', sent: own };
    }

    const { failure } = said;
    if (failure.type === 'too-large') shrinks++;
    else if (failure.type === 'refused' && typeof video.media.media === 'string') afresh = true;
    else if (failure.type === 'refused') {
      // An older server edits no media into text.
      const shown = await plainly();
      await dropLine(deps, delivery, anchor);
      return shown;
    } else if (!(await leaveAnchor(deps, delivery, anchor, failure))) return sentOf(failure);
  }
  return { outcome: 'retry', reason: 'its place keeps changing' };
}

/** The same, with what is put on record in it at once. */
function growing({ sent: before, doubtful, reread, record }: Ledger): Ledger {
  const sent: Record<string, string> = Object.assign({}, before);
  return {
    sent,
    doubtful,
    reread,
    async record(kind, value) {
      const held = await record(kind, value);
      sent[kind] = held;
      return held;
    },
  };
}

/** Gives up a message that will not become the clip, so that another may; false where a later try may find it well. */
async function leaveAnchor(
  deps: SendDeps,
  delivery: Delivery,
  anchor: TelegramMessageRef,
  failure: TelegramFailure,
): Promise<boolean> {
  switch (failure.type) {
    case 'message-gone':
      await anchorGone(delivery, anchor);
      return true;
    case 'moved':
      await delivery.ledger.record(MOVED, failure.to);
      delivery.closed.add(anchor.chat);
      return true;
    case 'shut':
    case 'topic-closed':
      delivery.closed.add(anchor.chat);
      await dropLine(deps, delivery, anchor);
      return true;
    default:
      return false;
  }
}

function editInto(
  { tg, poster }: SendDeps,
  { task, anchor: { chat, message }, video }: { task: Task; anchor: TelegramMessageRef; video: Video },
  signal: AbortSignal,
) {
  const { media, caption, markup, timeoutMs } = video;
  const how = { key: task.id, priority: 'finish', timeoutMs, signal } as const;
  const thread = chat === task.place.chat ? targetIn(task.place).thread : undefined;
  return whileActing({ tg, chat, thread, action: 'upload_video' }, () =>
    poster.throttled(chat, how, (api, abort) =>
      api.editMessageMedia(chat, message, { ...media, ...caption }, { reply_markup: markup }, abort),
    ),
  );
}
