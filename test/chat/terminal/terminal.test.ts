import { link, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArguments } from '../../../src/chat/terminal/arguments.ts';
import { terminalLocale } from '../../../src/chat/terminal/locale.ts';
import { messagesFor } from '../../../src/messages/messages.ts';
import { runAnimate } from '../../helpers/animate.ts';
import { tinyPng } from '../../helpers/pictures.ts';

let home: string;
let env: Record<string, string>;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kinora-terminal-'));
  env = { DATA_DIR: join(home, 'data') };
  await writeFile(join(home, 'photo.png'), await tinyPng(1600, 1200));
  await writeFile(join(home, 'small.png'), await tinyPng(100, 80));
  await writeFile(join(home, 'notes.jpg'), 'Dear diary, this is no picture at all.');
  await writeFile(join(home, 'empty.jpg'), '');
  await writeFile(join(home, 'cut.png'), (await tinyPng()).subarray(0, 300));
  await mkdir(join(home, 'folder'));
  await mkdir(join(home, 'folder.mp4'));
  await writeFile(join(home, 'film.mp4'), 'the film of a holiday');
  // A picture may have any name.
  await writeFile(join(home, 'picture.mp4'), await tinyPng());
  await link(join(home, 'picture.mp4'), join(home, 'same.mp4'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const animate = (args: string[], more: Record<string, string> = {}) => runAnimate(args, { ...env, ...more }, home);

/** What was written, without the lines that tell the way of the task. */
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1) ?? '';

// More that renders: terminal.long.test.ts.
describe('npm run animate', () => {
  test('makes a clip beside the person, says where, and on the way how far it is', async () => {
    const args = ['photo.png', 'slow zoom', '--seed', '7', '--duration', '2'];
    const { code, stdout, stderr } = await animate(args).ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${join(home, 'photo.mp4')}\n` });
    expect((await readFile(join(home, 'photo.mp4'))).subarray(4, 8).toString()).toBe('ftyp');
    // Where the picture is looked at in no time, the first that is seen of the task is its place in the queue.
    expect(stderr).toMatch(/\n2 s · motion 5 · seed 7 · resized from 1600×1200 · understood: zoom in, slowly\n/);
    expect(stderr).toMatch(/^(Looking at your picture|Queued, next in turn)\n[\s\S]*Rendering \d+ %[\s\S]*Done$/);

    const { mtimeMs } = await stat(join(home, 'photo.mp4'));
    // By its seed it is the same.
    expect(await animate(args).ended).toMatchObject({ code: 0, stdout });
    expect((await stat(join(home, 'photo.mp4'))).mtimeMs).toBe(mtimeMs);

    const elsewhere = [...args, '--out', 'folder/again.mp4'];
    expect(await animate(elsewhere).ended).toMatchObject({ code: 0 });
    expect(await readFile(join(home, 'folder/again.mp4'))).toEqual(await readFile(join(home, 'photo.mp4')));
    // What is there stays, but for --force.
    const taken = [...elsewhere.slice(0, -1), 'film.mp4'];
    expect(await animate(taken).ended).toMatchObject({ code: 2 });
    expect(await readFile(join(home, 'film.mp4'), 'utf8')).toBe('the film of a holiday');
    expect(await animate([...taken, '--force']).ended).toMatchObject({ code: 0 });
    expect(await readFile(join(home, 'film.mp4'))).toEqual(await readFile(join(home, 'photo.mp4')));
  });
});

describe('a command line without a scene', () => {
  test('says that the picture may move by itself', () =>
    expect(readArguments(['photo.png'], messagesFor('en').terminal)).toMatchObject({
      picture: 'photo.png',
      scene: '',
    }));

  test('is refused in a sentence where the service needs words', async () => {
    const gen45 = { RUNWAYML_API_SECRET: 'key_0123456789abcdef', GEN4_MODEL: 'gen4.5' };
    const { code, stderr } = await animate(['photo.png', '--seed', '3'], gen45).ended;
    expect({ code, line: lastLine(stderr) }).toEqual({ code: 2, line: messagesFor('en').request.noScene });
  });
});

describe('the terminal', () => {
  test.each([
    [{ LANG: 'de_DE.UTF-8' }, 'de'],
    [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'C', LC_ALL: 'de' }, 'de'],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: '' }, 'de'],
    [{ LANG: 'xx_XX.UTF-8' }, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
  ])('of %j speaks %s', (env, locale) => expect(terminalLocale(env)).toBe(locale));

  test('says its help, and what was wrong, in the language of its person', async () => {
    const words = messagesFor('de').terminal;
    const env = { LANG: 'de_DE.UTF-8' };
    expect((await animate(['--help'], env).ended).stdout).toContain(words.usage.example);
    expect(lastLine((await animate(['photo.png', 'x', '--moton'], env).ended).stderr)).toBe(
      words.unknownOption('--moton'),
    );
  });
});

describe('a command line that cannot be is refused with one sentence', () => {
  test.each([
    ['nothing at all', [], 'Name a picture'],
    ['a blank scene', ['photo.png', '  '], 'The scene is empty'],
    ['a scene without quotes', ['photo.png', 'waves', 'roll', 'in'], '"waves roll in"'],
    ['an address', ['https://example.org/photo.png', 'x'], 'only files are taken'],
    ['two pictures', ['photo.png', 'small.png'], 'made of one picture'],
    ['two pictures, one as an iPhone has it', ['photo.png', 'IMG_1.HEIC'], 'made of one picture'],
  ])('%s', (_what, args, words) => {
    expect(() => readArguments(args, messagesFor('en').terminal)).toThrow(words);
  });
});

describe('bad input ends with 2 and one sentence that says what to do', () => {
  test.each([
    ['a scene that never ends', ['photo.png', 'x'.repeat(1001)], 'at most 1000'],
    ['an option nobody knows', ['photo.png', 'x', '--moton', '7'], 'There is no option --moton'],
    ['too much motion', ['photo.png', 'x', '--motion', '11'], 'from 1 (hardly moves) to 10'],
    ['a motion that is no number', ['photo.png', 'x', '--motion', 'lots'], 'from 1 (hardly moves) to 10'],
    ['a negative seed', ['photo.png', 'x', '--seed', '-1'], 'whole number'],
    ['a length nobody offers', ['photo.png', 'x', '--duration', '11'], '10 seconds'],
    ['a fit nobody knows', ['photo.png', 'x', '--fit', 'squeeze'], 'crop (cut to shape)'],
    ['no such file', ['nowhere.png', 'x'], 'there is no such file'],
    ['a folder', ['folder', 'x'], 'it is a folder'],
    [
      'a folder to write to that is not there',
      ['photo.png', 'x', '--out', 'no/such/clip.mp4'],
      'Nothing can be written',
    ],
    ['a folder as the file to write', ['photo.png', 'x', '--out', 'folder.mp4'], 'is a folder'],
    ['another kind of file to write', ['photo.png', 'x', '--out', 'clip.mov'], 'ends in .mp4'],
    ['a file that is there', ['photo.png', 'x', '--out', 'picture.mp4'], 'add --force'],
    ['the picture itself to write', ['picture.mp4', 'x', '--out', './same.mp4', '--force'], 'is the picture itself'],
    ['a text', ['notes.jpg', 'x'], 'not a picture'],
    ['an empty file', ['empty.jpg', 'x'], '0 bytes'],
    ['a picture too small', ['small.png', 'x'], 'at least 320 pixels'],
    ['a picture cut short', ['cut.png', 'x'], 'incomplete'],
    ['another size with --fit strict', ['photo.png', 'x', '--fit', 'strict'], '1280×720, 720×1280'],
  ])('%s', async (_what, args, words) => {
    const { code, stdout, stderr } = await animate(args).ended;
    expect(stdout).toBe('');
    expect(lastLine(stderr)).toContain(words);
    // Said once.
    expect(stderr.split('\n').filter((line) => line === lastLine(stderr))).toHaveLength(1);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
});

describe('trouble with the machine ends with 1 and one sentence', () => {
  test.each([
    ['a DATA_DIR that cannot be', { DATA_DIR: '/dev/null/data' }, '/dev/null/data'],
    ['an FFMPEG_PATH that is not there', { FFMPEG_PATH: '/no/such/ffmpeg' }, 'FFMPEG_PATH names /no/such/ffmpeg'],
    [
      'settings that are wrong, all of them at once',
      { DEFAULT_FIT: 'squeeze', LOG_LEVEL: 'loud' },
      /DEFAULT_FIT: .*\n.*LOG_LEVEL: /,
    ],
  ])('%s', async (_what, more, words) => {
    const { code, stderr } = await animate(['photo.png', 'x'], more).ended;
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });
});
