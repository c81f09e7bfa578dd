import { execFile } from 'node:child_process';
import { access, chmod, constants } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createLately } from '../../util/lately.ts';

/** No ffmpeg that can make clips; `message` is a sentence for whoever runs this machine. */
export class FfmpegMissing extends Error {
  override name = 'FfmpegMissing';
}

const VERSION_TIMEOUT_MS = 15_000;
/** Trying one takes a tenth of what a start computes, and several ask for it at a start. */
const TRIED_MS = 60_000;
const tried = createLately<string | undefined>(TRIED_MS);

/**
 * The ffmpeg to use, tried once: the one that FFMPEG_PATH names, else `ffmpeg` on the PATH, else the one from npm.
 * One without libx264 is passed over, unless FFMPEG_PATH names it. Throws `FfmpegMissing`.
 */
export async function findFfmpeg(env: { FFMPEG_PATH?: string | undefined }): Promise<string> {
  if (env.FFMPEG_PATH) {
    const problem = await problemOf(env.FFMPEG_PATH);
    if (!problem) return env.FFMPEG_PATH;
    throw new FfmpegMissing(`FFMPEG_PATH names ${env.FFMPEG_PATH}, which ${problem}. Correct it, or leave it out.`);
  }
  if (!(await problemOf('ffmpeg'))) return 'ffmpeg';
  const packaged = await locatePackaged();
  if (packaged && !(await problemOf(packaged))) return packaged;
  throw new FfmpegMissing(
    'No ffmpeg with H.264 (libx264) was found. Install ffmpeg so that it is on the PATH, or name it in FFMPEG_PATH.',
  );
}

/** Whether what was found is the one from npm, which is of 2018. */
export const isPackaged = async (found: string): Promise<boolean> => found === (await locatePackaged());

/** What is wrong with it, as the end of a sentence. */
async function problemOf(path: string): Promise<string | undefined> {
  const key = `${path} on ${process.env.PATH}`;
  const problem = await tried.get(key, () => tryOut(path));
  // Somebody may mend it at once.
  if (problem !== undefined) tried.drop(key);
  return problem;
}

async function tryOut(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['-version'], {
      timeout: VERSION_TIMEOUT_MS,
      windowsHide: true,
    });
    if (!stdout.startsWith('ffmpeg version')) return 'is not ffmpeg';
    return stdout.includes('--enable-libx264') ? undefined : 'was built without H.264 (libx264)';
  } catch {
    return 'cannot be run';
  }
}

/** The build from npm, or undefined on a platform for which there is none. */
async function locatePackaged(): Promise<string | undefined> {
  try {
    const { default: installer } = await import('@ffmpeg-installer/ffmpeg');
    // Its install script would make it executable; npm may well be told not to run those.
    await access(installer.path, constants.X_OK).catch(() => chmod(installer.path, 0o755));
    return installer.path;
  } catch {
    return undefined;
  }
}
