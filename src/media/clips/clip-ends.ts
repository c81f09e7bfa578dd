import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createNamedSemaphores, createSemaphore, type Semaphore } from '../../util/semaphore.ts';
import { findFfmpeg } from '../ffmpeg/find.ts';
import { joinClips } from './join.ts';
import { writeLastFrame } from './last-frame.ts';
import { type Bytes, contentsOf, inScratch } from './scratch.ts';

/** What is made of the ends of clips: a last frame, which another begins with, and both as one. */
export type ClipEnds = ReturnType<typeof createClipEnds>;

/** So many people's clips wait for their turn to be joined; whoever made them comes again. */
const MAX_WAITING = 4;

/** Frames one at a time, and joins beside them. `scratchDir` belongs to this alone: what lies in it is deleted. */
export function createClipEnds({ scratchDir, ffmpegPath }: { scratchDir: string; ffmpegPath?: string }) {
  const frames = { dir: join(scratchDir, 'frame'), oneByOne: createSemaphore() };
  const joins = { dir: join(scratchDir, 'join'), oneByOne: createSemaphore({ maxWaiting: MAX_WAITING }) };
  const joinsOf = createNamedSemaphores<string>({ maxWaiting: 0 });

  const work = <T>(
    { dir, oneByOne }: { dir: string; oneByOne: Semaphore },
    clips: Record<string, Bytes>,
    signal: AbortSignal,
    make: (at: (name: string) => string, ffmpeg: string) => Promise<T>,
  ): Promise<T> =>
    oneByOne(
      () => inScratch(dir, clips, signal, async (at) => make(at, await findFfmpeg({ FFMPEG_PATH: ffmpegPath }))),
      { signal },
    );

  return {
    /** A PNG of it, as large as the clip; or why there is none. */
    lastFrame: (clip: Bytes, signal: AbortSignal): Promise<{ bytes: Uint8Array } | { failed: string }> =>
      work(frames, { 'from.mp4': clip }, signal, async (at, ffmpeg) => {
        const [from, to] = [at('from.mp4'), at('frame.png')];
        const failed = await writeLastFrame({ ffmpeg, from, to, isWhole: true, signal });
        return failed === undefined ? { bytes: await readFile(to) } : { failed };
      }),

    /**
     * Both as one clip, which `keep` keeps. Says why where that cannot be. Throws `NoRoom` while another one of that person is
     * joined, or too many others wait.
     */
    join: (
      { person, first, second, signal }: { person: string; first: Bytes; second: Bytes; signal: AbortSignal },
      keep: (bytes: AsyncIterable<Uint8Array>) => Promise<void>,
    ): Promise<string | undefined> =>
      joinsOf(person, () =>
        work(joins, { 'first.mp4': first, 'second.mp4': second }, signal, async (at, ffmpeg) => {
          const paths = { first: at('first.mp4'), second: at('second.mp4'), to: at('to.mp4') };
          const joined = await joinClips({ ffmpeg, ...paths, signal });
          if (joined.outcome === 'failed') return joined.reason;
          await keep(contentsOf(paths.to));
          return undefined;
        }),
      ),
  };
}
