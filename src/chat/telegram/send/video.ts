import { InputFile } from 'grammy';
import type { Task } from '../../../task/task.ts';
import type { Ledger, Outgoing, OutgoingClip } from '../../chat.ts';
import { shortened } from '../../kit/text.ts';
import { keyboard, withShare } from '../buttons.ts';
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
export type CaptionedClip = Pick<ClipMessage, 'text' | 'buttons'> & { card: Pick<ClipMessage['card'], 'facts'> };

/** A clip as a call takes it. */
export type Video = NonNullable<Awaited<ReturnType<typeof makeVideo>>>;

/**
 * Makes the task's clip ready for one call: by its id where it was uploaded before, unless `afresh`. Undefined where it
 * cannot be made small enough; `shrinks` says how often it was too large already.
 */
export async function makeVideo(
  { files, canShare }: Pick<SendDeps, 'files' | 'canShare'>,
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
  const facts = folded(message.card.facts, task.options);
  const forWhom = namedIn(task);
  const room = MAX_CAPTION - facts.text.length - forWhom.text.length - 2;
  const { text, entities } = lines(sceneOf(shortened(message.text, room), task.options), forWhom, facts);
  const caption = { caption: text, caption_entities: entities };
  const markup = withShare(keyboard(message.buttons, task.id), task, await canShare());
  const fileId = afresh ? undefined : sent[CLIP_FILE];
  if (fileId !== undefined && task.clip)
    return { media: fileId, timeoutMs: BY_ID_MS, about: aboutOf(task.clip, task), caption, markup };
  const limit = LIMITS_BYTES[shrinks];
  const clip = limit === undefined ? undefined : await files.clipWithin(task, limit, signal);
  if (!clip) return undefined;
  const thumbnail = await files.thumbnail(task);
  return {
    media: new InputFile(() => clip.read(), 'clip.mp4'),
    timeoutMs: UPLOAD_BASE_MS + Math.ceil(clip.bytes / UPLOAD_BYTES_PER_MS),
    about: { ...aboutOf(clip, task), thumbnail: thumbnail && new InputFile(thumbnail, 'thumbnail.jpg') },
    caption,
    markup,
  };
}

/** Without all of it, larger clips show as square, blank tiles. */
const aboutOf = ({ size, durationMs }: Pick<OutgoingClip, 'size' | 'durationMs'>, { options }: Task) => ({
  has_spoiler: options.spoiler,
  width: size.width,
  height: size.height,
  supports_streaming: true as const,
  duration: Math.max(1, Math.round(durationMs / 1000)),
});
