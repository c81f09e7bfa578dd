import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cameTo, runAnimate } from '../../helpers/animate.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { scenery } from '../../helpers/scenery.ts';

let home: string;
let env: Record<string, string>;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kinora-terminal-'));
  env = { DATA_DIR: join(home, 'data') };
  await writeFile(join(home, 'photo.png'), await tinyPng(1600, 1200));
  await writeFile(join(home, 'small.png'), await tinyPng(100, 80));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const animate = (args: string[], more: Record<string, string> = {}) => runAnimate(args, { ...env, ...more }, home);

/** The shortest clip, where it only has to be one. */
const SHORT = ['--duration', '2'];

const plain = (background: string, width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

/** The colour of the middle of a clip, so many seconds after its beginning. */
async function colourAt(clip: string, seconds: number): Promise<number[]> {
  const at = ['-v', 'error', '-ss', `${seconds}`, '-i', clip, '-frames:v', '1'];
  const how = ['-vf', 'crop=8:8:600:300', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
  const { stdout } = await promisify(execFile)('ffmpeg', [...at, ...how], { encoding: 'buffer' });
  return [...stdout.subarray(0, 3)];
}
const near = (colour: number[]) =>
  colour.map((value) => expect.toSatisfy((found: number) => Math.abs(found - value) < 8));

/** What was written, without the lines that tell the way of the task. */
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1) ?? '';

describe('npm run animate', () => {
  test('takes another name where the first is somebody’s file, and brings back a clip that was deleted', async () => {
    await writeFile(join(home, 'holiday.png'), await tinyPng(1300, 900));
    await writeFile(join(home, 'holiday.mp4'), 'the film of a holiday');
    const first = await animate(['holiday.png', 'hold', '--seed', '5', ...SHORT]).ended;
    expect(first.stdout).toBe(`${join(home, 'holiday-2.mp4')}\n`);
    expect(await readFile(join(home, 'holiday.mp4'), 'utf8')).toBe('the film of a holiday');
    await rm(join(home, 'holiday-2.mp4'));
    expect(await animate(['holiday.png', 'hold', '--seed', '5', ...SHORT]).ended).toMatchObject({
      code: 0,
      stdout: first.stdout,
    });
    expect((await stat(join(home, 'holiday-2.mp4'))).size).toBeGreaterThan(1000);
  });

  test('said again makes another take beside the first', async () => {
    await writeFile(join(home, 'twice.png'), await tinyPng(1300, 900));
    const twice = ['twice.png', 'hold', ...SHORT];
    const takes = [await animate(twice).ended, await animate(twice).ended];
    expect(takes.map(({ stdout }) => stdout)).toEqual([
      `${join(home, 'twice.mp4')}\n`,
      `${join(home, 'twice-2.mp4')}\n`,
    ]);
    const seeds = takes.map(({ stderr }) => /seed \d+/.exec(stderr)?.[0]);
    expect(seeds[0]).not.toBe(seeds[1]);
  });

  test('without a scene makes a clip of the picture alone', async () => {
    const { code, stdout, stderr } = await animate(['photo.png', '--out', 'alone.mp4', ...SHORT]).ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${join(home, 'alone.mp4')}\n` });
    expect(stderr).not.toContain('understood');
  });

  test('Ctrl-C stops it: nothing is left but the picture, and the same words start anew', async () => {
    const run = animate(['photo.png', 'pan left', '--out', 'stopped.mp4', ...SHORT], { LOG_LEVEL: 'info' });
    await run.line(cameTo('rendering'));
    run.child.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(lastLine(stderr)).toBe('Cancelled');
    expect(await readdir(join(home, 'data', 'terminal', 'scratch'))).toEqual([]);
    expect(await animate(['photo.png', 'pan left', '--out', 'stopped.mp4', ...SHORT]).ended).toMatchObject({ code: 0 });
  });

  test('SIGTERM leaves the task to the next run', async () => {
    const run = animate(['photo.png', 'tilt up', '--out', 'later.mp4', ...SHORT], { LOG_LEVEL: 'info' });
    await run.line(cameTo('rendering'));
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(143);
    const { code, stderr } = await animate(['photo.png', 'tilt up', '--out', 'later.mp4', ...SHORT], {
      LOG_LEVEL: 'info',
    }).ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain('"from":"received"');
  });

  test('a second one at the same time is told so, and the first goes on', async () => {
    const first = animate(['photo.png', 'rotate', '--out', 'first.mp4'], { LOG_LEVEL: 'info' });
    await first.line(cameTo('rendering'));
    const second = await animate(['photo.png', 'rotate', '--out', 'second.mp4']).ended;
    expect(second.code).toBe(1);
    expect(second.stderr.split('\n')).toEqual([expect.stringContaining('Another Kinora')]);
    expect(await first.ended).toMatchObject({ code: 0 });
  });

  test('a renderer that fails: the failure in words, and the same words try anew', async () => {
    const broken = join(home, 'broken-ffmpeg');
    await writeFile(
      broken,
      '#!/bin/sh\ncase "$*" in *-version*) echo "ffmpeg version 9 --enable-libx264";; *) exit 1;; esac\n',
    );
    await chmod(broken, 0o755);
    const args = ['photo.png', 'zoom out', '--out', 'broken.mp4', ...SHORT];
    const { code, stderr } = await animate(args, { FFMPEG_PATH: broken }).ended;
    expect(code).toBe(1);
    expect(lastLine(stderr)).toContain('Something is wrong with this bot');
    expect(await animate(args).ended).toMatchObject({ code: 0 });
  });
});

test('several takes go to files of their own, and none that is there is replaced', async () => {
  await writeFile(join(home, 'small-photo-2.mp4'), 'mine');
  await writeFile(join(home, 'small-photo.png'), await scenery(640, 480));
  const args = ['small-photo.png', 'slow zoom in', '--takes', '2', '--seed', '7', '--shape', 'square', ...SHORT];
  const { code, stdout, stderr } = await animate(args).ended;
  const files = [1, 2].map((n) => join(home, `small-photo-2-${n}.mp4`));
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${files.join('\n')}\n` });
  expect(stderr).toContain('2 takes · 2 s · square (1:1) · motion 5 · seeds from 7');
  expect(stderr).toMatch(/a quarter cut off (left|on the).*, enlarged from 640×480/);
  const [first, second] = await Promise.all(files.map((file) => readFile(file)));
  expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false);
  expect(await readFile(join(home, 'small-photo-2.mp4'), 'utf8')).toBe('mine');
  // The same command finds them again.
  expect(await animate(args).ended).toMatchObject({ code: 0, stdout });
});

