import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { platforms } from '../../src/chat/index.ts';
import { isExcepted } from '../../src/net/no-proxy.ts';
import { providers } from '../../src/providers/index.ts';
import { introduction } from '../../src/server/banner.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { startDiscord } from '../fakes/discord/discord.ts';
import { type FakeProxy, startProxy } from '../fakes/proxy.ts';
import { startRunway } from '../fakes/runway.ts';
import { startTelegram } from '../fakes/telegram/telegram.ts';
import { startTlsFront, TRUST } from '../fakes/tls.ts';
import { type RunningBot, spawnBot, startBot } from '../helpers/bot.ts';
import { compiled } from '../helpers/compiled.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { ask, openLive, taskIn } from '../helpers/web.ts';

const KEY = 'key_proxies-0123456789abcdef';
const CREDENTIALS = 'kinora:secret-of-the-proxy';

const ends: (() => Promise<unknown>)[] = [];
/** What names of `kinora.example` lead to, behind the proxy alone: this machine does not know them. */
let ports: Record<string, number>;
let proxy: FakeProxy;
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-proxies-'));
  ends.push(() => rm(dir, { recursive: true, force: true }));
  ports = {};
  proxy = await startProxy({
    credentials: CREDENTIALS,
    ways: (authority) =>
      ports[authority] ?? (authority.startsWith('127.0.0.1:') ? Number(authority.slice(10)) : undefined),
  });
  ends.push(proxy.close);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A name by which what is at this address can be reached over TLS, through the proxy alone. */
async function named(name: string, address: () => string): Promise<string> {
  const front = await startTlsFront(address);
  ends.push(front.close);
  ports[`${name}.kinora.example:443`] = front.port;
  return `${name}.kinora.example`;
}

const viaProxy = () => ({
  HTTPS_PROXY: `http://${CREDENTIALS}@127.0.0.1:${proxy.port}`,
  HTTP_PROXY: `${CREDENTIALS}@127.0.0.1:${proxy.port}`,
});

async function start(env: Record<string, string>): Promise<RunningBot> {
  const bot = await startBot({ ...TRUST, ...viaProxy(), DATA_DIR: dir, ...env });
  ends.push(() => bot.stop('SIGKILL'));
  return bot;
}

async function startProvider() {
  const files = await named('files', () => runway.url);
  const runway = await startRunway({ keys: { [KEY]: 1000 }, schedule: { polls: 1 }, clipsAt: `https://${files}` });
  ends.push(runway.close);
  const api = await named('api', () => runway.url);
  return { runway, settings: { RUNWAYML_API_SECRET: KEY, RUNWAY_URL: `https://${api}` } };
}

describe('with a proxy, and names that it alone knows', () => {
  test('a clip is asked for, looked at and fetched, and nobody reads the proxy’s password', async () => {
    const { runway, settings } = await startProvider();
    const bot = await start({ ...settings, LOG_LEVEL: 'trace' });
    const live = await openLive(bot.url);
    const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
    await live.untilState(taskId, 'delivered');
    live.close();
    // A connection for each call, and each by the proxy.
    const { submit = 0, poll = 0, clip = 0 } = runway.report().calls;
    expect(proxy.calls.get('api.kinora.example:443')).toBe(submit + poll);
    expect(proxy.calls.get('files.kinora.example:443')).toBe(clip);
    const { stdout, stderr } = await bot.stop();
    expect(stdout).toContain(`127.0.0.1:${proxy.port} for https (HTTPS_PROXY), `);
    expect(stdout + stderr).not.toContain('secret-of-the-proxy');
  });

  test('Telegram is asked, its picture fetched and the clip sent', async () => {
    const { settings } = await startProvider();
    const tg = await startTelegram({ flood: 'off' });
    ends.push(tg.close);
    const api = await named('telegram', () => tg.url);
    const bot = await start({ ...settings, ALLOW: '*', TELEGRAM_TOKEN: tg.token, TELEGRAM_API_ROOT: `https://${api}` });
    const ada = tg.people.user({});
    await tg.people.sendPhoto({ from: ada, bytes: await tinyPng(), caption: 'the sea begins to move' });
    await tg.until(() => tg.messages(ada).find(({ byBot, now }) => byBot && now.video), { withinMs: 120_000 });
    expect(proxy.calls.get('telegram.kinora.example:443')).toBeGreaterThan(1);
    expect([...proxy.calls.keys()].filter((way) => way.startsWith('telegram.') || way.startsWith('127.'))).toEqual([
      'telegram.kinora.example:443',
    ]);
    expect((await bot.stop()).code).toBe(0);
  });

  test('Discord is called, its gateway listened to and its pictures fetched', async () => {
    const gateway = await named('gateway', () => discord.url);
    const discord = await startDiscord({ gatewayAt: `wss://${gateway}` });
    ends.push(discord.close);
    const api = await named('discord', () => discord.url);
    const bot = await start({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: `https://${api}/api`,
      DISCORD_CDN_URL: discord.cdn,
    });
    await discord.ready();
    const guild = discord.guild();
    const channel = discord.channel(guild);
    const ann = discord.user({ name: 'ann' });
    discord.join(guild, ann);
    const attachment = { bytes: await tinyPng(), name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 };
    const options = { scene: 'waves' };
    await discord.slash({ user: ann, channel, command: 'animate', options, attachment }).acknowledged();
    await discord.until(() => discord.report().messages.some(({ files }) => files.length > 0), 60_000);
    expect(proxy.calls.get('gateway.kinora.example:443')).toBe(1);
    expect(proxy.calls.get('discord.kinora.example:443')).toBeGreaterThan(1);
    expect(proxy.calls.get(new URL(discord.cdn).host)).toBe(1);
    expect((await bot.stop()).code).toBe(0);
  });

  test('keys are checked', async () => {
    const { settings } = await startProvider();
    const command = [process.execPath, ...compiled('src/cli/check-keys.ts')];
    const { code, stdout } = await spawnBot({ ...TRUST, ...viaProxy(), ...settings }, { command }).ended;
    expect([code, stdout]).toEqual([0, expect.stringContaining('works, 1000 credits left')]);
    expect(proxy.calls.get('api.kinora.example:443')).toBe(1);
  });
});

