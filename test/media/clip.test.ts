import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkClip } from '../../src/media/clips/clip.ts';
import type { ClipSource } from '../../src/media/clips/clip-index.ts';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { box, computedMs, ftyp, u32 } from './fixtures.ts';

const FIVE_SECONDS = { durationSeconds: 5 };
/** Hostile bytes may take no longer; the worst of them takes a tenth of it here. */
const MAX_MS = 3_000;

function sourceOf(file: Uint8Array): ClipSource & { read: ClipSource['read']; bytesRead: () => number } {
  let bytesRead = 0;
  return {
    bytes: file.length,
    bytesRead: () => bytesRead,
    async read(start, end) {
      bytesRead += end - start;
      return file.subarray(start, end);
    },
  };
}

const check = (file: Uint8Array, expected = FIVE_SECONDS) => checkClip(sourceOf(file), expected);

async function expectRefused(file: Uint8Array, why?: RegExp): Promise<void> {
  const started = computedMs();
  const checked = await check(file);
  expect(computedMs() - started).toBeLessThan(MAX_MS);
  expect(checked).toEqual({ outcome: 'unplayable', reason: expect.stringMatching(why ?? /./) });
}

let folder = '';
/** Real clips, made once: the index in front, the index behind (with sound), in fragments; and sound alone. */
let clips: Record<'fast' | 'slow' | 'fragmented' | 'turned' | 'sound', Buffer>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-clip-'));
  const ffmpeg = await findFfmpeg({});
  const make = async (name: string, ...options: string[]): Promise<Buffer> => {
    const path = join(folder, `${name}.mp4`);
    await promisify(execFile)(ffmpeg, ['-v', 'error', '-y', ...options, path]);
    return readFile(path);
  };
  const video = (size: string) => ['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=24:duration=5`];
  const sound = ['-f', 'lavfi', '-i', 'sine=duration=5'];
  const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '24'];
  const [fast, slow, fragmented, alone] = await Promise.all([
    make('fast', ...video('1280x720'), ...h264, '-movflags', '+faststart'),
    make('slow', ...video('720x1280'), ...sound, ...h264, '-c:a', 'aac', '-strict', '-2'),
    make('fragmented', ...video('720x1280'), ...h264, '-movflags', 'frag_keyframe+empty_moov'),
    make('sound', ...sound, '-c:a', 'aac', '-strict', '-2'),
  ]);
  // A quarter turn: the matrix of the (first and only) track's header, in 16.16 and 2.30 fixed point.
  const turned = Buffer.from(fast);
  turned.set(u32(0, 0x10000, 0, 0xffff0000, 0, 0, 0x2d00000, 0, 0x40000000), turned.indexOf('tkhd') + 44);
  clips = { fast, slow, fragmented, turned, sound: alone };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a good clip', () => {
  test.each([
    { name: 'fast', size: { width: 1280, height: 720 }, hasSound: false },
    { name: 'slow', size: { width: 720, height: 1280 }, hasSound: true },
    { name: 'fragmented', size: { width: 720, height: 1280 }, hasSound: false },
    { name: 'turned', size: { width: 720, height: 1280 }, hasSound: false },
  ] as const)('has its size and length read, and whether it has sound: $name', async ({ name, size, hasSound }) => {
    const checked = await check(clips[name]);
    const numbers = { durationMs: expect.any(Number), frames: expect.any(Number) };
    expect(checked).toEqual({ outcome: 'playable', size, hasSound, ...numbers });
    expect(checked.outcome === 'playable' && Math.abs(checked.durationMs - 5_000)).toBeLessThanOrEqual(150);
  });

  test('may be a second longer or shorter than asked for, and no more', async () => {
    for (const durationSeconds of [4, 5, 6]) {
      expect(await check(clips.fast, { durationSeconds })).toMatchObject({ outcome: 'playable' });
    }
    for (const durationSeconds of [3, 7, 10]) {
      expect(await check(clips.fast, { durationSeconds })).toEqual({
        outcome: 'unplayable',
        reason: expect.stringMatching(/long/),
      });
    }
  });

  test('is not read as a whole', async () => {
    const padded = Buffer.concat([clips.fast, box('free', Buffer.alloc(20_000_000))]);
    const source = sourceOf(padded);
    expect(await checkClip(source, FIVE_SECONDS)).toMatchObject({ outcome: 'playable' });
    expect(source.bytesRead()).toBeLessThan(200_000);
  });
});

