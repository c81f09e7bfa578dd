import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { platforms } from '../../src/chat/index.ts';
import { lookAt } from '../../src/checks/index.ts';
import { oldNode } from '../../src/node-version.js';
import { providers } from '../../src/providers/index.ts';
import { findSettings } from '../../src/settings/load.ts';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/discord.ts';
import { startRunway } from '../fakes/runway.ts';
import type { StandIn } from '../fakes/stand-in.ts';
import { type FakeTelegram, startTelegram } from '../fakes/telegram/telegram.ts';

const KEY = 'key_0123456789abcdef-ab12';
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

let home: string;
let discord: FakeDiscord;
let telegram: FakeTelegram;
let runway: StandIn;
let aivideoapi: StandIn;
/** A service whose clock is half an hour ahead of ours, and a program that is at a port already. */
let later: Server;
let taken: Server;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kinora-checks-'));
  await writeFile(join(home, 'file'), 'not a folder');
  await writeFile(join(home, 'empty'), '\n');
  await writeFile(join(home, 'ffmpeg'), '#!/bin/sh\necho "ffmpeg version 7 --enable-libx264"\n', { mode: 0o755 });
  await writeFile(join(home, 'secret'), `${KEY}\r\n`);
  discord = await startDiscord();
  telegram = await startTelegram();
  runway = await startRunway({ keys: { [KEY]: 275 } });
  aivideoapi = await startAivideoapi({ keys: { [KEY]: 5 } });
  later = await listening((_, answer) => {
    answer.setHeader('Date', new Date(Date.now() + 30 * 60_000).toUTCString());
    answer.end(JSON.stringify({ creditBalance: 1 }));
  });
  taken = await listening((_, answer) => void answer.end('another program'));
});
afterAll(async () => {
  for (const server of [later, taken]) server.close();
  await Promise.all([discord, telegram, runway, aivideoapi].map((standIn) => standIn.close()));
  await rm(home, { recursive: true, force: true });
});