test('a second picture is what the clip ends on, of which the other is another request', async () => {
  await writeFile(join(home, 'day.png'), await plain('#eeddaa', 1280, 720));
  await writeFile(join(home, 'night.png'), await plain('#112244', 900, 700));
  const args = ['day.png', 'hold', '--last', 'night.png', '--seed', '7', ...SHORT];
  const { code, stdout, stderr } = await animate(args).ended;
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${join(home, 'day.mp4')}\n` });
  expect(stderr).toContain('ends on a second picture (');
  const [first, middle, last] = await Promise.all(
    [0, 1, 1.95].map((seconds) => colourAt(join(home, 'day.mp4'), seconds)),
  );
  expect(first).toEqual(near([0xee, 0xdd, 0xaa]));
  expect(last).toEqual(near([0x11, 0x22, 0x44]));
  // In between some of both.
  expect(middle?.[0]).toBeGreaterThan(0x11 + 30);
  expect(middle?.[0]).toBeLessThan(0xee - 30);
  // The same is found again; without the second it is another.
  expect(await animate(args).ended).toMatchObject({ code: 0, stdout });
  expect((await animate([...args, '--out', 'night.png.mp4', '--last', 'small.png']).ended).stderr).toContain(
    'The last picture is too small (100×80)',
  );
});
