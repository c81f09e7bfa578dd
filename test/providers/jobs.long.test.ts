import { execFile, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { createPreview, type PreviewDeps } from '../../src/providers/preview/preview.ts';
import type { Provider, SubmitInput, Verdict } from '../../src/providers/provider.ts';
import { NoRoom } from '../../src/util/semaphore.ts';
import { compiled } from '../helpers/compiled.ts';
import { decoder } from '../helpers/decoder.ts';
import { never, pollUntil, script, start } from './support/job.ts';
import { photo } from './support/photo.ts';
import { LANDSCAPE, PORTRAIT } from './support/views.ts';

const run = promisify(execFile);
const underWay = (verdict: Verdict) => verdict.outcome === 'rendering' && (verdict.progress ?? 0) > 0;
const BROKEN = { outcome: 'failed', failure: { type: 'broken' } };

/** Longer than any of these tests lasts. */
const FOREVER = 'exec sleep 600';

// These use shell scripts and named pipes to watch processes.
describe.skipIf(process.platform === 'win32')('a preview job', () => {
  let ffmpeg: string;
  let input: SubmitInput;
  let dir: string;
  let scratchDir: string;
  let logged: unknown[];
  const open: Provider[] = [];

  beforeAll(async () => {
    ffmpeg = await findFfmpeg({});
    const picture = await photo(LANDSCAPE);
    input = { picture, size: LANDSCAPE, scene: 'zoom in, rotate', motion: 8, seed: 1, duration: 10 };
  });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'preview-'));
    scratchDir = join(dir, 'scratch');
    logged = [];
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((provider) => provider.close()));
    await rm(dir, { recursive: true });
  });

  async function preview(deps: Partial<PreviewDeps> = {}): Promise<Provider> {
    const log = { warn: (fields: object, message: string) => logged.push({ ...fields, message }) };
    const provider = await createPreview({ ffmpeg, scratchDir, decoder, log, ...deps });
    open.push(provider);
    return provider;
  }

  /** An ffmpeg that notes its process id, and whose end can be awaited: a pipe that it holds open runs dry. */
  async function watched(): Promise<{ ffmpeg: string; pid(): Promise<number>; gone: Promise<void> }> {
    const pipe = join(dir, 'alive');
    await run('mkfifo', [pipe]);
    const gone = new Promise<void>((resolve) => createReadStream(pipe).on('end', resolve).resume());
    const path = await script(dir, 'watched', `echo $$ > '${dir}/pid'\nexec 9> '${pipe}'\nexec '${await real()}' "$@"`);
    return { ffmpeg: path, gone, pid: async () => Number(await readFile(join(dir, 'pid'), 'utf8')) };
  }
  const real = async () => (ffmpeg.includes('/') ? ffmpeg : (await run('which', [ffmpeg])).stdout.trim());

  it('is refused for a moment where too many pictures wait to be decoded, its own or the mark, and taken afterwards', async () => {
    let room = 0;
    const convert: PreviewDeps['decoder']['convert'] = async (...call) => {
      if (room-- <= 0) throw new NoRoom('too many wait already');
      return decoder.convert(...call);
    };
    const provider = await preview({ decoder: { convert }, ffmpeg: await script(dir, 'forever', FOREVER) });
    const busy = { outcome: 'refused', failure: { type: 'transient' }, retryAfterMs: expect.any(Number) };
    expect(await provider.submit(input, never())).toEqual(busy);
    room = 1;
    expect(await provider.submit(input, never())).toEqual(busy);
    room = 2;
    await start(provider, input);
    expect(logged).toEqual([]);
  });

  it('renders at low priority', async () => {
    const watch = await watched();
    const provider = await preview({ ffmpeg: watch.ffmpeg });
    await pollUntil(provider, await start(provider, input), underWay);
    expect(getPriority(await watch.pid())).toBeGreaterThanOrEqual(constants.priority.PRIORITY_BELOW_NORMAL);
  });

  it('ends its process and leaves nothing when it is cancelled', async () => {
    const watch = await watched();
    const provider = await preview({ ffmpeg: watch.ffmpeg });
    const jobId = await start(provider, input);
    await pollUntil(provider, jobId, underWay);
    await provider.cancel?.(jobId);
    await watch.gone;
    expect(await readdir(scratchDir)).toEqual([]);
    expect(await provider.poll(jobId, never())).toEqual({ outcome: 'lost' });
    expect(logged).toEqual([]);
  });

  it('ends its process and leaves nothing when the provider closes', async () => {
    const watch = await watched();
    const provider = await preview({ ffmpeg: watch.ffmpeg });
    await pollUntil(provider, await start(provider, input), underWay);
    await provider.close();
    await watch.gone;
    expect(await readdir(scratchDir)).toEqual([]);
  });

  it('leaves no process behind for long when ours is killed, and no scratch after the next start', async () => {
    const watch = await watched();
    const parent = spawn(process.execPath, [...compiled('test/providers/support/parent.ts'), watch.ffmpeg, scratchDir]);
    const lines = createInterface(parent.stdout);
    expect((await lines[Symbol.asyncIterator]().next()).value).toBe('rendering');
    parent.kill('SIGKILL');
    await watch.gone;
    // It ended because its input did, some frames later, and not because it was done.
    const left = (await readdir(scratchDir)).find((name) => name.endsWith('.mp4')) ?? '';
    using clip = new Input({ formats: ALL_FORMATS, source: new BufferSource(await readFile(join(scratchDir, left))) });
    expect(await clip.computeDuration()).toBeLessThan(8);
    await preview();
    expect(await readdir(scratchDir)).toEqual([]);
  });

  it('is lost when its process is stopped from outside, as by a service manager, so that it is run again', async () => {
    const watch = await watched();
    const provider = await preview({ ffmpeg: watch.ffmpeg });
    const jobId = await start(provider, input);
    await pollUntil(provider, jobId, underWay);
    process.kill(await watch.pid(), 'SIGTERM');
    expect((await pollUntil(provider, jobId)).verdict).toEqual({ outcome: 'lost' });
    await watch.gone;
  });

  it('fails when ffmpeg hangs, which is killed', async () => {
    const provider = await preview({ ffmpeg: await script(dir, 'hangs', FOREVER), stallMs: 100 });
    const jobId = await start(provider, input);
    expect((await pollUntil(provider, jobId)).verdict).toEqual(BROKEN);
    expect(logged).toMatchObject([{ jobId, reason: 'stalled' }]);
    await expectNoScratch();
  });

  it('fails when the disk is full, and says so to whoever reads the log', async () => {
    const full = await script(dir, 'full', `trap '' XFSZ\nulimit -f 64\nexec '${await real()}' "$@"`);
    const provider = await preview({ ffmpeg: full });
    const jobId = await start(provider, { ...input, duration: 5 });
    expect((await pollUntil(provider, jobId)).verdict).toEqual(BROKEN);
    expect(logged).toMatchObject([{ jobId, detail: expect.stringMatching(/File too large/) }]);
    await expectNoScratch();
  });

  it.each([
    ['fails', 'echo "Unknown encoder libx264" >&2; exit 1', /exit code 1 .*Unknown encoder/],
    ['claims success but made no clip', 'exit 0', /after 0 of 240 frames/],
  ])('fails when ffmpeg %s', async (_, lines, detail) => {
    const provider = await preview({ ffmpeg: await script(dir, 'bad', lines) });
    const jobId = await start(provider, input);
    expect((await pollUntil(provider, jobId)).verdict).toEqual(BROKEN);
    expect(logged).toMatchObject([{ detail: expect.stringMatching(detail) }]);
    await expectNoScratch();
  });

  it('fails when ffmpeg is not there any more', async () => {
    const provider = await preview({ ffmpeg: join(dir, 'nothing') });
    expect((await pollUntil(provider, await start(provider, input))).verdict).toEqual(BROKEN);
  });

  it('is refused as broken where its scratch cannot be written, and the log says why', async () => {
    const provider = await preview({ cores: 1 });
    await rm(scratchDir, { recursive: true });
    expect(await provider.submit(input, never())).toEqual({ outcome: 'refused', failure: { type: 'broken' } });
    expect(logged).toMatchObject([{ error: expect.stringMatching(/ENOENT/) }]);
  });

  it('is refused, to be tried again soon, while every core renders; a place comes free as soon as one ends', async () => {
    const provider = await preview({ ffmpeg: await script(dir, 'hangs', FOREVER), cores: 2 });
    const [first] = [await start(provider, input), await start(provider, input)];
    expect(await provider.submit(input, never())).toMatchObject({
      ...{ outcome: 'refused', failure: { type: 'transient' } },
      retryAfterMs: expect.any(Number),
    });
    await provider.cancel?.(first);
    await start(provider, input);
  });

  it('is refused where the picture cannot be decoded, and holds no place', async () => {
    const provider = await preview({ ffmpeg: await script(dir, 'hangs', FOREVER), cores: 1 });
    for (const picture of [Buffer.from('no picture'), Buffer.alloc(0), input.picture.subarray(0, 90_000)]) {
      expect(await provider.submit({ ...input, picture }, never())).toMatchObject({
        ...{ outcome: 'refused', failure: { type: 'bad-picture' } },
      });
    }
    await start(provider, input);
  });

  it('is a programming error for a picture of another size than was said', async () => {
    const provider = await preview({ cores: 1 });
    await expect(provider.submit({ ...input, size: PORTRAIT }, never())).rejects.toThrow('1280×720');
    expect(await readdir(scratchDir)).toEqual([]);
  });

  it.each([
    ['grey', () => sharp(input.picture).grayscale().jpeg()],
    ['16 bits deep', () => sharp(input.picture).toColourspace('rgb16').png()],
    ['transparent', () => sharp(input.picture).ensureAlpha(0.5).webp()],
    ['in CMYK', () => sharp(input.picture).toColourspace('cmyk').jpeg()],
    ['upside down by its tag', () => sharp(input.picture).jpeg().withMetadata({ orientation: 3 })],
  ])('takes a picture that is %s', async (_, picture) => {
    const provider = await preview({ ffmpeg: await script(dir, 'hangs', FOREVER) });
    await start(provider, { ...input, picture: await picture().toBuffer() });
    const [job = ''] = await readdir(scratchDir);
    expect((await readFile(join(scratchDir, job, 'picture.rgb'))).length).toBe(1280 * 720 * 3);
  });

  it('clears its scratch folder at the start, whatever lies there', async () => {
    await mkdir(join(scratchDir, 'folder'), { recursive: true });
    await writeFile(join(scratchDir, 'left.mp4'), 'left');
    await writeFile(join(scratchDir, 'folder', 'left.rgb'), 'left');
    await preview();
    expect(await readdir(scratchDir)).toEqual([]);
  });

  async function expectNoScratch(): Promise<void> {
    expect(await readdir(scratchDir)).toEqual([]);
  }
});
