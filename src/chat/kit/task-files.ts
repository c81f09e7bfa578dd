import { checkClip } from '../../media/clips/clip.ts';
import { storedClip } from '../../media/clips/stored-clip.ts';
import type { Decoder } from '../../media/pictures/decoder/decoder.ts';
import { makeSheet } from '../../media/pictures/sheet.ts';
import type { Thumbnails } from '../../media/pictures/thumbnails.ts';
import { type Store, StoreUnavailable } from '../../store/store.ts';
import { fileBlob, SMALL_CLIP_BLOBS } from '../../task/blob-names.ts';
import { type Clip, fileOf, type Task } from '../../task/task.ts';
import type { Log } from '../../util/log.ts';
import { createSemaphore } from '../../util/semaphore.ts';
import type { OutgoingClip } from '../chat.ts';
import { createClipWork } from './clip-work.ts';

/** A task's picture and clip as chat platforms take them. */
export type TaskFiles = ReturnType<typeof createTaskFiles>;

/** Make one per process: it re-encodes one clip at a time. */
export function createTaskFiles(deps: {
  store: Store;
  decoder: Pick<Decoder, 'sheet'>;
  thumbnails: Pick<Thumbnails, 'of' | 'kept'>;
  /** Belongs to this alone: what lies in it is deleted. */
  scratchDir: string;
  /** The value of `FFMPEG_PATH`; looked for only when a clip has to be re-encoded. */
  ffmpegPath?: string;
  log: Log;
}) {
  const { store, decoder, thumbnails, scratchDir, ffmpegPath, log } = deps;
  const oneByOne = createSemaphore();
  const work = createClipWork({ store, scratchDir, ffmpegPath });
  /** The one that was made last: a card that shows it may have to be tried again. */
  let frame: { taskId: string; bytes: Uint8Array } | undefined;

  const outgoing = (
    task: Task,
    { blob, bytes, size, durationMs }: Pick<Clip, 'blob' | 'bytes' | 'size' | 'durationMs'>,
  ): OutgoingClip => ({ bytes, size, durationMs, read: () => store.blobs.read(task.id, blob) });

  /** A video that was made of the clip before, `times` as long. */
  async function keptClip(task: Task, clip: Clip, blob: string, times = 1): Promise<OutgoingClip | undefined> {
    const stored = await store.blobs.stat(task.id, blob);
    if (!stored) return undefined;
    const kept = storedClip(stored.bytes, (range) => store.blobs.read(task.id, blob, range));
    const checked = await checkClip(kept, { durationSeconds: (times * clip.durationMs) / 1000 });
    if (checked.outcome !== 'playable') return undefined;
    const { size, durationMs } = checked;
    return outgoing(task, { blob, bytes: stored.bytes, size, durationMs });
  }

  /** An animated picture that was made of the clip before. */
  async function keptPicture(task: Task, { size, durationMs }: Clip, blob: string): Promise<OutgoingClip | undefined> {
    const stored = await store.blobs.stat(task.id, blob);
    return stored && outgoing(task, { blob, bytes: stored.bytes, size, durationMs });
  }

  async function thumbnail(task: Task): Promise<Uint8Array | undefined> {
    try {
      const { blob, sha256 } = task.fitted ?? {};
      if (blob === undefined || sha256 === undefined) return undefined;
      const kept = thumbnails.kept(sha256);
      if (kept) return kept;
      if (!(await store.blobs.stat(task.id, blob))) return undefined;
      return await thumbnails.of(sha256, () => store.blobs.read(task.id, blob));
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      // A card or a clip without its thumbnail is better than none.
      log.warn({ err: error, task: task.id }, 'no thumbnail could be made');
      return undefined;
    }
  }

  return {
    /**
     * A JPEG of the fitted picture, at most 320 px a side and below 200 kB. Undefined before the picture is fitted, and
     * where it is gone or cannot be read.
     */
    thumbnail,

    /** The thumbnails of nine tasks at most, numbered, as one JPEG. Covered ones are a blur. */
    async sheet(tasks: readonly Task[]): Promise<Uint8Array> {
      const isCovered = ({ options }: Task) => options.spoiler === true;
      const cells = tasks.map(async (task) => ({ bytes: await thumbnail(task), isCovered: isCovered(task) }));
      return makeSheet(await Promise.all(cells), decoder);
    },

    /** A JPEG of the clip's last frame. Undefined where there is none to be had: nothing rests on it. */
    async lastFrame(task: Task, signal: AbortSignal): Promise<Uint8Array | undefined> {
      const { clip } = task;
      if (!clip) return undefined;
      return oneByOne(async () => {
        if (frame?.taskId === task.id) return frame.bytes;
        const bytes = await work.lastFrame(task, clip, signal).catch((error: unknown) => {
          signal.throwIfAborted();
          if (error instanceof StoreUnavailable) throw error;
          log.warn({ err: error, task: task.id }, 'no last frame of the clip could be made');
          return undefined;
        });
        // What failed is tried anew with the card.
        if (bytes) frame = { taskId: task.id, bytes };
        return bytes;
      });
    },

    /**
     * The task's clip in at most so many bytes, as the file that was asked for: as it is, or re-encoded once and kept
     * beside it, so that another process or a retry finds it. Undefined where there is none, and where it cannot be made to fit and still be worth watching.
     * Throws the signal's reason when that aborts, `StoreUnavailable`, and where this machine failed but may not again.
     * `given`: the clip as it is, where its sender has it at hand.
     */
    async clipWithin(
      task: Task,
      maxBytes: number,
      signal: AbortSignal,
      given?: OutgoingClip,
    ): Promise<OutgoingClip | undefined> {
      const { clip } = task;
      if (!clip) return undefined;
      const { format } = task;
      if (!format && clip.bytes <= maxBytes) return given ?? outgoing(task, clip);
      const blob = format ? fileBlob(format, maxBytes) : `${SMALL_CLIP_BLOBS}${maxBytes}`;
      const kept = () =>
        fileOf(format).isVideo ? keptClip(task, clip, blob, format === 'loop' ? 2 : 1) : keptPicture(task, clip, blob);
      // Looked for once more when it is its turn: of several who wait for the same clip, the first makes it for all.
      const found = await kept();
      if (found) return found;
      return oneByOne(async () => {
        signal.throwIfAborted();
        const madeMeanwhile = await kept();
        if (madeMeanwhile) return madeMeanwhile;
        const why = await work.keepOther(task, clip, { blob, maxBytes, signal });
        if (why === undefined) return kept();
        log.warn({ task: task.id, bytes: clip.bytes, maxBytes, why }, 'the clip could not be made small enough');
        return undefined;
      });
    },
  };
}
