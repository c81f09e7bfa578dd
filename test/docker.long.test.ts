import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { platforms } from '../src/chat/index.ts';
import { providers } from '../src/providers/index.ts';
import { loadConfig } from '../src/settings/config.ts';
import type { RunningBot } from './helpers/bot.ts';
import { type Container, layOut } from './helpers/container.ts';
import { composed, dotenvs, mongoScripts, readImage } from './helpers/docker-files.ts';
import { tinyPng } from './helpers/pictures.ts';
import { ask, openLive, rawRequest, taskIn } from './helpers/web.ts';

const PASSWORD = 'choose-a-long-one';
const files = dotenvs();
const INSIDE = { HOST: '0.0.0.0', PORT: '3000', DATA_DIR: '/data', NODE_ENV: 'production' };
const anotherPort = files.with('PORT', '8080');

describe('.env.example', () => {
  test('changes nothing as it is, with everything in it uncommented, and with everything left empty', () => {
    const load = (env: NodeJS.Dict<string>) => loadConfig(env, { providers, platforms });
    const defaults = load({});
    expect(parseEnv(files.copied)).toEqual({});
    for (const each of [files.uncommented, files.empty]) {
      const { config, ...on } = load(parseEnv(each));
      expect(config).toEqual(defaults.config);
      expect([on.providers, on.platforms].flat().map(({ name }) => name)).toEqual(['preview']);
    }
    expect(Object.keys(parseEnv(files.uncommented))).toContain('TELEGRAM_PER_SECOND');
  });
});