describe('what is no clip is refused with a reason', () => {
  test.each<[string, () => Uint8Array, RegExp]>([
    ['nothing', () => Buffer.alloc(0), /not an MP4/],
    ['a web page', () => Buffer.from('<!DOCTYPE html><html><body>502 Bad Gateway</body></html>'), /./],
    ['an answer of an API', () => Buffer.from('{"error":"expired"}'), /./],
    ['zeros', () => Buffer.alloc(100_000), /not an MP4/],
    ['sound alone', () => clips.sound, /no video/],
    [
      'an MP4 without an index',
      () => Buffer.concat([ftyp('isom'), box('mdat', Buffer.alloc(999))]),
      /without an index/,
    ],
    ['an empty index', () => Buffer.concat([ftyp('isom'), box('moov'), box('mdat')]), /no video/],
    ['frames of nothing', () => blanked(clips.fast, 'mdat'), /first frame/],
    ['an unknown codec', () => renamed(clips.fast, 'avc1', 'zzz1'), /unknown codec/],
    ['an encrypted clip', () => renamed(clips.fast, 'udta', 'tenc'), /encrypted/],
  ])('%s', (_, make, why) => expectRefused(make(), why));

  test('a failure to read is not the fault of the clip', async () => {
    const broken: ClipSource = { bytes: 1_000_000, read: () => Promise.reject(new Error('EIO')) };
    await expect(checkClip(broken, FIVE_SECONDS)).rejects.toThrow('EIO');
  });

  test('a file shorter than it was said to be is refused', async () => {
    const source = { ...sourceOf(clips.fast), bytes: clips.fast.length + 100 };
    expect(await checkClip(source, FIVE_SECONDS)).toMatchObject({ outcome: 'unplayable' });
  });
});

describe('a clip that was cut off', () => {
  test.each(['fast', 'slow', 'fragmented'] as const)('is refused, wherever it was cut: %s', async (name) => {
    const whole = clips[name];
    for (let missing = 1; missing <= 64; missing++) await expectRefused(whole.subarray(0, -missing));
    const between = name === 'fragmented' ? boxStarts(whole) : []; // there it is whole, if shorter: its length decides
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        fc.pre(!between.includes(length));
        await expectRefused(whole.subarray(0, length));
      }),
      { numRuns: 300 },
    );
  });

  test('is refused where whole fragments are missing', async () => {
    const starts = boxStarts(clips.fragmented);
    for (const length of starts.slice(0, starts.length / 2)) await expectRefused(clips.fragmented.subarray(0, length));
  });

  test('is refused where its frames are said to go on to the end of the file', async () => {
    const open = Buffer.from(clips.fast);
    open.writeUInt32BE(0, open.indexOf('mdat') - 4);
    expect(await check(open)).toMatchObject({ outcome: 'playable' });
    await expectRefused(open.subarray(0, -1), /last frame/);
    await expectRefused(open.subarray(0, -50_000), /last frame/);
  });
});

