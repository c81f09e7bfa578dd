import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createPreview } from '../../../src/providers/preview/preview.ts';
import { describeGen4 } from '../../contract/provider.ts';
import { decoder } from '../../helpers/decoder.ts';
import { photo } from './photo.ts';
import { LANDSCAPE } from './views.ts';

/** Holds the preview, with an ffmpeg, to what is asked of each provider. */
export function describePreview(name: string, locate: () => Promise<string>): void {
  describeGen4(name, async () => {
    const scratchDir = await mkdtemp(join(tmpdir(), 'preview-'));
    return {
      provider: await createPreview({ ffmpeg: await locate(), scratchDir, decoder }),
      input: {
        picture: await photo(LANDSCAPE),
        size: LANDSCAPE,
        scene: 'slow zoom in, pan left',
        motion: 5,
        seed: 42,
        duration: 5,
      },
      unknownJob: '00000000-0000-4000-8000-000000000000',
      betweenPolls: () => delay(50),
      end: () => rm(scratchDir, { recursive: true }),
    };
  });
}
