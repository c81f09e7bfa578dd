import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';

/** The ffmpegs that there are here: this machine's own (or the one that is chosen in its place), and the one from npm. */
export async function everyFfmpeg(): Promise<string[]> {
  const packaged = await import('@ffmpeg-installer/ffmpeg').then(
    ({ default: installer }) => [installer.path],
    () => [], // none for this platform
  );
  return [...new Set([await findFfmpeg({}), ...packaged])];
}
