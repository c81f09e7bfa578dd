import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { spawnBot, startBot } from './helpers/bot.ts';
import { openLive } from './helpers/web.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-main-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const refusal = async (env: Record<string, string>) => {
  const { code, stdout, stderr } = await spawnBot({ DATA_DIR: dir, ...env }).ended;
  return { code, stdout, stderr };
};

describe('the program', () => {
  test('says where it listens and what runs, and ends in order when asked to, open pages or not', async () => {
    const bot = await startBot({ DATA_DIR: dir });
    const live = await openLive(bot.url);
    await live.until(({ event }) => event === 'conversation');
    const asked = performance.now();
    const { code, stdout, stderr } = await bot.stop();
    await live.ended;
    expect(code).toBe(0);
    // Not by the patience of five seconds with what does not end by itself.
    expect(performance.now() - asked).toBeLessThan(4_500);
    expect(stdout).toContain(`Kinora is at http://localhost:${bot.port}\n`);
    expect(stdout).toContain('for people at this machine only');
    expect(stdout).toContain('preview: a camera moves over the picture. No AI');
    expect(stdout).toContain(`SQLite and files in ${dir}.`);
    expect(stderr).not.toMatch(/error| {4}at /i);
  });

  const OLD_FFMPEG = 'ffmpeg is an old one from npm';
  const PAID = { API_KEYS: 'key-of-nobody', AIVIDEOAPI_URL: 'http://127.0.0.1:9', ALLOW: '*' };

  test('says that what is paid for goes through the ffmpeg from npm, where the machine has none', async () => {
    const PATH = '/nowhere';
    const said = async (env: Record<string, string>) =>
      (await (await startBot({ DATA_DIR: dir, ...env })).stop()).stdout.includes(OLD_FFMPEG);
    expect(await said({ ...PAID, PATH })).toBe(true);
    // Who pays nothing may well try it with that.
    expect(await said({ PATH })).toBe(false);
    const own = join(dir, 'ffmpeg');
    await writeFile(own, '#!/bin/sh\necho "ffmpeg version 7"; echo "configuration: --enable-libx264"\n', {
      mode: 0o755,
    });
    expect(await said({ ...PAID, PATH, FFMPEG_PATH: own })).toBe(false);
  });

  test('ends at once at a second signal', async () => {
    const bot = await startBot({ DATA_DIR: dir });
    // A request that never comes to its end holds up the first.
    const socket = await fetchHalf(bot.port);
    bot.child.kill('SIGTERM');
    await once(bot.child.stderr ?? bot.child, 'data');
    const { code } = await bot.stop('SIGTERM');
    socket.destroy();
    expect(code).toBe(143);
  });

  test('says in a sentence that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, stdout, stderr } = await refusal({ PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(`Port ${port} is in use, perhaps by another Kinora. Stop that program, or set another PORT.\n`);
  });

  test('says in a sentence that the port for health is in use, and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, stderr } = await refusal({ OPS_PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Port \d+ is in use, perhaps by another Kinora\. [^\n]+ another OPS_PORT\.\n$/);
  });

  test('says in a sentence that HOST is not of this machine', async () => {
    const { code, stderr } = await refusal({ HOST: '192.0.2.1' });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'HOST is 192.0.2.1, which is no address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all of them.\n',
    );
  });

  test('says in a sentence each that settings are wrong', async () => {
    const { code, stderr } = await refusal({ PORT: '70000', PUBLIC_URL: 'kinora', WEB_PASSWORD: 'short' });
    expect(code).toBe(1);
    expect(stderr.split('\n').slice(1, -1)).toEqual([
      '  PORT: must be a whole number from 0 (any free port) to 65535',
      '  PUBLIC_URL: must be an address without a path, like https://kinora.example.org',
      '  WEB_PASSWORD: choose at least 8 characters',
    ]);
  });

  test('says in a sentence that the folder is in use, and the first program goes on', async () => {
    const bot = await startBot({ DATA_DIR: dir });
    const { code, stderr } = await refusal({});
    expect(code).toBe(1);
    expect(stderr).toBe(`Another Kinora is using ${dir}. Stop it first, or set another DATA_DIR.\n`);
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
    await bot.stop();
  });

  test('says in a sentence that its folder cannot be written', async () => {
    await writeFile(join(dir, 'file'), '');
    const { code, stderr } = await refusal({ DATA_DIR: join(dir, 'file') });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\S+ cannot be created or written\. [^\n]+\n$/);
  });
});

/** A request whose body never comes, once the program waits for it. */
async function fetchHalf(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const head = [
    'POST /api/commands/animate?key=half-a-request&scene=x HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/octet-stream',
    'Content-Length: 100',
    'Expect: 100-continue',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\nhalf`);
  await once(socket, 'data');
  return socket;
}
