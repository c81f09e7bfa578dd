import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDecoder, type Decoder } from '../../src/media/pictures/decoder/decoder.ts';
import { childrenOf } from '../helpers/processes.ts';
import { flat, LANDSCAPE, noisy, refusalOf, SIZES } from './fixtures.ts';
import { manyFramesWebp, manyScans, svgAsWebp, textBomb, tiffAsWebp } from './hostile.ts';

const PROGRAM = 'decoder/program.js';
const OPTIONS = { fit: 'crop', sizes: SIZES } as const;
const TO_JPEG = { ground: '#ffffff', to: { type: 'jpeg', quality: 80 } } as const;

let decoder: Decoder;
/** Of tests that ran before in this process. */
let others: number[];
beforeEach(async () => {
  others = await childrenOf(process.pid, PROGRAM);
});
afterEach(() => decoder.close());
const start = (options: Parameters<typeof createDecoder>[0] = {}) => {
  decoder = createDecoder(options);
};
const fitted = (picture: Uint8Array, signal?: AbortSignal) => decoder.fit(() => [picture], OPTIONS, signal);
const photo = () => noisy({ width: 1500, height: 1100 }).jpeg().toBuffer();
const processes = async () => (await childrenOf(process.pid, PROGRAM)).filter((pid) => !others.includes(pid));

/** The decoder's process, once there is one. */
async function pidOfDecoder(): Promise<number> {
  await expect.poll(processes, { timeout: 60_000 }).toHaveLength(1);
  return (await processes())[0] ?? Number.NaN;
}

/** The same once it decodes: a start takes some 200 ms of computing. */
async function pidAtWork(): Promise<number> {
  const pid = await pidOfDecoder();
  await expect.poll(() => computedMs(pid), { timeout: 60_000 }).toBeGreaterThan(500);
  return pid;
}

describe('a picture', () => {
  test('comes back fitted; of one that passes as it is only what it is', async () => {
    start();
    const cut = await fitted(await photo());
    expect(cut).toMatchObject({ original: { width: 1500, height: 1100 }, fitted: LANDSCAPE, type: 'image/jpeg' });
    expect(await sharp(cut.bytes).metadata()).toMatchObject({ format: 'jpeg', ...LANDSCAPE });
    expect(await fitted(await flat(LANDSCAPE, '#345').png().toBuffer())).toEqual({
      type: 'image/png',
      thumbnail: expect.any(Uint8Array),
      original: LANDSCAPE,
      fitted: LANDSCAPE,
      notes: [],
    });
  });

  test('of many pieces is put together as it was', async () => {
    start();
    const file = await noisy({ width: 1280, height: 720 }).png().toBuffer();
    const pieces = Array.from({ length: 100 }, (_, n) =>
      file.subarray(Math.ceil((n * file.length) / 100), Math.ceil(((n + 1) * file.length) / 100)),
    );
    const { bytes, size } = await decoder.convert(() => pieces, { ground: '#000', to: { type: 'pixels' } });
    expect(size).toEqual(LANDSCAPE);
    expect(Buffer.compare(bytes, await sharp(file).raw().toBuffer())).toBe(0);
  });

  test('is found to be cut, or whole, whatever is converted beside it', async () => {
    start();
    const [whole, noise, small] = await Promise.all([
      flat(LANDSCAPE, '#3366aa').jpeg().toBuffer(),
      noisy(LANDSCAPE).jpeg().toBuffer(),
      flat({ width: 320, height: 320 }, '#345').png().toBuffer(),
    ]);
    const cut = noise.subarray(0, noise.length * 0.9);
    let isOver = false;
    const converting = (async () => {
      while (!isOver) await Promise.all([1, 2, 3].map(() => decoder.convert(() => [small], TO_JPEG)));
    })();
    try {
      for (let n = 0; n < 25; n++) {
        expect((await fitted(whole)).fitted).toEqual(LANDSCAPE);
        expect(await refusalOf(() => fitted(cut))).toEqual({ type: 'truncated' });
      }
    } finally {
      isOver = true;
      await converting;
    }
  });

  test('that cannot be read from the store fails as the store does, and takes nothing with it', async () => {
    start();
    const file = await photo();
    const gone = decoder.fit(async function* () {
      yield new Uint8Array(1_000);
      throw new RangeError('the disk is gone');
    }, OPTIONS);
    const good = fitted(file);
    await expect(gone).rejects.toThrow('the disk is gone');
    expect((await good).fitted).toEqual(LANDSCAPE);
  });

  test.each([
    ['a drawing', svgAsWebp()],
    ['a TIFF', tiffAsWebp()],
  ])('reaches no reader of another kind: %s', async (_, file) => {
    start();
    expect(await refusalOf(() => decoder.convert(() => [file], TO_JPEG))).toEqual({ type: 'truncated' });
  });
});

