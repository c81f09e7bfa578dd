import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeClip } from '../../../src/chat/terminal/messenger.ts';
import { createProgress } from '../../../src/chat/terminal/progress.ts';
import { findRequest } from '../../../src/chat/terminal/request.ts';
import { messagesFor } from '../../../src/messages/messages.ts';
import type { Task } from '../../../src/task/task.ts';
import { CLIP, someTask } from '../../helpers/task.ts';

const PICTURE = Buffer.from('a picture');

/** The command line `scene`, with that seed or none, where its first request came so far. */
async function again(
  first: Task | undefined,
  { seed, provider = 'preview' }: { seed?: number; provider?: string } = {},
) {
  const args = {
    scene: 'hold',
    options: {
      seed,
      motion: undefined,
      duration: undefined,
      fit: undefined,
      takes: undefined,
      model: undefined,
      sound: undefined,
      frame: undefined,
      shape: undefined,
      focus: undefined,
    },
  };
  const nothing = { tasks: { byRequestKey: async () => undefined } };
  const { key } = await findRequest(args, [PICTURE], { store: nothing, provider: { name: 'preview' } });
  const store = { tasks: { byRequestKey: async (asked: string) => (asked === key ? first : undefined) } };
  const found = await findRequest(args, [PICTURE], { store, provider: { name: provider } });
  return { isFirst: found.key === key, isTakenUp: found.known !== undefined };
}

describe('the same command line again', () => {
  const ANEW = { isFirst: false, isTakenUp: false };
  const TAKEN_UP = { isFirst: true, isTakenUp: true };
  test.each<[string, Task | undefined, { seed?: number; provider?: string }, object]>([
    ['is the first where nothing was asked', undefined, {}, { isFirst: true, isTakenUp: false }],
    ['takes up what was interrupted', someTask('rendering'), {}, TAKEN_UP],
    ['makes another take of what is done', someTask('delivered'), {}, ANEW],
    ['gives what is done where its seed is named', someTask('delivered'), { seed: 4 }, TAKEN_UP],
    [
      'makes another with another provider, as once a key was bought',
      someTask('delivered'),
      { seed: 4, provider: 'runway' },
      ANEW,
    ],
    ['tries anew what failed', someTask('failed'), { seed: 4 }, ANEW],
    ['brings the clip that could not be written', someTask('failed', { clip: CLIP }), {}, TAKEN_UP],
  ])('%s', async (_, first, how, expected) => expect(await again(first, how)).toEqual(expected));
});

describe('a clip', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'kinora-write-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));
  const write = (path: string, bytes: string, replaces: boolean) =>
    writeClip(
      path,
      {
        read: async function* () {
          yield Buffer.from(bytes);
        },
      },
      { taskId: 'task', replaces },
    );

  test('takes the place of no file that came meanwhile, but of itself, and leaves nothing beside it', async () => {
    const path = join(home, 'clip.mp4');
    await write(path, 'clip', false);
    await write(path, 'clip', false);
    await writeFile(path, 'another');
    await expect(write(path, 'clip', false)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(path, 'utf8')).toBe('another');
    await write(path, 'clip', true);
    expect(await readFile(path, 'utf8')).toBe('clip');
    expect(await readdir(home)).toEqual(['clip.mp4']);
  });
});

describe('the bar', () => {
  const card = { taskId: 't', scene: '', facts: [], progress: 0.5, buttons: [] } as const;
  const drawn = (columns: number, status: string) => {
    const written: string[] = [];
    const progress = createProgress({ isTTY: true, columns, write: (text) => written.push(text) });
    progress.show({ ...card, state: 'rendering', status });
    return written.join('').replace('\r\u001b[K', '');
  };

  test.each([20, 40, 80])('fits %i columns, its words before all', (columns) => {
    for (const status of ['Rendering 50 %, ready in about 2 min', 'Done'])
      expect(drawn(columns, status).length).toBeLessThan(columns);
    expect(drawn(columns, 'Done')).toMatch(/^\[█+░+\] Done$/);
  });

  test.each([20, 40, 80])('fits %i columns in Japanese, whose characters are two wide', (columns) => {
    const { rendering } = messagesFor('ja').status;
    const line = drawn(columns, rendering(0.5, 120_000));
    const wide = line.match(/[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}、。（）]/gu) ?? [];
    expect(line.length + wide.length).toBeLessThan(columns);
    expect(wide.length).toBeGreaterThan(5);
  });

  test('gives way to the words where there is no room', () => {
    expect(drawn(40, 'Rendering 50 %, ready in about 2 min')).toBe('Rendering 50 %, ready in about 2 min');
  });

  test('says of no failure that it failed: the last sentence does', () => {
    const written: string[] = [];
    const progress = createProgress({ isTTY: false, write: (text) => written.push(text) });
    progress.show({ ...card, state: 'failed', status: 'It failed.' });
    expect(written).toEqual([]);
  });
});
