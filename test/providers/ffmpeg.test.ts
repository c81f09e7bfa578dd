import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FfmpegMissing, findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { script } from './support/job.ts';

const GOOD = 'echo "ffmpeg version 7"; echo "configuration: --enable-libx264"';

describe.skipIf(process.platform === 'win32')('finding ffmpeg', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'ffmpeg-'));
    // Scripts need `echo` only, which is the shell's own.
    vi.stubEnv('PATH', dir);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.doUnmock('@ffmpeg-installer/ffmpeg');
    await rm(dir, { recursive: true });
  });

  it('takes the one that FFMPEG_PATH names', async () => {
    const named = await script(dir, 'my-ffmpeg', GOOD);
    await script(dir, 'ffmpeg', GOOD);
    expect(await findFfmpeg({ FFMPEG_PATH: named })).toBe(named);
  });

  it('takes the one on the PATH', async () => {
    await script(dir, 'ffmpeg', GOOD);
    expect(await findFfmpeg({})).toBe('ffmpeg');
  });

  it.each([
    ['cannot be run', 'exit 3', 'cannot be run'],
    ['is something else', 'echo "I am no ffmpeg"', 'is not ffmpeg'],
    ['has no H.264', 'echo "ffmpeg version 7"; echo "configuration: --disable-gpl"', 'without H.264'],
  ])('refuses, in a sentence, one named by FFMPEG_PATH that %s', async (_, lines, words) => {
    const named = await script(dir, 'named', lines);
    const refusal = findFfmpeg({ FFMPEG_PATH: named });
    await expect(refusal).rejects.toThrow(FfmpegMissing);
    await expect(refusal).rejects.toThrow(words);
    await expect(refusal).rejects.toThrow('FFMPEG_PATH');
  });

  it('takes the one from npm, made executable, where the machine has none that can do it', async () => {
    await script(dir, 'ffmpeg', 'echo "ffmpeg version 7"; echo "configuration: --disable-gpl"');
    const packaged = await script(dir, 'packaged', GOOD);
    await chmod(packaged, 0o644);
    vi.doMock('@ffmpeg-installer/ffmpeg', () => ({ default: { path: packaged } }));
    expect(await findFfmpeg({})).toBe(packaged);
  });

  it('says in one sentence what to do where there is none at all', async () => {
    vi.doMock('@ffmpeg-installer/ffmpeg', () => {
      throw new Error('Unsupported platform');
    });
    const message = expect.stringMatching(/Install ffmpeg/);
    await expect(findFfmpeg({})).rejects.toMatchObject({ name: 'FfmpegMissing', message });
  });
});
