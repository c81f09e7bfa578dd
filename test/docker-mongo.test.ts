import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './bench/free-port.ts';
import { type Container, layOut } from './helpers/container.ts';
import { composed, dotenvs } from './helpers/docker-files.ts';
import { mongoUrl, noMongo } from './helpers/mongo.ts';

describe.skipIf(noMongo)('in the container, with a MongoDB beside it, the program', () => {
  let container: Container;
  beforeAll(async () => {
    container = await layOut();
  });
  afterAll(() => container.close());

  async function environment(): Promise<Record<string, string>> {
    const { MONGO_URL_FILE: _, ...env } = composed(dotenvs().copied).env;
    expect(env).toMatchObject({ HOST: '0.0.0.0', PORT: '3000', DATA_DIR: '/data' });
    return { ...env, MONGO_URL: mongoUrl(), DATA_DIR: await container.dataDir() };
  }

  test('starts with .env as copied, and is found healthy', async () => {
    const env = await environment();
    const bot = await container.start(env);
    await container.checkHealth(env, bot);
    expect((await bot.stop()).stdout).toContain('MongoDB.');
  });

  test('says in a sentence that its folder may not be written, or is a file', async () => {
    const env = await environment();
    const file = join(env.DATA_DIR ?? '', 'file');
    await writeFile(file, '');
    await expectRefusal({ ...env, DATA_DIR: file });
    await chmod(env.DATA_DIR ?? '', 0o555);
    await expectRefusal(env);
  });

  test('says so, too, where what is there already may not be written', async () => {
    const env = await environment();
    const port = await freePort();
    const own = join(env.DATA_DIR ?? '', `${hostname()}-${port}`);
    await mkdir(own);
    await mkdir(join(own, 'scratch'), { mode: 0o555 });
    await expectRefusal(env, port);
  });

  async function expectRefusal(env: Record<string, string>, port?: number): Promise<void> {
    const { code, stderr } = await (await container.spawn(env, port)).ended;
    expect(stderr).toBe(`${env.DATA_DIR} cannot be created or written. Allow this user to, or set another DATA_DIR.\n`);
    expect(code).toBe(1);
  }
});