describe('the container that compose makes', () => {
  test.each([
    ['no .env', '', '3000'],
    ['.env as copied', files.copied, '3000'],
    ['an .env with every setting left empty', files.empty, '3000'],
    ['an .env with everything uncommented', files.uncommented, '3000'],
    ['another PORT in .env', anotherPort, '8080'],
  ])('with %s listens to all, at the port that is published, on its volume', (_, dotenv, port) => {
    const { env, ports, volumes } = composed(dotenv);
    expect(env).toMatchObject(INSIDE);
    expect(env).toMatchObject({ MONGO_URL: '', MONGO_URL_FILE: '/secrets/mongo-url' });
    expect(ports).toEqual([`${port}:${env.PORT}`]);
    expect(volumes).toEqual([`data:${env.DATA_DIR}`, 'secrets:/secrets:ro']);
  });

  test('lets .env and the shell say the rest, the shell first', () => {
    const dotenv = files.with('WEB_PASSWORD', 'from-the-file').replace(/^# KEEP_DAYS=.*$/m, 'KEEP_DAYS=7');
    expect(composed(dotenv).env).toMatchObject({ WEB_PASSWORD: 'from-the-file', KEEP_DAYS: '7' });
    expect(composed(dotenv, { WEB_PASSWORD: PASSWORD }).env).toMatchObject({ WEB_PASSWORD: PASSWORD, KEEP_DAYS: '7' });
  });

  test('has a volume that belongs to its user', () => {
    const { env, user, volume, run } = readImage();
    expect(volume).toBe(env.DATA_DIR);
    expect(run.join()).toContain(`mkdir ${volume} && chown ${user}:${user} ${volume}`);
  });

  test('is made of images whose versions are named', () => {
    for (const image of [...readImage().bases, ...mongoScripts().images]) expect(image).toMatch(/^\S+:\d+\.\d+/);
  });
});

describe('the database that compose makes', () => {
  const { password, user, server } = mongoScripts();
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'kinora-compose-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));
  /** A script of it in this shell, its folder of secrets put elsewhere. */
  const sh = async (script: string) =>
    (
      await promisify(execFile)('sh', ['-ec', script.replaceAll('/secrets', home)], {
        env: { PATH: `${home}/bin:${process.env.PATH}` },
      })
    ).stdout;

  test('has a password from its first start on, which stays, and which the program reads', async () => {
    await sh(password);
    const url = (await readFile(join(home, 'mongo-url'), 'utf8')).trimEnd();
    expect(url).toMatch(/^mongodb:\/\/kinora:[0-9a-f]{48}@mongo:27017\/kinora\?authSource=admin$/);
    await sh(password);
    expect(await readFile(join(home, 'mongo-url'), 'utf8')).toBe(`${url}\n`);
    const lists = { providers, platforms };
    const env = { ...composed('').env, MONGO_URL_FILE: join(home, 'mongo-url') };
    const { config } = loadConfig(env, lists);
    expect(config.mongoUrl).toBe(url);
    expect(config.secrets).toContain(/kinora:(\w+)@/.exec(url)?.[1]);
    // A MONGO_URL of the owner's own comes first.
    const own = 'mongodb://db.example/kinora';
    expect(loadConfig({ ...env, MONGO_URL: own }, lists).config.mongoUrl).toBe(own);
  });

  test('lets nobody in without, and has a user with that password made, of none on a command line', async () => {
    expect(server).toContain('--auth');
    await mkdir(join(home, 'bin'));
    await writeFile(join(home, 'bin', 'mongosh'), '#!/bin/sh\necho "$PASSWORD"\necho "$*"\n', { mode: 0o755 });
    await sh(password);
    const [said = '', ...line] = (await sh(user)).split('\n');
    expect(await readFile(join(home, 'mongo-url'), 'utf8')).toContain(`://kinora:${said}@`);
    expect(line.join('\n')).toMatch(/^--quiet admin --eval [\s\S]*createUser/);
    expect(line.join('\n')).not.toContain(said);
  });
});

describe('in the container the program', () => {
  let container: Container;
  const bots: RunningBot[] = [];
  beforeAll(async () => {
    container = await layOut();
  });
  afterEach(async () => {
    await Promise.all(bots.splice(0).map((bot) => bot.stop()));
  });
  afterAll(() => container.close());

  /** On SQLite, as in a compose.yaml without its MongoDB. */
  async function environment(dotenv: string, shell: Record<string, string> = {}): Promise<Record<string, string>> {
    const { MONGO_URL_FILE: _, ...env } = composed(dotenv, shell).env;
    expect(env).toMatchObject(INSIDE);
    return { ...env, DATA_DIR: await container.dataDir() };
  }

  async function start(env: Record<string, string>): Promise<RunningBot> {
    const bot = await container.start(env);
    bots.push(bot);
    return bot;
  }

  test.each([
    ['.env as copied', files.copied],
    ['every setting left empty', files.empty],
    ['another PORT', anotherPort],
  ])('starts with %s, can be reached from outside, and is found healthy', async (_, dotenv) => {
    const env = await environment(dotenv);
    const bot = await start(env);
    await container.checkHealth(env, bot);
    const socket = connect(bot.port, outside());
    await once(socket, 'connect');
    socket.destroy();
    await bot.stop();
    await expect(container.checkHealth(env, bot)).rejects.toThrow();
  });

  test('is small: nothing is in it that it was made with', async () => {
    expect((await readdir(container.app)).sort()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json']);
    const packages = await readdir(join(container.app, 'node_modules'));
    expect(packages).toContain('mongoose');
    for (const name of ['esbuild', 'discord.js', 'typescript']) expect(packages).not.toContain(name);
    const { stdout } = await promisify(execFile)('du', ['-sm', container.app]);
    // Of its megabytes 22 are the client of object storage.
    expect(Number.parseInt(stdout, 10)).toBeLessThan(150);
  });

  test('has one ffmpeg, which is not the one from npm', async () => {
    const names = await readdir(join(container.app, 'node_modules'), { recursive: true });
    expect(names).toContain('sharp');
    expect(names.filter((name) => /(^|\/)(@ffmpeg-installer|ffmpeg)$/.test(name))).toEqual([]);
  });

  test('makes a clip for somebody who knows the password', async () => {
    const env = await environment(files.copied, { WEB_PASSWORD: PASSWORD });
    const bot = await start(env);
    const answer = await rawRequest(`${bot.url}/login`, {
      method: 'POST',
      headers: { origin: bot.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ password: PASSWORD }).toString(),
    });
    const headers = { origin: bot.url, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
    const live = await openLive(bot.url, headers);
    const { taskId } = await taskIn(await ask(bot.url, await tinyPng(), {}, headers));
    const { clip } = await live.untilState(taskId, 'delivered');
    live.close();
    expect(clip?.durationMs).toBe(5_000);
  });

  test.each([
    ['may not be written', (dir: string) => chmod(dir, 0o555)],
    ['has pictures that may not be written', (dir: string) => mkdir(join(dir, 'files'), { mode: 0o555 })],
  ])('says in a sentence that its folder %s', async (_, spoil) => {
    const env = await environment(files.copied);
    await spoil(env.DATA_DIR ?? '');
    await expectRefusal(env);
  });

  test('says in a sentence that its folder is a file, or cannot be made', async () => {
    const env = await environment(files.copied);
    const file = join(env.DATA_DIR ?? '', 'file');
    await writeFile(file, '');
    await expectRefusal({ ...env, DATA_DIR: file });
    // As `docker run -e DATA_DIR=./data` would: the folder of the program is not its user's.
    await expectRefusal({ ...env, DATA_DIR: './data' });
    expect(await readdir(env.DATA_DIR ?? '')).toEqual(['file']);
  });

  async function expectRefusal(env: Record<string, string>): Promise<void> {
    const { code, stderr } = await (await container.spawn(env)).ended;
    expect(stderr).toBe(`${env.DATA_DIR} cannot be created or written. Allow this user to, or set another DATA_DIR.\n`);
    expect(code).toBe(1);
  }
});

/** An address of this machine that a program which listens at 127.0.0.1 alone does not answer at. */
function outside(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.2';
}
