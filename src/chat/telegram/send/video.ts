import { InputFile } from 'grammy';
import type { InputMediaDocument, InputMediaVideo } from 'grammy/types';
import { fileOf, type Task } from '../../../task/task.ts';
import type { Ledger, Outgoing, OutgoingClip } from '../../chat.ts';
import { shortened } from '../../kit/text.ts';
import { keyboard, offeredIn, shareButton } from '../buttons.ts';
import { MAX_UPLOAD_BYTES } from '../places.ts';
import { folded, lines, MAX_CAPTION, sceneOf } from '../texts.ts';
import { namedIn } from './named.ts';
import type { SendDeps } from './post.ts';

/** Name on record of Telegram's own id for the clip, by which it is shown again without an upload. */
export const CLIP_FILE = 'clip-file';

/** A server of the operator's own that takes less than Telegram's says so only when it is too late. */
const LIMITS_BYTES = [MAX_UPLOAD_BYTES, 20_000_000, 10_000_000];

/** An upload has this long, and more by its size: 64 kB a second. */
const UPLOAD_BASE_MS = 30_000;
const UPLOAD_BYTES_PER_MS = 64;
const BY_ID_MS = 30_000;

export type ClipMessage = Extract<Outgoing, { kind: 'clip' }>;

/** A clip's words and buttons. */
export type CaptionedClip = Pick<ClipMessage, 'text' | 'facts' | 'buttons'> & Partial<Pick<ClipMessage, 'clip'>>;

/** A clip, ready for a call. */
export type Video = NonNullable<Awaited<ReturnType<typeof makeVideo>>>;

/**
 * Makes the task's clip ready for one call: by its id where it was uploaded before, unless `afresh`. Undefined where it
 * cannot be made small enough; `shrinks` says how often it was too large already.
 */
export async function makeVideo(
  { files, knownFile, canShare, gallery }: Pick<SendDeps, 'files' | 'knownFile' | 'canShare' | 'gallery'>,
  {
    task,
    message,
    sent,
    shrinks,
    afresh,
  }: {
    task: Task;
    message: CaptionedClip;
    sent: Ledger['sent'];
    shrinks: number;
    afresh: boolean;
  },
  signal: AbortSignal,
) {
  const { format, clip: original } = task;
  const caption = captionOf(task, message);
  const share = shareButton(task, await canShare());
  const markup = keyboard(offeredIn(task, message.buttons, gallery), task.id, { share });
  const fileId = afresh ? undefined : (sent[CLIP_FILE] ?? (await knownFile(task)));
  if (fileId !== undefined && original)
    return { media: mediaOf(task, fileId, original), timeoutMs: BY_ID_MS, caption, markup };
  const limit = LIMITS_BYTES[shrinks];
  const clip = limit === undefined ? undefined : await files.clipWithin(task, limit, signal, message.clip);
  if (!clip) return undefined;
  const media = mediaOf(task, new InputFile(() => clip.read(), `clip.${fileOf(format).ending}`), clip);
  if (media.type === 'video') {
    const thumbnail = await files.thumbnail(task);
    media.thumbnail = thumbnail && new InputFile(thumbnail, 'thumbnail.jpg');
  }
  return { media, timeoutMs: UPLOAD_BASE_MS + Math.ceil(clip.bytes / UPLOAD_BYTES_PER_MS), caption, markup };
}

/** The scene, for whom and with which facts it was made; of a clip that is shown once more the scene and whose it is. */
function captionOf(task: Task, { text, facts: own }: CaptionedClip) {
  const facts = folded(task.shows === undefined ? own : [], task.options);
  const forWhom = namedIn(task);
  const room = MAX_CAPTION - facts.text.length - forWhom.text.length - 2;
  const { text: caption, entities } = lines(sceneOf(shortened(text, room), task.options), forWhom, facts);
  return { caption, caption_entities: entities };
}

/** A clip as Telegram takes it: as a video, or as the file that was asked for, which would otherwise become a sticker or a video. */
function mediaOf(
  { format, options }: Task,
  media: string | InputFile,
  clip: Pick<OutgoingClip, 'size' | 'durationMs'>,
): InputMediaVideo | InputMediaDocument {
  if (!fileOf(format).isVideo) return { type: 'document', media, disable_content_type_detection: true };
  return { type: 'video', media, ...aboutOf(clip, options) };
}

/** Without all of it, larger clips show as square, blank tiles. */
const aboutOf = ({ size, durationMs }: Pick<OutgoingClip, 'size' | 'durationMs'>, { spoiler }: Task['options']) => ({
  has_spoiler: spoiler,
  width: size.width,
  height: size.height,
  supports_streaming: true as const,
  duration: Math.max(1, Math.round(durationMs / 1000)),
});