describe('a hostile clip costs neither time nor memory', () => {
  const MANY = 0xffffffff;
  test.each<[string, () => Uint8Array, RegExp]>([
    ['a box larger than the file', () => Buffer.concat([ftyp('isom'), u32(MANY), Buffer.from('moov')]), /cut off/],
    [
      'a box of 2^63 bytes',
      () => Buffer.concat([ftyp('isom'), u32(1), Buffer.from('moov'), u32(0x7fffffff, MANY)]),
      /cut off/,
    ],
    ['a box of four bytes', () => Buffer.concat([ftyp('isom'), u32(4), Buffer.from('moov'), u32(0, 0)]), /impossible/],
    ['a million boxes', () => Buffer.concat([ftyp('isom'), ...Array(1_000_000).fill(box('free'))]), /boxes/],
    [
      'an index of 20 MB',
      () => Buffer.concat([ftyp('isom'), box('moov', Buffer.alloc(20_000_000)), box('mdat')]),
      /larger/,
    ],
    ['boxes in boxes in boxes', () => Buffer.concat([ftyp('isom'), nested(500_000), box('mdat')]), /./],
    ['frames by the thousand million', () => declaring(clips.slow, 'stts', 8, MANY), /declares/],
    ['offsets by the thousand million', () => declaring(clips.slow, 'ctts', 8, MANY), /declares/],
    ['chunks of a thousand million', () => declaring(clips.slow, 'stsc', 12, MANY), /declares/],
    ['a fragment of a thousand million', () => declaring(clips.fragmented, 'trun', 4, MANY), /declares/],
    ['more rows than there are', () => declaring(clips.slow, 'stts', 4, MANY), /./],
    ['no time at all', () => declaring(clips.fast, 'mdhd', 12, 0), /long/],
    ['frames without an area', () => declaring(clips.fast, 'avc1', 24, 0), /./],
  ])('%s', (_, make, why) => expectRefused(make(), why));

  test('wrong bytes in the index give a clip or a reason, and never an error', async () => {
    const wrong = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0x7fffffff, MANY, 640));
    const any = fc.constantFrom<keyof typeof clips>('fast', 'slow', 'fragmented');
    await fc.assert(
      fc.asyncProperty(any, fc.array(wrong, { minLength: 1, maxLength: 4 }), async (name, words) => {
        const file = Buffer.from(clips[name]);
        const index = file.indexOf('moov') - 4;
        const length = Math.min(file.readUInt32BE(index) + 2_000, file.length - index - 4);
        for (const [share, word] of words) file.writeUInt32BE(word, index + Math.floor(share * length));
        const started = computedMs();
        expect((await check(file)).outcome).toMatch(/^(un)?playable$/);
        expect(computedMs() - started).toBeLessThan(MAX_MS);
      }),
      { numRuns: 500 },
    );
  });

  test('bytes of any kind give a reason', async () => {
    const start = fc.constantFrom(
      Buffer.alloc(0),
      ftyp('isom'),
      Buffer.concat([ftyp('isom'), u32(200), Buffer.from('moov')]),
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), (head, rest) =>
        expectRefused(Buffer.concat([head, rest])),
      ),
      { numRuns: 500 },
    );
  });
});

/** Where the boxes at the top begin. */
function boxStarts(file: Buffer): number[] {
  const starts: number[] = [];
  for (let at = 0; at < file.length; at += file.readUInt32BE(at)) starts.push(at);
  return starts;
}

/** The same file with zeros in one of its boxes. */
function blanked(file: Buffer, type: string): Buffer {
  const at = file.indexOf(type);
  return Buffer.from(file).fill(0, at + 4, at - 4 + file.readUInt32BE(at - 4));
}

/** The same file with its boxes of one type called otherwise. */
function renamed(file: Buffer, type: string, other: string): Buffer {
  return Buffer.from(file.toString('latin1').replaceAll(type, other), 'latin1');
}

/** The same file with another word so many bytes into the contents of its boxes of this type. */
function declaring(file: Buffer, type: string, offset: number, word: number): Buffer {
  const copy = Buffer.from(file);
  expect(copy.includes(type)).toBe(true);
  for (let at = copy.indexOf(type); at >= 0; at = copy.indexOf(type, at + 4)) copy.writeUInt32BE(word, at + 4 + offset);
  return copy;
}

/** An index that is nothing but containers, one inside the other. */
function nested(depth: number): Buffer {
  const all = Buffer.alloc(8 + depth * 8);
  all.writeUInt32BE(all.length, 0);
  all.write('moov', 4);
  for (let level = 1; level <= depth; level++) {
    all.writeUInt32BE(all.length - level * 8, level * 8);
    all.write('mdia', level * 8 + 4);
  }
  return all;
}
