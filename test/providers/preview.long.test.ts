import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { planPath } from '../../src/providers/preview/camera.ts';
import { filterGraph } from '../../src/providers/preview/filter.ts';
import { MARK_SIZE, readMark } from '../../src/providers/preview/mark.ts';
import { parseScene } from '../../src/providers/preview/parse-scene.ts';
import { createPreview } from '../../src/providers/preview/preview.ts';
import type { Provider, SubmitInput } from '../../src/providers/provider.ts';
import { decoder } from '../helpers/decoder.ts';
import { describeStreams, grayFrames, pipeThrough } from './support/decode.ts';
import { render } from './support/job.ts';
import { type Gray, motionBetween, spreadOf } from './support/motion.ts';
import { photo } from './support/photo.ts';
import { LANDSCAPE, motionOf, PORTRAIT, viewsOf } from './support/views.ts';

let dir: string;
let ffmpeg: string;
let provider: Provider;
let panInput: SubmitInput;
let pan: Buffer;
let panAgain: Buffer;
let told: number[];
let still: Buffer;
let stillPicture: Buffer;

// Three renders, shared by every test below.
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'preview-'));
  ffmpeg = await findFfmpeg({});
  provider = await createPreview({ ffmpeg, scratchDir: join(dir, 'scratch'), decoder, cores: 2 });
  const common = { motion: 4, seed: 42 };
  panInput = { ...common, picture: await photo(LANDSCAPE), size: LANDSCAPE, scene: 'slow pan right', duration: 5 };
  stillPicture = await photo(PORTRAIT);
  pan = (await render(provider, panInput)).clip;
  const stillInput = { ...common, picture: stillPicture, size: PORTRAIT, scene: 'static shot', duration: 10 };
  // The same clip again, this time beside another one.
  const [again, other] = await Promise.all([render(provider, panInput), render(provider, stillInput)]);
  panAgain = again.clip;
  ({ clip: still, told } = other);
});
afterAll(async () => {
  await provider?.close();
  await rm(dir, { recursive: true });
});