describe('a picture that hurts is refused, and others have theirs', () => {
  test.each([
    ['with text that takes too much memory (iTXt)', () => textBomb('iTXt', 60)],
    ['with text that takes too much memory (zTXt)', () => textBomb('zTXt', 60)],
    ['of as many scans as there can be', () => manyScans(7_070, 7_070)],
    ['of 200,000 frames', () => manyFramesWebp(200_000)],
  ])('%s', async (_, make) => {
    start({ maxComputeMs: 1_500 });
    const file = make();
    const bad = refusalOf(() => fitted(file));
    const good = photo().then((picture) => fitted(picture));
    expect(await bad).toEqual({ type: 'too-heavy' });
    expect((await good).fitted).toEqual(LANDSCAPE);
  });

  test('that ends the process by itself', async () => {
    start();
    const bad = refusalOf(() => fitted(manyScans(7_070, 7_070)));
    const pid = await pidAtWork();
    process.kill(pid, 'SIGSEGV');
    expect(await bad).toEqual({ type: 'too-heavy' });
    expect((await fitted(await photo())).fitted).toEqual(LANDSCAPE);
  });

  test('and one that was fitted is converted beside it', async () => {
    start();
    const stop = new AbortController();
    const small = await photo();
    const bad = fitted(manyScans(7_070, 7_070), stop.signal);
    const thumbnail = await decoder.convert(() => [small], TO_JPEG);
    expect(thumbnail.size).toEqual({ width: 1500, height: 1100 });
    stop.abort(new Error('enough'));
    await expect(bad).rejects.toThrow('enough');
  });
});

describe('the decoder’s process', () => {
  test('ends at once when a picture is not wanted any more', async () => {
    start();
    const stop = new AbortController();
    const bad = fitted(manyScans(7_070, 7_070), stop.signal);
    const waiting = fitted(await photo(), stop.signal);
    const pid = await pidAtWork();
    const ended = Promise.allSettled([bad, waiting]);
    stop.abort(new Error('stopped'));
    expect((await ended).map((end) => end.status === 'rejected' && end.reason)).toEqual(
      Array(2).fill(stop.signal.reason),
    );
    await expect.poll(() => alive(pid)).toBe(false);
  });

  test('is there only while there is something to do, and knows nothing of our settings', async () => {
    process.env.API_KEYS = 'secret';
    start({ idleMs: 100 });
    expect(await processes()).toEqual([]);
    const done = fitted(await photo());
    const pid = await pidOfDecoder();
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toContain('secret');
    await done;
    await expect.poll(processes).toEqual([]);
    expect((await fitted(await photo())).fitted).toEqual(LANDSCAPE);
  });

  test('that cannot start is nobody’s picture’s fault', async () => {
    start({ program: '/nowhere/decoder.js' });
    await expect(fitted(await photo())).rejects.toThrow('could not start');
  });
});

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** What a process has computed, in milliseconds, as Linux tells it in hundredths of a second. */
async function computedMs(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(' ');
  return 10 * (Number(fields[13]) + Number(fields[14]));
}
