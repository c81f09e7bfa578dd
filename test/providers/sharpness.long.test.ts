import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { planPath } from '../../src/providers/preview/camera.ts';
import { filterGraph } from '../../src/providers/preview/filter.ts';
import { MARK_SIZE } from '../../src/providers/preview/mark.ts';
import { parseScene } from '../../src/providers/preview/parse-scene.ts';
import { pipeThrough } from './support/decode.ts';
import { LANDSCAPE, viewsOf } from './support/views.ts';

const LARGE = { width: 3840, height: 2160 };
const PICTURE = { width: 2560, height: 1440 };
const CLIP = { frames: 120, fps: 24, shape: LARGE, focus: { x: 0.62, y: 0.4 }, seed: 1 };
/** The frames that are looked at. */
const SEEN = [0, 45, 66, 119];

let dir: string;
let large: Buffer;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sharpness-'));
  large = await fineGrain();
  const small = sharp(large, { raw: { ...LARGE, channels: 1 } }).resize(PICTURE.width, PICTURE.height);
  await writeFile(join(dir, 'picture.rgb'), await small.toColourspace('srgb').removeAlpha().raw().toBuffer());
});
afterAll(() => rm(dir, { recursive: true }));

it.each([
  // A picture that was scaled to the clip's size first would end at 0.75, 0.3 and 0.15 as it zooms in.
  ['zoom in', 1, 0.83],
  ['zoom in', 5, 0.83],
  ['zoom in', 10, 0.84],
  ['zoom out', 10, 0.84],
  ['pan right', 5, 0.84],
  ['tilt up', 10, 0.88],
  ['static shot', 10, 0.97],
])(
  '“%s” at a motion of %i is nearly as sharp as an ideal crop of a large picture, all the way',
  async (scene, motion, least) => {
    const path = planPath(parseScene(scene), { ...CLIP, motion });
    const graph = filterGraph(path, { ...CLIP, size: LANDSCAPE, picture: PICTURE });
    const raw = (format: string, { width, height }: typeof LARGE) => [
      ...['-f', 'rawvideo', '-framerate', '1', '-pix_fmt', format, '-video_size', `${width}x${height}`],
    ];
    const frames = await pipeThrough(
      await findFfmpeg({}),
      [
        ...[...raw('rgb24', PICTURE), '-i', join(dir, 'picture.rgb'), ...raw('rgba', MARK_SIZE), '-i', 'pipe:0'],
        ...[
          '-filter_complex',
          `${graph};[out]select='${SEEN.map((n) => `eq(n,${n})`).join('+')}'[seen]`,
          '-map',
          '[seen]',
        ],
        ...['-vsync', 'passthrough'],
        ...['-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
      ],
      Buffer.alloc(4 * MARK_SIZE.width * MARK_SIZE.height * CLIP.frames),
    );
    const bytes = LANDSCAPE.width * LANDSCAPE.height;
    const views = viewsOf(scene, { ...CLIP, motion });
    for (const [i, frame] of SEEN.entries()) {
      const [a, , , d] = views[frame]?.corners ?? [];
      if (!a || !d) throw new RangeError('four corners');
      const px = (pixels: number) => Math.round((pixels * LARGE.width) / LANDSCAPE.width);
      const [left, top] = [px(a.x), px(a.y)];
      const ideal = await sharp(large, { raw: { ...LARGE, channels: 1 } })
        .extract({ left, top, width: px(d.x) - left, height: px(d.y) - top })
        .resize({ ...LANDSCAPE, fit: 'fill' })
        .toColourspace('b-w')
        .raw()
        .toBuffer();
      expect.soft(sharpnessOf(frames.subarray(i * bytes, (i + 1) * bytes)) / sharpnessOf(ideal)).toBeGreaterThan(least);
    }
  },
);

/** Grey detail of every size, down to three pixels. */
async function fineGrain(): Promise<Buffer> {
  const sum = new Float32Array(LARGE.width * LARGE.height);
  let state = 1;
  for (const [grain, share] of [[60, 0.5] as const, [12, 0.2] as const, [5, 0.15] as const, [3, 0.15] as const]) {
    const few = { width: Math.ceil(LARGE.width / grain), height: Math.ceil(LARGE.height / grain) };
    const pixels = Buffer.alloc(few.width * few.height);
    for (let i = 0; i < pixels.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      pixels[i] = state >>> 24;
    }
    const many = await sharp(pixels, { raw: { ...few, channels: 1 } })
      .resize({ ...LARGE, fit: 'fill', kernel: 'cubic' })
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + share * (many[i] ?? 0);
  }
  return Buffer.from(sum);
}

/** Variance of the Laplacian, without the edges and what the mark covers. */
function sharpnessOf(pixels: Uint8Array): number {
  const { width, height } = LANDSCAPE;
  const at = (i: number) => pixels[i] ?? 0;
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 64; y < height - 64; y++)
    for (let i = y * width + 64; i < (y + 1) * width - 64; i++) {
      const value = 4 * at(i) - at(i - 1) - at(i + 1) - at(i - width) - at(i + width);
      sum += value;
      squares += value * value;
      count++;
    }
  return squares / count - (sum / count) ** 2;
}
