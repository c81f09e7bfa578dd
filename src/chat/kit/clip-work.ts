import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { convertClip } from '../../media/clips/convert.ts';
import { writeLastFrame } from '../../media/clips/last-frame.ts';
import { loopClip } from '../../media/clips/loop.ts';
import { planShrink, shrinkClip } from '../../media/clips/shrink.ts';
import { FfmpegMissing, findFfmpeg } from '../../media/ffmpeg/find.ts';
import type { Store } from '../../store/store.ts';
import type { Clip, Task } from '../../task/task.ts';

/** Makes files of a task's clip by ffmpeg, from a copy of it. One at a time: whoever calls sees to that. */
export function createClipWork({
  store,
  scratchDir,
  ffmpegPath,
}: {
  store: Pick<Store, 'blobs'>;
  /** Belongs to this alone: what lies in it is deleted. */
  scratchDir: string;
  ffmpegPath?: string;
}) {
  /** Works with the clip as a file. */
  async function withCopy<T>(
    { task, clip, signal }: { task: Task; clip: Clip; signal: AbortSignal },
    work: (from: string) => Promise<T>,
  ): Promise<T> {
    const from = join(scratchDir, 'from.mp4');
    try {
      await rm(scratchDir, { recursive: true, force: true }); // what a process that was killed left there
      await mkdir(scratchDir, { recursive: true, mode: 0o700 });
      await pipeline(store.blobs.read(task.id, clip.blob), createWriteStream(from), { signal });
      return await work(from);
    } finally {
      await rm(scratchDir, { recursive: true, force: true });
    }
  }

  return {
    /** Keeps the clip as another file beside it: smaller, or as the task's format. Says why where it does not. */
    async keepOther(
      task: Task,
      clip: Clip,
      { blob, maxBytes, signal }: { blob: string; maxBytes: number; signal: AbortSignal },
    ): Promise<string | undefined> {
      const { format } = task;
      if (!format && !planShrink(clip, maxBytes)) return 'nothing worth watching fits';
      const ffmpeg = await findFfmpeg({ FFMPEG_PATH: ffmpegPath }).catch(missing);
      if (ffmpeg instanceof FfmpegMissing) return ffmpeg.message;
      return withCopy({ task, clip, signal }, async (from) => {
        const to = join(scratchDir, 'to.mp4');
        const files = { ffmpeg, from, to, clip, size: clip.size, maxBytes, signal };
        const made =
          format === 'loop'
            ? await loopClip(files)
            : format
              ? await convertClip({ ...files, format })
              : await shrinkClip(files);
        if (made.outcome === 'failed') return made.reason;
        await store.blobs.write(task.id, blob, contentsOf(to), { maxBytes });
        return undefined;
      });
    },

    /** A JPEG of its last frame. Throws where none can be made. */
    async lastFrame(task: Task, clip: Clip, signal: AbortSignal): Promise<Uint8Array | undefined> {
      const ffmpeg = await findFfmpeg({ FFMPEG_PATH: ffmpegPath });
      return withCopy({ task, clip, signal }, async (from) => {
        const to = join(scratchDir, 'frame.jpg');
        const why = await writeLastFrame({ ffmpeg, from, to, signal });
        if (why !== undefined) throw new Error(why);
        return readFile(to);
      });
    },
  };
}

/** Opened only once it is asked for: a store that fails before that leaves nothing open. */
async function* contentsOf(path: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(path);
}

function missing(error: unknown): FfmpegMissing {
  if (error instanceof FfmpegMissing) return error;
  throw error;
}
