import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ended, spawnBot } from '../helpers/bot.ts';
import { compiled } from '../helpers/compiled.ts';
import { REPOSITORY } from '../helpers/docker-files.ts';

const run = promisify(execFile);
const DOCTOR = compiled('src/cli/doctor.ts').map((part) => (part.endsWith('.js') ? join(REPOSITORY, part) : part));
const START = compiled('src/main.ts').map((part) => (part.endsWith('.js') ? join(REPOSITORY, part) : part));

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kinora-doctor-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** A program of the repository in a folder with this `.env`, to its end. */
async function endOf(program: readonly string[], dotenv: string, env: Record<string, string> = {}): Promise<Ended> {
  await writeFile(join(home, '.env'), dotenv);
  return spawnBot(env, { command: [process.execPath, ...program], cwd: home }).ended;
}

describe('npm run doctor', () => {
  test('goes through everything, and ends well where nothing is off', async () => {
    const { code, stdout, stderr } = await endOf(DOCTOR, 'KEEP_DAYS=7\n');
    expect(stderr).toBe('');
    expect(stdout.split('\n').map((line) => line.slice(0, 16).trimEnd())).toEqual([
      '  ok  Node.js',
      '  ok  Packages',
      '  ok  Settings',
      '  ok  Ports',
      '  ok  Disk',
      '  ok  ffmpeg',
      '  ok  Record',
      '',
      'All is well. Not',
      '',
    ]);
    expect(code).toBe(0);
  });

  test('tells all that is wrong in the settings at once, by name, with no value and no stack, and ends with 1', async () => {
    const dotenv = 'DISCORD_TOKE=very-secret\nPORT=x\nmy secret line\n';
    const { code, stdout, stderr } = await endOf(DOCTOR, dotenv, { PORT: '70000' });
    expect(stderr).toBe('');
    expect(stdout.match(/^OFF .*$/gm)).toEqual([
      'OFF   Settings  PORT: must be a whole number from 0 (any free port) to 65535',
      'OFF   Settings  .env, line 3 is neither a setting (NAME=value) nor a comment (# …).',
      'OFF   Settings  DISCORD_TOKE in .env is no setting: did you mean DISCORD_TOKEN?',
    ]);
    expect(stdout).not.toMatch(/secret (token|line)|very-secret|\n\s+at /);
    expect(code).toBe(1);
  });
});

describe('npm start', () => {
  test('tells in its introduction what looks like a setting and does nothing', async () => {
    await writeFile(join(home, '.env'), 'DISCORD_TOKE=x\nAPI_KEYS: y\n');
    const bot = spawnBot({ DATA_DIR: home }, { command: [process.execPath, ...START], cwd: home });
    await bot.url;
    bot.child.kill();
    const { stdout } = await bot.ended;
    expect(stdout).toContain('\n  DISCORD_TOKE in .env is no setting: did you mean DISCORD_TOKEN?\n');
    expect(stdout).toContain('\n  .env, line 2: write API_KEYS=…, with "=" in place of ":".\n');
  });

  test('tells the same where it does not start for it', async () => {
    const { code, stderr } = await endOf(START, 'GEN4_PROVIDER=aivideoapi\nAPI_KEYS: y\n');
    expect(stderr.split('\n').slice(1)).toEqual([
      '  API_KEYS: is needed where GEN4_PROVIDER is aivideoapi',
      '  .env, line 2: write API_KEYS=…, with "=" in place of ":".',
      '',
    ]);
    expect(code).toBe(1);
  });

  test.each([
    ['--help', 0, /npm run doctor +looks/, ''],
    ['--version', 0, /^\d+\.\d+\.\d+\n$/, ''],
    ['--prot=3000', 2, /^$/, 'npm start does not know --prot=3000.'],
    ['stop', 2, /^$/, 'npm start does not know stop.'],
  ])('%s is answered, and nothing is started', async (argument, code, said, refused) => {
    const end = await endOf([...START, argument], '');
    expect(end.stdout).toMatch(said);
    expect(end.stderr.split('\n')[0]).toBe(refused);
    expect(end.code).toBe(code);
  });

  test('says in a sentence that a package is another machine’s', async () => {
    const modules = join(home, 'node_modules');
    await mkdir(modules);
    for (const name of await readdir(join(REPOSITORY, 'node_modules')))
      if (name !== 'libsql' && name !== '@libsql')
        await symlink(join(REPOSITORY, 'node_modules', name), join(modules, name));
    await run('cp', ['-R', join(REPOSITORY, 'node_modules', 'libsql'), modules]);
    await run('cp', ['-R', join(REPOSITORY, 'dist'), join(REPOSITORY, 'package.json'), home]);
    const program = [process.execPath, 'dist/src/main.js'];
    const { code, stderr } = await spawnBot({ DATA_DIR: home }, { command: program, cwd: home }).ended;
    expect(stderr).toMatch(/^libsql cannot be loaded on \w+ \w+\. Remove the folder node_modules [^\n]+\n$/);
    expect(code).toBe(1);
    const doctor = await endOf(['dist/src/cli/doctor.js'], '');
    expect(doctor.stdout).toMatch(/^OFF {3}Packages {2}libsql cannot be loaded on /m);
    expect(doctor.stderr).toBe('');
  });

  test('says in a sentence that packages are missing, or that Node is too old, before it loads any', async () => {
    await mkdir(join(home, 'src'));
    for (const name of ['compile.js', 'src/node-version.js', 'package.json'])
      await copyFile(join(REPOSITORY, name), join(home, name));
    const compile = (...args: string[]) => run(process.execPath, [...args, 'compile.js'], { cwd: home });
    await expect(compile()).rejects.toMatchObject({
      code: 1,
      stderr: 'Packages are missing here: run npm install first.\n',
    });
    const old = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"18.20.4"})';
    await expect(compile('--import', old)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Kinora needs Node\.js 20\.19 or newer, and this is 18\.20\.4\. [^\n]+\n$/),
    });
  });
});
