import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDecoder } from '../../src/media/pictures/decoder/decoder.ts';
import { fitPicture } from '../../src/media/pictures/decoder/fit.ts';
import { restrictSharp } from '../../src/media/pictures/decoder/open.ts';
import { startBot } from '../helpers/bot.ts';
import { type Harm, harmOf, untilRendered } from '../helpers/hostile-run.ts';
import { noisy, SIZES } from '../media/fixtures.ts';
import { CORPUS } from '../media/hostile.ts';
import { atMost, type Bench, median, type Result, told } from './bench.ts';

const ROUNDS = 15;
const OPTIONS = { fit: 'crop', sizes: SIZES } as const;

/** What pictures that hurt do to the program and to others, and what a photo pays for the decoder's being apart. */
export const pictures: Bench = async () => {
  restrictSharp();
  const photo = await noisy({ width: 4_000, height: 3_000 }).jpeg({ quality: 85 }).toBuffer();
  return [...(await photoApart(photo)), ...(await harm(photo))];
};

/** A photo of 12 megapixels by turns here and in a decoder that is running. */
async function photoApart(photo: Buffer): Promise<Result[]> {
  const decoder = createDecoder();
  const here: number[] = [];
  const apart: number[] = [];
  const began = performance.now();
  await decoder.fit(() => [photo], OPTIONS);
  const firstMs = performance.now() - began;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      here.push(await msOf(() => fitPicture(photo, OPTIONS)));
      apart.push(await msOf(() => decoder.fit(() => [photo], OPTIONS)));
    }
  } finally {
    await decoder.close();
  }
  return [
    told(`photo of ${Math.round(photo.length / 1e5) / 10} MB, sharp in this process`, median(here), 'ms'),
    told('in the decoder', median(apart), 'ms'),
    told('in the decoder, which has to be started', firstMs, 'ms'),
    atMost(1.3, 'decoder / in this process', median(apart) / median(here), '×'),
  ];
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function harm(photo: Buffer): Promise<Result[]> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-pictures-'));
  const bot = await startBot({ DATA_DIR: dir });
  const all: Harm[] = [];
  try {
    for (const { name, make } of CORPUS) {
      const each = await harmOf(bot, await make(), photo);
      console.log(`${name}: ${each.task.state} in ${Math.round(each.endedMs)} ms, ${Math.round(each.decoderMb)} MB`);
      all.push(each);
      await untilRendered(bot, each);
    }
  } finally {
    await bot.stop();
    await rm(dir, { recursive: true, force: true });
  }
  const most = (key: 'growthMb' | 'decoderMb' | 'stallMs' | 'endedMs' | 'photoMs') =>
    Math.max(...all.map((each) => each[key]));
  return [
    atMost(60, 'the program grows by', most('growthMb'), 'MB'),
    // A photo of 49 megapixels as an AVIF takes 980 MB.
    atMost(1_250, 'the decoder has', most('decoderMb'), 'MB'),
    atMost(100, 'longest answer of /healthz', most('stallMs'), 'ms'),
    atMost(20, 'the slowest picture ends', most('endedMs') / 1_000, 's'),
    atMost(25, 'the slowest photo after one', most('photoMs') / 1_000, 's'),
  ];
}
