import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { createPreview } from '../../src/providers/preview/preview.ts';
import { describeGen4 } from '../contract/provider.ts';
import { photo } from './support/photo.ts';
import { LANDSCAPE } from './support/views.ts';

const builds: [string, () => Promise<string>][] = [
  ['preview, with the ffmpeg of this machine', () => findFfmpeg({})],
  // A newcomer's: `findFfmpeg` takes it where the machine has none.
  ['preview, with the ffmpeg from npm', () => withoutPath(() => findFfmpeg({}))],
];

for (const [name, locate] of builds) {
  describeGen4(name, async () => {
    const scratchDir = await mkdtemp(join(tmpdir(), 'preview-'));
    return {
      provider: createPreview({ ffmpeg: await locate(), scratchDir }),
      input: {
        ...{ picture: await photo(LANDSCAPE), size: LANDSCAPE, scene: 'slow zoom in, pan left' },
        ...{ motion: 5, seed: 42, duration: 5 },
      },
      unknownJob: '00000000-0000-4000-8000-000000000000',
      betweenPolls: () => delay(50),
      end: () => rm(scratchDir, { recursive: true }),
    };
  });
}

async function withoutPath<T>(work: () => Promise<T>): Promise<T> {
  const { PATH } = process.env;
  process.env.PATH = '';
  try {
    return await work();
  } finally {
    process.env.PATH = PATH;
  }
}