describe('a preview clip', () => {
  it('is H.264 in 4:2:0, tagged BT.709, 24 frames a second, of the size and length asked for', async () => {
    expect(await describeStreams(ffmpeg, pan)).toMatch(/Video: h264 .*yuv420p\(tv, bt709.*1280x720.* 24 fps/);
    expect(await describeStreams(ffmpeg, still)).toMatch(/Video: h264 .*yuv420p\(tv, bt709.*720x1280.* 24 fps/);
    expect(await grayFrames(ffmpeg, pan, LANDSCAPE)).toHaveLength(120);
    expect(await grayFrames(ffmpeg, still, PORTRAIT)).toHaveLength(240);
  });

  it('has its index before its pictures, so that it plays while it loads', () => {
    for (const clip of [pan, still]) {
      expect(clip.indexOf('moov')).toBeGreaterThan(0);
      expect(clip.indexOf('moov')).toBeLessThan(clip.indexOf('mdat'));
    }
  });

  it('is small enough to be shared as it is', () => {
    expect(pan.length).toBeLessThan(5_000_000);
    expect(still.length).toBeLessThan(8_500_000);
  });

  it('is the same to the byte for the same picture, scene and seed, also beside another render', () => {
    const hash = (clip: Buffer) => createHash('sha256').update(clip).digest('hex');
    expect(hash(panAgain)).toBe(hash(pan));
  });

  it('tells real progress while it is made', () => {
    const between = new Set(told.filter((progress) => progress > 0 && progress < 1));
    expect(between.size).toBeGreaterThan(0);
  });

  it('moves what is seen to the left as the camera pans right, evenly and by nothing else', async () => {
    const frames = await grayFrames(ffmpeg, pan, LANDSCAPE);
    const steps = between(frames, 48, 66);
    const { mean, sd } = spreadOf(steps.map(({ dx }) => dx));
    const [a, b] = viewsOf('slow pan right', { motion: 4 }).slice(56, 58);
    if (!a || !b) throw new RangeError('no such frame');
    expect(mean).toBeLessThan(-1);
    expect(Math.abs(mean - motionOf(a, b).dx)).toBeLessThan(0.05);
    expect(sd).toBeLessThan(0.1);
    expect(Math.abs(spreadOf(steps.map(({ dy }) => dy)).mean)).toBeLessThan(0.02);
  });

  it('keeps still where it was told to hold, and keeps the picture’s colours', async () => {
    const rgb = (filter: string) =>
      pipeThrough(
        ffmpeg,
        ['-i', 'pipe:0', '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
        still,
      );
    const first = await rgb('select=eq(n\\,0),scale=in_color_matrix=bt709');
    const last = await rgb('select=eq(n\\,239),scale=in_color_matrix=bt709');
    const source = await sharp(stillPicture).removeAlpha().raw().toBuffer();
    expect(meanDifference(first, last)).toBeLessThan(1.5);
    expect(meanDifference(last, source)).toBeLessThan(4);
    // A yellow disc and a navy wall: with a wrong colour matrix or range they would be off by ten and more.
    for (const [x, y] of [[0.3, 0.4] as const, [0.61, 0.5] as const]) {
      const at = 3 * (Math.round(y * PORTRAIT.height) * PORTRAIT.width + Math.round(x * PORTRAIT.width));
      for (const i of [at, at + 1, at + 2]) expect(Math.abs((last[i] ?? 0) - (source[i] ?? 0))).toBeLessThan(5);
    }
  });

  it('bears its mark in the lower right corner, and nothing anywhere else', async () => {
    const [frame] = await grayFrames(ffmpeg, still, PORTRAIT, 'select=eq(n\\,120)');
    const [source] = await grayFrames(ffmpeg, stillPicture, PORTRAIT);
    if (!frame || !source) throw new Error('no frame');
    const left = PORTRAIT.width - 20 - MARK_SIZE.width;
    const top = PORTRAIT.height - 20 - MARK_SIZE.height;
    const off = (x: number, y: number, w: number, h: number) => differenceIn(frame, source, x, y, w, h);
    expect(off(left, top, MARK_SIZE.width, MARK_SIZE.height)).toBeGreaterThan(25);
    expect(off(left, top - 60, MARK_SIZE.width, 50)).toBeLessThan(8);
    expect(off(20, top, MARK_SIZE.width, MARK_SIZE.height)).toBeLessThan(8);
  });

  it('that goes on from another begins as that one ended, and bears one mark', async () => {
    const plain = { ...LANDSCAPE, height: 360 };
    const ground = await sharp({ create: { ...plain, channels: 3, background: '#808080' } })
      .png()
      .toBuffer();
    const picture = await sharp(await photo(LANDSCAPE))
      .composite([{ input: ground, left: 0, top: plain.height }])
      .png()
      .toBuffer();
    const asked = { ...panInput, motion: 6, duration: 2 };
    const { clip } = await render(provider, { ...asked, picture, scene: 'static shot' });
    const end = (await grayFrames(ffmpeg, clip, LANDSCAPE)).at(-1);
    const lastFrame = [
      '-i',
      'pipe:0',
      '-vf',
      "select='eq(n,47)'",
      '-frames:v',
      '1',
      '-f',
      'image2pipe',
      '-c:v',
      'png',
      'pipe:1',
    ];
    const next = { ...asked, picture: await pipeThrough(ffmpeg, lastFrame, clip), scene: 'pan left', goesOn: true };
    const frames = await grayFrames(ffmpeg, (await render(provider, next)).clip, LANDSCAPE);
    const [first, middle] = [frames[0], frames[36]];
    if (!end || !first || !middle) throw new Error('a frame is missing');
    const off = first.pixels.map((value, i) => Math.abs(value - (end.pixels[i] ?? 0)));
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(1.5);
    // Below the photograph nothing but grey, and the mark that it has.
    const { width, height } = LANDSCAPE;
    const isMark = (x: number, y: number) =>
      [width - x, height - y].every(
        (inset, n) => inset > 16 && inset < 24 + (n === 0 ? MARK_SIZE.width : MARK_SIZE.height),
      );
    const odd = [...middle.pixels].filter((value, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return y > 480 && !isMark(x, y) && Math.abs(value - 128) > 12;
    });
    expect(odd).toEqual([]);
  });

  it('leaves nothing in its scratch folder once it is fetched', async () => {
    expect(await readdir(join(dir, 'scratch'))).toEqual([]);
  });
});

describe('the mark', () => {
  it('is what its drawing shows, as raw RGBA', async () => {
    const drawing = new URL('../../src/providers/preview/mark.svg', import.meta.url);
    const drawn = await sharp(await readFile(drawing))
      .ensureAlpha()
      .raw()
      .toBuffer();
    const mark = Buffer.from(await readMark(decoder));
    expect(mark).toHaveLength(4 * MARK_SIZE.width * MARK_SIZE.height);
    expect(meanDifference(mark, drawn)).toBeLessThan(1);
  });
});

describe('the filter graph', () => {
  it('makes ffmpeg show exactly the path that was planned, over moves of every kind', async () => {
    const scene = 'zoom in while rotating clockwise, then pan left, tilt down, handheld';
    const LARGE = { width: 2560, height: 1440 };
    const options = { motion: 6, seed: 3, frames: 60, fps: 24, shape: LANDSCAPE, focus: { x: 0.5, y: 0.5 } };
    const picture = join(dir, 'picture.rgb');
    await writeFile(
      picture,
      await sharp(await photo(LARGE))
        .removeAlpha()
        .raw()
        .toBuffer(),
    );
    const mark = await readMark(decoder);
    const raw = ['-f', 'rawvideo', '-framerate', '24', '-pix_fmt'];
    const args = [
      ...[...raw, 'rgb24', '-video_size', '2560x1440', '-i', picture],
      ...[...raw, 'rgba', '-video_size', `${MARK_SIZE.width}x${MARK_SIZE.height}`, '-i', 'pipe:0'],
      ...[
        '-filter_complex',
        filterGraph(planPath(parseScene(scene), options), { ...options, size: LANDSCAPE, picture: LARGE }),
        '-map',
        '[out]',
      ],
      ...['-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
    ];
    const out = await pipeThrough(ffmpeg, args, Buffer.concat(Array.from({ length: 60 }, () => mark)));
    const bytes = 1280 * 720;
    const frames = Array.from({ length: out.length / bytes }, (_, i) => ({
      ...LANDSCAPE,
      pixels: out.subarray(i * bytes, (i + 1) * bytes),
    }));
    expect(frames).toHaveLength(60);
    const views = viewsOf(scene, options);
    // Between 23 and 24, and 47 and 48, the window is chosen anew.
    for (const i of [4, 12, 20, 23, 28, 36, 44, 47, 54]) {
      const [before, after, from, to] = [views[i], views[i + 1], frames[i], frames[i + 1]];
      if (!before || !after || !from || !to) throw new RangeError('no such frame');
      const [planned, found] = [motionOf(before, after), motionBetween(from, to)];
      expect(Math.hypot(found.dx - planned.dx, found.dy - planned.dy)).toBeLessThan(0.12);
      expect(Math.abs(found.scale - planned.scale)).toBeLessThan(0.0004);
      expect(Math.abs(found.angle - planned.angle)).toBeLessThan(0.0004);
    }
  });
});

function between(frames: Gray[], first: number, last: number) {
  return frames.slice(first, last).map((frame, i) => motionBetween(frame, frames[first + i + 1] ?? frame));
}

function meanDifference(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length;
}

function differenceIn(a: Gray, b: Gray, left: number, top: number, width: number, height: number): number {
  let sum = 0;
  for (let y = top; y < top + height; y++) {
    for (let i = y * a.width + left; i < y * a.width + left + width; i++)
      sum += Math.abs((a.pixels[i] ?? 0) - (b.pixels[i] ?? 0));
  }
  return sum / (width * height);
}
