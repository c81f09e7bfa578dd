import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTaskFiles } from '../../src/chat/kit/task-files.ts';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { createThumbnails } from '../../src/media/pictures/thumbnails.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { CLIP_BLOBS, PICTURE_BLOB, SMALL_CLIP_BLOBS } from '../../src/task/blob-names.ts';
import type { Task } from '../../src/task/task.ts';
import { readAll } from '../../src/util/read-all.ts';
import { HandClock } from '../contract/store/tools.ts';
import { decoder } from '../helpers/decoder.ts';
import { writeNoisyClip } from '../helpers/noisy-clip.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { someFitted, someTask } from '../helpers/task.ts';
import { grayFrames } from '../providers/support/decode.ts';
import { never, script } from '../providers/support/job.ts';

const SIZE = { width: 426, height: 240 };
const SECONDS = 2;
/** Far below what the clip has. */
const LIMIT = 200_000;
const MISSING = '/nowhere/ffmpeg';
const FITTED = { ...someFitted(SIZE), blob: PICTURE_BLOB, type: 'image/png' };

let made = '';
let clip: Buffer;
let ffmpeg = '';
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'kinora-files-'));
  ffmpeg = await findFfmpeg({});
  await writeNoisyClip(ffmpeg, join(made, 'clip.mp4'), { size: SIZE, seconds: SECONDS });
  clip = await readFile(join(made, 'clip.mp4'));
});
afterAll(() => rm(made, { recursive: true, force: true }));

let dir = '';
let scratchDir = '';
let store: Store;
let task: Task;
let said: { level: number; msg: string; why?: string }[];
const log = pino({ level: 'debug' }, { write: (line: string) => void said.push(JSON.parse(line)) });
const files = (ffmpegPath: string, of: Store = store) =>
  createTaskFiles({ store: of, decoder, thumbnails: createThumbnails({ decoder }), scratchDir, ffmpegPath, log });

