// A program that renders one long clip and says when it is under way; the test kills it.
import { createPreview } from '../../../src/providers/preview/preview.ts';
import { decoder } from '../../helpers/decoder.ts';
import { pollUntil, start } from './job.ts';
import { photo } from './photo.ts';
import { LANDSCAPE } from './views.ts';

async function main(ffmpeg: string, scratchDir: string): Promise<void> {
  const provider = await createPreview({ ffmpeg, scratchDir, decoder });
  const input = { picture: await photo(LANDSCAPE), size: LANDSCAPE, motion: 10, seed: 1, duration: 10 };
  const jobId = await start(provider, { ...input, scene: 'zoom in, rotate, handheld' });
  await pollUntil(provider, jobId, (verdict) => verdict.outcome === 'rendering' && (verdict.progress ?? 0) > 0);
  console.log('rendering');
  await pollUntil(provider, jobId);
  console.log('done');
}

const [, , ffmpeg = '', scratchDir = ''] = process.argv;
main(ffmpeg, scratchDir);