async function listening(answer: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** What is looked at in a folder with these files, and in this environment. */
async function look(files: Record<string, string | Uint8Array>, env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(home, 'folder-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const own = {
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
    MIN_FREE_MB: '0',
    FFMPEG_PATH: join(home, 'ffmpeg'),
    ...env,
  };
  const path = join(folder, '.env');
  const found = findSettings({ providers, platforms }, { path, env: own });
  const fine: string[] = [];
  const off: string[] = [];
  for await (const { isFine, text } of lookAt(found)) (isFine ? fine : off).push(text.replaceAll(path, '.env'));
  return { fine, off, found };
}

const dotenv = (text: string) => () => look({ '.env': text });
const env = (settings: () => Record<string, string>) => () => look({}, settings());

describe('a wrong set-up gets one sentence', () => {
  test.each<[string, () => ReturnType<typeof look>, string | RegExp]>([
    ['a slip in a name', dotenv('DISCORD_TOKE=x'), 'DISCORD_TOKE in .env is no setting: did you mean DISCORD_TOKEN?'],
    ['a slip in a name of AWS', dotenv('AWS_REGOIN=x'), 'AWS_REGOIN in .env is no setting: did you mean AWS_REGION?'],
    ['a name of another bot', dotenv('TELEGRAM_BOT_TOKEN=x'), /is no setting: did you mean TELEGRAM_TOKEN\?$/],
    ['a name in small letters', dotenv('api-keys=x'), 'api-keys in .env is no setting: did you mean API_KEYS?'],
    [
      'a name of nothing',
      dotenv('MY_OWN_THING=x'),
      'MY_OWN_THING in .env is no setting. docs/settings.md has them all.',
    ],
    [
      'a slip in the environment',
      env(() => ({ WEB_PASSWORT: 'x' })),
      /^WEB_PASSWORT in the environment .* WEB_PASSWORD\?$/,
    ],
    ['a colon', dotenv('# mine\nAPI_KEYS: a=b'), '.env, line 2: write API_KEYS=…, with "=" in place of ":".'],
    [
      'a # in a value',
      dotenv('WEB_PASSWORD=correct-horse#battery # mine'),
      /^\.env, line 1: the value of WEB_PASSWORD ends before its #; /,
    ],
    [
      'a quote that is never closed',
      dotenv("API_KEYS='x"),
      ".env, line 1: the ' before the value of API_KEYS has none behind it.",
    ],
    [
      'curled quotes',
      dotenv('KEEP_DAYS=7\nDATA_DIR=“data”'),
      /^\.env, line 2: curled quotes are part of the value of DATA_DIR/,
    ],
    [
      'a line that is nothing',
      dotenv('my secret token'),
      '.env, line 1 is neither a setting (NAME=value) nor a comment (# …).',
    ],
    [
      'a setting that stands twice',
      dotenv('KEEP_DAYS=7\nKEEP_DAYS=8'),
      '.env, line 2: KEEP_DAYS stands in line 1, too; this one counts.',
    ],
    [
      '.env.txt',
      () => look({ '.env.txt': 'KEEP_DAYS=7' }),
      /^There is no \.env, and settings in \.env\.txt are not read/,
    ],
    [
      '.env.example filled in',
      () => look({ '.env.example': 'KEEP_DAYS=7' }),
      /settings in \.env\.example are not read/,
    ],
    [
      'a port that is none',
      env(() => ({ PORT: '70000' })),
      'PORT: must be a whole number from 0 (any free port) to 65535',
    ],
    [
      'an address with a path',
      env(() => ({ PUBLIC_URL: 'https://a.example/bot' })),
      /^PUBLIC_URL: must be an address without a path/,
    ],
    ['a short password', env(() => ({ WEB_PASSWORD: 'short' })), 'WEB_PASSWORD: choose at least 8 characters'],
    [
      'Discord’s client secret',
      env(() => ({ DISCORD_TOKEN: 'a1B2c3D4e5F6' })),
      /^DISCORD_TOKEN: must be the token from the page "Bot"/,
    ],
    [
      'half of Telegram’s token',
      env(() => ({ TELEGRAM_TOKEN: '123456' })),
      /^TELEGRAM_TOKEN: must be a token as BotFather gives it/,
    ],
    [
      'two keys without a comma',
      env(() => ({ API_KEYS: 'one two' })),
      /^API_KEYS: must be keys as the service shows them/,
    ],
    [
      'a server’s name in ALLOW',
      env(() => ({ ALLOW: 'discord:My Server' })),
      'ALLOW: "discord:My Server" lets nobody in: discord: wants the number of a server or user behind it, not a name',
    ],
    ['a user’s name in ALLOW', env(() => ({ ALLOW: 'telegram:@ann' })), /^ALLOW: "telegram:@ann" lets nobody in/],
    [
      'a bare number in ALLOW',
      env(() => ({ ALLOW: '123456789012345678' })),
      /^ALLOW: "123456789012345678" lets nobody in: it takes discord:</,
    ],
    [
      'a key and strangers, without ALLOW',
      env(() => ({ API_KEYS: KEY, DISCORD_TOKEN: 'a.b.c' })),
      /^ALLOW: say who may spend your credits/,
    ],
    [
      'a renderer without its key',
      env(() => ({ GEN4_PROVIDER: 'runway' })),
      'RUNWAYML_API_SECRET: is needed where GEN4_PROVIDER is runway',
    ],
    ['a gateway without MongoDB', env(() => ({ ROLE: 'gateway' })), /^MONGO_URL: is needed where ROLE is gateway/],
    [
      'a webhook that cannot be called',
      env(() => ({ TELEGRAM_WEBHOOK: '1' })),
      /^PUBLIC_URL: is needed where TELEGRAM_WEBHOOK is 1/,
    ],
    [
      'a secret’s file that is not there',
      env(() => ({ API_KEYS_FILE: join(home, 'none') })),
      /^API_KEYS_FILE: no file can be read there \(ENOENT\); it takes the path of a file, not the secret$/,
    ],
    [
      'a secret’s file that is empty',
      env(() => ({ WEB_PASSWORD_FILE: join(home, 'empty') })),
      /^WEB_PASSWORD_FILE: the file that it names is empty$/,
    ],
    [
      'a port that another program has',
      env(() => ({ PORT: `${portOf(taken)}` })),
      /^Port \d+ is in use, perhaps by another Kinora\./,
    ],
    [
      'an address of another machine',
      env(() => ({ HOST: '192.0.2.1' })),
      /^HOST is 192\.0\.2\.1, which is no address of this machine/,
    ],
    [
      'a folder that is a file',
      env(() => ({ DATA_DIR: join(home, 'file') })),
      /^\S+ cannot be created or written\. Allow this user to/,
    ],
    [
      'a disk that is nearly full',
      env(() => ({ MIN_FREE_MB: '999999999' })),
      /^Only \d+ MB are free for \S+, and with less than 999999999 MB/,
    ],
    [
      'an ffmpeg that is not there',
      env(() => ({ FFMPEG_PATH: '/no/such' })),
      'FFMPEG_PATH names /no/such, which cannot be run. Correct it, or leave it out.',
    ],
    [
      'an address that is no MongoDB’s',
      env(() => ({ MONGO_URL: 'localhost:27017' })),
      /^MONGO_URL is no address of a MongoDB/,
    ],
    [
      'a MongoDB that is not there',
      env(() => ({ MONGO_URL: 'mongodb://127.0.0.1:9/kinora' })),
      /^MongoDB at 127\.0\.0\.1:9 cannot be reached/,
    ],
    [
      'a clock that is behind',
      env(() => ({ RUNWAYML_API_SECRET: KEY, RUNWAY_URL: `http://127.0.0.1:${portOf(later)}` })),
      /^This machine’s clock is (29|30) min behind\./,
    ],
    [
      'a key that is not taken',
      env(() => ({ RUNWAYML_API_SECRET: 'key_of-somebody-else-cd34', RUNWAY_URL: runway.url })),
      'gen4 at Runway, 1st key (…cd34): REFUSED by the service',
    ],
    [
      'a service that is not there',
      env(() => ({ API_KEYS: KEY, AIVIDEOAPI_URL: NOWHERE })),
      /^gen4 at aivideoapi, 1st key \(…ab12\): could not be checked: /,
    ],
    [
      'a proxy that is not there',
      env(() => ({ API_KEYS: KEY, HTTP_PROXY: NOWHERE, AIVIDEOAPI_URL: 'http://service.example' })),
      /could not be checked: .*PROXY/,
    ],
    [
      'a token that Discord does not take',
      env(() => ({ DISCORD_TOKEN: 'not.the.token', DISCORD_API_URL: discord.api })),
      /^Discord does not take DISCORD_TOKEN\./,
    ],
    [
      'a token that Telegram does not take',
      env(() => ({ TELEGRAM_TOKEN: `1:${'x'.repeat(30)}`, TELEGRAM_API_ROOT: telegram.url })),
      /^Telegram does not know the bot of this TELEGRAM_TOKEN/,
    ],
    [
      'one token of several that Telegram does not take',
      env(() => ({
        TELEGRAM_TOKEN: telegram.token,
        TELEGRAM_TOKENS: `2:${'x'.repeat(30)}`,
        TELEGRAM_API_ROOT: telegram.url,
      })),
      /^Telegram does not know bot 2 of TELEGRAM_TOKENS \(any more\)\./,
    ],
    [
      'a Discord that is not there',
      env(() => ({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL: NOWHERE })),
      /^Discord cannot be reached \(/,
    ],
    [
      'a Telegram that is not there',
      env(() => ({ TELEGRAM_TOKEN: `1:${'x'.repeat(30)}`, TELEGRAM_API_ROOT: NOWHERE })),
      /^Telegram cannot be reached \(/,
    ],
  ])('%s', async (_, looked, sentence) => {
    const { off } = await looked();
    expect(off).toEqual([typeof sentence === 'string' ? sentence : expect.stringMatching(sentence)]);
    expect(off.join()).not.toContain('\n');
    expect(off.join()).not.toContain(KEY);
  });

  test('.env that is a folder', async () => {
    const folder = await mkdtemp(join(home, 'folder-'));
    await mkdir(join(folder, '.env'));
    const { loaded } = findSettings({ providers, platforms }, { path: join(folder, '.env'), env: {} });
    expect(String(loaded)).toMatch(/The file \S+ cannot be read/);
  });

  test.each(['18.20.4', '20.18.3'])('Node %s', (version) => {
    expect(oldNode(version)).toMatch(/^Kinora needs Node\.js 20\.19 or newer, and this is \d/);
  });
});

describe('a set-up that is right', () => {
  test('is told as whom each platform knows the bot, and what each key is worth, and nothing is spent', async () => {
    const guild = discord.guild();
    const { fine, off } = await look(
      {},
      {
        RUNWAYML_API_SECRET_FILE: join(home, 'secret'),
        RUNWAY_URL: runway.url,
        API_KEYS: KEY,
        AIVIDEOAPI_URL: aivideoapi.url,
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.api,
        TELEGRAM_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.url,
        ALLOW: `discord:${guild.id}, telegram:-1001234`,
      },
    );
    expect(off).toEqual([]);
    expect(fine).toEqual(
      expect.arrayContaining([
        'is right',
        'gen4 at Runway, 1st key (…ab12): works, 275 credits left',
        'Discord knows it as Kinora#0001 in 1 server',
        expect.stringMatching(/^Telegram knows it as @\w+$/),
      ]),
    );
    expect(fine.join()).not.toContain(KEY);
    for (const standIn of [runway, aivideoapi]) expect(standIn.report()).toMatchObject({ accepted: [], charged: {} });
  });

  test.each<[string, (text: string) => Uint8Array]>([
    ['UTF-8 with a mark', (text) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 the other way round', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
  ])('may have its file in %s', async (_, encoded) => {
    const { off, fine, found } = await look({ '.env': encoded('KEEP_DAYS=7\r\nLOG_LEVEL=warn\r\n') });
    expect(off).toEqual([]);
    expect(fine).toContain('2 in .env');
    expect(found.loaded).toMatchObject({ config: { keepMs: 7 * 86_400_000, logLevel: 'warn' } });
  });

  test('is told which of its settings the environment overrules', async () => {
    const { fine } = await look({ '.env': 'KEEP_DAYS=7\n' }, { KEEP_DAYS: '8' });
    expect(fine).toContain('1 in .env; the environment has another KEEP_DAYS, which wins');
  });

  test('keeps the blank behind a prefix, which a file of settings loses', async () => {
    const bearer = await startAivideoapi({ keys: { [KEY]: 5 }, auth: 'bearer' });
    const { off } = await look({ '.env': `API_KEY_PREFIX=Bearer \nAPI_KEYS=${KEY}\nAIVIDEOAPI_URL=${bearer.url}\n` });
    await bearer.close();
    expect(off).toEqual([]);
  });
});
