import { InputFile } from 'grammy';
import type { Task } from '../../../task/task.ts';
import type { Ledger, Outgoing, OutgoingClip } from '../../chat.ts';
import type { TaskFiles } from '../../kit/task-files.ts';
import { keyboard } from '../buttons.ts';
import { MAX_UPLOAD_BYTES } from '../places.ts';
import { MAX_CAPTION, quoted, shortened } from '../texts.ts';

/** Name on record of Telegram's own id for the clip, by which it is shown again without an upload. */
export const CLIP_FILE = 'clip-file';

/** Where a server of somebody's own takes less than Telegram's does, it says so only when it is too late. */
const LIMITS_BYTES = [MAX_UPLOAD_BYTES, 20_000_000, 10_000_000];

/** An upload has this long, and more by its size: 64 kB a second. */
const UPLOAD_BASE_MS = 30_000;
const UPLOAD_BYTES_PER_MS = 64;
const BY_ID_MS = 30_000;

/** A clip as a call takes it. */
export interface Video {
  media: InputFile | string;
  timeoutMs: number;
  /** Without all of it, larger clips show as square, blank tiles. */
  about: {
    width: number;
    height: number;
    duration: number;
    supports_streaming: true;
    thumbnail?: InputFile;
  };
  caption: { caption: string; caption_entities: ReturnType<typeof quoted>['entities'] };
  markup: ReturnType<typeof keyboard>;
}

export type ClipMessage = Extract<Outgoing, { kind: 'clip' }>;

/** Makes the task's clip ready for one call: by its id where it was uploaded before, unless `afresh`. */
export function createVideos(files: TaskFiles) {
  async function thumbnailOf(task: Task): Promise<InputFile | undefined> {
    const bytes = await files.thumbnail(task);
    return bytes && new InputFile(bytes, 'thumbnail.jpg');
  }

  const aboutOf = ({ size, durationMs }: Pick<OutgoingClip, 'size' | 'durationMs'>) => ({
    width: size.width,
    height: size.height,
    supports_streaming: true as const,
    duration: Math.max(1, Math.round(durationMs / 1000)),
  });

  return {
    /** Undefined where the clip cannot be made small enough. `shrinks` says how often it was too large already. */
    async make(
      task: Task,
      { text, buttons }: Pick<ClipMessage, 'text' | 'buttons'>,
      how: { sent: Ledger['sent']; shrinks: number; afresh: boolean; signal: AbortSignal },
    ): Promise<Video | undefined> {
      const { text: caption, entities: caption_entities } = quoted(shortened(text, MAX_CAPTION));
      const common = {
        caption: { caption, caption_entities },
        markup: keyboard(buttons, task.id),
      };
      const fileId = how.afresh ? undefined : how.sent[CLIP_FILE];
      if (fileId !== undefined && task.clip)
        return { ...common, media: fileId, timeoutMs: BY_ID_MS, about: aboutOf(task.clip) };
      const limit = LIMITS_BYTES[how.shrinks];
      const clip = limit === undefined ? undefined : await files.clipWithin(task, limit, how.signal);
      if (!clip) return undefined;
      return {
        ...common,
        media: new InputFile(() => clip.read(), 'clip.mp4'),
        timeoutMs: UPLOAD_BASE_MS + Math.ceil(clip.bytes / UPLOAD_BYTES_PER_MS),
        about: { ...aboutOf(clip), thumbnail: await thumbnailOf(task) },
      };
    },
  };
}
export type Videos = ReturnType<typeof createVideos>;