test('what NO_PROXY names is reached directly', async () => {
  const { runway } = await startProvider();
  const command = [process.execPath, ...compiled('src/cli/check-keys.ts')];
  const settings = {
    ...viaProxy(),
    RUNWAYML_API_SECRET: KEY,
    RUNWAY_URL: runway.url,
    no_proxy: 'localhost,127.0.0.0/8',
  };
  const { stdout } = await spawnBot(settings, { command }).ended;
  expect(stdout).toContain('works, 1000 credits left');
  expect(proxy.calls).toEqual(new Map());
});

describe('a proxy that makes no way', () => {
  test.each([407, 502, 'close'] as const)(
    '(%s) is no answer of the service: nothing is paid, nothing doubted, and it goes on when there is one',
    async (how) => {
      const { runway, settings } = await startProvider();
      proxy.refuse(how);
      const bot = await start(settings);
      const live = await openLive(bot.url);
      const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
      const tried = () => proxy.calls.get('api.kinora.example:443') ?? 0;
      await expect.poll(tried, { timeout: 30_000 }).toBeGreaterThan(1);
      // Not without end: a try each few seconds.
      expect(tried()).toBeLessThan(6);
      proxy.refuse(undefined);
      await live.untilState(taskId, 'rendering');
      expect(live.events.map(({ data }) => ('state' in data ? data.state : ''))).not.toContain('unconfirmed');
      expect(runway.report().accepted).toHaveLength(1);
      live.close();
    },
  );

  test('is a sentence at the start where its address is none', async () => {
    const { code, stderr } = await spawnBot({ DATA_DIR: dir, HTTPS_PROXY: 'socks5://127.0.0.1:1080' }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('HTTPS_PROXY: must be the address of an HTTP proxy, like http://proxy.example.org:3128');
  });
});

test('the start says what a proxy cannot be used for, and no password', () => {
  const lists = { providers, platforms };
  const env = { https_proxy: 'http://me:hidden@proxy.lan:3128', NO_PROXY: 'lan', MONGO_URL: 'mongodb://db.lan/kinora' };
  const { config } = loadConfig(env, lists);
  const lines = introduction(config, lists, { url: '', on: [], connected: new Map(), startupNotes: [] }).split('\n');
  const said = 'proxy.lan:3128 for https (HTTPS_PROXY). Reached directly: MongoDB, what NO_PROXY names.';
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}Proxy +/));
  expect(lines.find((line) => line.startsWith('  Proxy'))).toContain(said);
  expect(config.secrets).toContain('hidden');
});

describe('NO_PROXY', () => {
  test.each([
    ['https://api.example.org/x', ['example.org'], true],
    ['https://example.org/x', ['.example.org'], true],
    ['https://api.example.org/x', ['*.example.org'], true],
    ['https://badexample.org/x', ['example.org'], false],
    ['https://API.example.org/x', ['api.EXAMPLE.org'], true],
    ['https://api.example.org/x', ['api.example.org:443'], true],
    ['https://api.example.org/x', ['api.example.org:8443'], false],
    ['wss://api.example.org/x', ['api.example.org:443'], true],
    ['http://localhost:3000/', ['localhost'], true],
    ['http://10.1.2.3/', ['10.0.0.0/8'], true],
    ['http://11.1.2.3/', ['10.0.0.0/8'], false],
    ['http://[::1]:80/', ['::1'], true],
    ['http://[::1]:81/', ['[::1]:81'], true],
    ['http://anything/', ['*'], true],
    ['http://anything/', [], false],
  ])('%s by %j: %s', (url, entries, excepted) => {
    expect(isExcepted(new URL(url), entries)).toBe(excepted);
  });
});
