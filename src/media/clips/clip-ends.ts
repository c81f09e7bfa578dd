import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createNamedSemaphores, createSemaphore, type Semaphore } from '../../util/semaphore.ts';
import { findFfmpeg } from '../ffmpeg/find.ts';
import { joinClips } from './join.ts';
import { writeLastFrame } from './last-frame.ts';

type Bytes = () => AsyncIterable<Uint8Array>;

/** What is made of the ends of clips: a last frame, which another begins with, and both as one. */
export type ClipEnds = ReturnType<typeof createClipEnds>;

/** So many people's clips wait for their turn to be joined; whoever made them comes again. */
const MAX_WAITING = 4;

/** Frames one at a time, and joins beside them. `scratchDir` belongs to this alone: what lies in it is deleted. */
export function createClipEnds({ scratchDir, ffmpegPath }: { scratchDir: string; ffmpegPath?: string }) {
  const frames = { dir: join(scratchDir, 'frame'), oneByOne: createSemaphore() };
  const joins = { dir: join(scratchDir, 'join'), oneByOne: createSemaphore({ maxWaiting: MAX_WAITING }) };
  const joinsOf = createNamedSemaphores<string>({ maxWaiting: 0 });

  async function inScratch<T>(
    { dir, oneByOne }: { dir: string; oneByOne: Semaphore },
    clips: Record<string, Bytes>,
    signal: AbortSignal,
    work: (at: (name: string) => string, ffmpeg: string) => Promise<T>,
  ): Promise<T> {
    const at = (name: string) => join(dir, name);
    const made = async () => {
      try {
        await rm(dir, { recursive: true, force: true }); // what a process that was killed left there
        await mkdir(dir, { recursive: true, mode: 0o700 });
        for (const [name, bytes] of Object.entries(clips))
          await pipeline(bytes(), createWriteStream(at(name)), { signal });
        return await work(at, await findFfmpeg({ FFMPEG_PATH: ffmpegPath }));
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    };
    return oneByOne(made, { signal });
  }

  return {
    /** A PNG of it, as large as the clip; or why there is none. */
    lastFrame: (clip: Bytes, signal: AbortSignal): Promise<{ bytes: Uint8Array } | { failed: string }> =>
      inScratch(frames, { 'from.mp4': clip }, signal, async (at, ffmpeg) => {
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
        inScratch(joins, { 'first.mp4': first, 'second.mp4': second }, signal, async (at, ffmpeg) => {
          const paths = { first: at('first.mp4'), second: at('second.mp4'), to: at('to.mp4') };
          const joined = await joinClips({ ffmpeg, ...paths, signal });
          if (joined.outcome === 'failed') return joined.reason;
          await keep(contentsOf(paths.to));
          return undefined;
        }),
      ),
  };
}

/** Opened only once it is asked for: a store that fails before that leaves nothing open. */
async function* contentsOf(path: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(path);
}
