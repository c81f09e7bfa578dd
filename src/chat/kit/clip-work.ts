import { readFile } from 'node:fs/promises';
import { convertClip } from '../../media/clips/convert.ts';
import { writeLastFrame } from '../../media/clips/last-frame.ts';
import { loopClip } from '../../media/clips/loop.ts';
import { contentsOf, inScratch } from '../../media/clips/scratch.ts';
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
  const withCopy = <T>(
    { task, clip, signal }: { task: Task; clip: Clip; signal: AbortSignal },
    work: (from: string, at: (name: string) => string) => Promise<T>,
  ): Promise<T> =>
    inScratch(scratchDir, { 'from.mp4': () => store.blobs.read(task.id, clip.blob) }, signal, (at) =>
      work(at('from.mp4'), at),
    );

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
      return withCopy({ task, clip, signal }, async (from, at) => {
        const to = at('to.mp4');
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
      return withCopy({ task, clip, signal }, async (from, at) => {
        const to = at('frame.jpg');
        const why = await writeLastFrame({ ffmpeg, from, to, signal });
        if (why !== undefined) throw new Error(why);
        return readFile(to);
      });
    },
  };
}

function missing(error: unknown): FfmpegMissing {
  if (error instanceof FfmpegMissing) return error;
  throw error;
}