beforeEach(async () => {
  said = [];
  dir = await mkdtemp(join(tmpdir(), 'kinora-files-'));
  scratchDir = join(dir, 'scratch');
  store = await openSqliteStore({ dir: join(dir, 'data'), clock: new HandClock() });
  const blob = `${CLIP_BLOBS}a1`;
  const facts = { blob, size: SIZE, durationMs: SECONDS * 1_000 };
  task = someTask('delivering', { fitted: FITTED, clip: { ...facts, bytes: clip.length, sha256: '0'.repeat(64) } });
  await store.blobs.write(task.id, blob, [clip], { maxBytes: clip.length });
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

/** An ffmpeg that notes each of its encodings, by process id, before it begins. */
async function counting(): Promise<{ path: string; runs: () => Promise<number[]> }> {
  const notes = join(dir, 'runs');
  const note = `[ "$1" = -version ] || echo $$ >> '${notes}'`;
  const path = await script(dir, 'counting', `${note}\nexec '${ffmpeg}' "$@"`);
  return {
    path,
    runs: async () => (existsSync(notes) ? (await readFile(notes, 'utf8')).trim().split('\n').map(Number) : []),
  };
}

test('the last frame of a clip is tried anew where it could not be made, and made once', async () => {
  const path = join(dir, 'ffmpeg');
  const of = files(path);
  expect(await of.lastFrame(task, never())).toBeUndefined();
  const { path: found, runs } = await counting();
  await symlink(found, path);
  const frame = await of.lastFrame(task, never());
  expect(frame?.length).toBeGreaterThan(0);
  expect(await of.lastFrame(task, never())).toBe(frame);
  expect(await runs()).toHaveLength(1);
});

describe('a clip within a limit', () => {
  test('is the clip as it is where that fits; no ffmpeg is looked for', async () => {
    const found = await files(MISSING).clipWithin(task, clip.length, never());
    expect(found).toMatchObject({ bytes: clip.length, size: SIZE, durationMs: SECONDS * 1_000 });
    expect(found && Buffer.compare(await readAll(found.read()), clip)).toBe(0);
    expect(said).toEqual([]);
  });

  test('is none where the task has none', async () => {
    expect(await files(MISSING).clipWithin(someTask('rendering'), LIMIT, never())).toBeUndefined();
  });

  test('is made once, plays, and is found by every process afterwards', async () => {
    const { path, runs } = await counting();
    const found = await files(path).clipWithin(task, LIMIT, never());
    if (!found) throw new Error('was not made');
    const bytes = Buffer.from(await readAll(found.read()));
    expect(found.bytes).toBe(bytes.length);
    expect(bytes.length).toBeLessThanOrEqual(LIMIT);
    expect(await grayFrames(ffmpeg, bytes, found.size)).toHaveLength(24 * SECONDS);
    expect(Math.abs(found.durationMs - SECONDS * 1_000)).toBeLessThanOrEqual(100);
    expect(existsSync(scratchDir)).toBe(false);

    const again = await files(MISSING).clipWithin(task, LIMIT, never());
    expect(again).toMatchObject({ bytes: found.bytes, size: found.size, durationMs: found.durationMs });
    expect(await runs()).toHaveLength(1);
    expect(said).toEqual([]);
  });

  test('is not taken for a stray copy of the clip', async () => {
    await files(ffmpeg).clipWithin(task, LIMIT, never());
    const beside = (await store.blobs.names(task.id)).filter((name) => name !== task.clip?.blob);
    expect(beside).toHaveLength(1);
    expect(beside.filter((name) => name.startsWith(CLIP_BLOBS))).toEqual([]);
  });

  test('that two want at once is made once', async () => {
    const { path, runs } = await counting();
    const both = files(path);
    const [one, other] = await Promise.all([
      both.clipWithin(task, LIMIT, never()),
      both.clipWithin(task, LIMIT, never()),
    ]);
    expect(one?.bytes).toBeGreaterThan(0);
    expect(other?.bytes).toBe(one?.bytes);
    expect(await runs()).toHaveLength(1);
  });

  test('is made anew where what was kept cannot be played', async () => {
    const name = `${SMALL_CLIP_BLOBS}${LIMIT}`;
    await store.blobs.write(task.id, name, [clip.subarray(0, 5_000)], { maxBytes: LIMIT });
    const found = await files(ffmpeg).clipWithin(task, LIMIT, never());
    expect(found?.bytes).toBeGreaterThan(5_000);
    expect((await store.blobs.stat(task.id, name))?.bytes).toBe(found?.bytes);
  });

  test('is none, in words for the log, where nothing worth watching fits; no ffmpeg is looked for', async () => {
    expect(await files(MISSING).clipWithin(task, 50_000, never())).toBeUndefined();
    expect(said).toMatchObject([
      { msg: expect.stringContaining('small enough'), why: expect.not.stringMatching(/FFMPEG/) },
    ]);
  });

  test('is none, in words for the log, where there is no ffmpeg', async () => {
    expect(await files(MISSING).clipWithin(task, LIMIT, never())).toBeUndefined();
    expect(said).toMatchObject([{ why: expect.stringContaining('FFMPEG_PATH') }]);
    expect(existsSync(scratchDir)).toBe(false);
  });

  test('is given up half-way when its signal aborts; nothing runs on, nothing is left, and the next one gets it', async () => {
    const { path, runs } = await counting();
    const both = files(path);
    const abort = new AbortController();
    const given = both.clipWithin(task, LIMIT, abort.signal);
    const next = both.clipWithin(task, LIMIT, never());
    given.catch(() => {});
    await vi.waitUntil(() => existsSync(join(scratchDir, 'to.mp4')), { timeout: 30_000, interval: 5 });
    abort.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    const [first = 0] = await runs();
    expect(() => process.kill(first, 0)).toThrow('ESRCH');
    expect((await next)?.bytes).toBeLessThanOrEqual(LIMIT);
    expect(await runs()).toHaveLength(2);
    expect(existsSync(scratchDir)).toBe(false);
  });

  test('is not begun where its signal has aborted', async () => {
    const { path, runs } = await counting();
    await expect(files(path).clipWithin(task, LIMIT, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(await runs()).toEqual([]);
  });

  test('leaves nothing of what a process that was killed had left', async () => {
    await mkdir(scratchDir);
    await writeFile(join(scratchDir, 'to.mp4'), 'half a clip');
    expect(await files(ffmpeg).clipWithin(task, LIMIT, never())).toBeDefined();
    expect(existsSync(scratchDir)).toBe(false);
  });

  test('waits for a store that cannot be used, and is made once it can', async () => {
    let down = true;
    const write: Store['blobs']['write'] = (...told) => {
      if (down) throw new StoreUnavailable('The disk is full.');
      return store.blobs.write(...told);
    };
    const poor = files(ffmpeg, { ...store, blobs: { ...store.blobs, write } });
    await expect(poor.clipWithin(task, LIMIT, never())).rejects.toThrow(StoreUnavailable);
    expect(existsSync(scratchDir)).toBe(false);
    down = false;
    expect(await poor.clipWithin(task, LIMIT, never())).toBeDefined();
  });
});

describe('a thumbnail', () => {
  test('is of the fitted picture', async () => {
    const picture = await tinyPng();
    await store.blobs.write(task.id, PICTURE_BLOB, [picture], { maxBytes: picture.length });
    const thumbnail = await files(MISSING).thumbnail(task);
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 180 });
  });

  test('is none before the picture is fitted, and where it is gone', async () => {
    expect(await files(MISSING).thumbnail(someTask('received'))).toBeUndefined();
    expect(await files(MISSING).thumbnail(task)).toBeUndefined();
    expect(said).toEqual([]);
  });

  test('is none where the picture cannot be read, in words for the log', async () => {
    await store.blobs.write(task.id, PICTURE_BLOB, [Buffer.from('no picture')], { maxBytes: 100 });
    expect(await files(MISSING).thumbnail(task)).toBeUndefined();
    expect(said).toMatchObject([{ msg: expect.stringContaining('thumbnail') }]);
  });
});
