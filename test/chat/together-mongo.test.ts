import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import { startDiscord } from '../fakes/discord/discord.ts';
import type { StandIn } from '../fakes/stand-in.ts';
import { startTelegram } from '../fakes/telegram/telegram.ts';
import { type RunningBot, startBot } from '../helpers/bot.ts';
import { isClip } from '../helpers/discord.ts';
import { mongoUrl, noMongo } from '../helpers/mongo.ts';
import { tinyPng } from '../helpers/pictures.ts';

const KEY = 'key_together-0123456789abcdef';
/** A lease of ten seconds, and those who wait for it look every few. */
const TAKEN_OVER_MS = 15_000;

let dir: string;
let provider: StandIn;
let discord: Awaited<ReturnType<typeof startDiscord>>;
let tg: Awaited<ReturnType<typeof startTelegram>>;
let bots: RunningBot[];
let photo: Buffer;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-together-'));
  provider = await startAivideoapi({ keys: { [KEY]: 100 }, schedule: { ms: 200 } });
  discord = await startDiscord();
  tg = await startTelegram({ flood: 'off' });
  bots = [];
  photo = await tinyPng();
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop('SIGKILL')));
  await Promise.all([provider.close(), discord.close(), tg.close()]);
  await rm(dir, { recursive: true, force: true });
});

async function start(more: Record<string, string> = {}): Promise<RunningBot> {
  const bot = await startBot({
    ...{ DATA_DIR: join(dir, String(bots.length)), API_KEYS: KEY, AIVIDEOAPI_URL: provider.url, ALLOW: '*' },
    ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api, DISCORD_CDN_URL: discord.cdn },
    ...{ TELEGRAM_TOKEN: tg.token, TELEGRAM_API_ROOT: tg.url, GEN4_CONCURRENCY: '20' },
    ...more,
  });
  bots.push(bot);
  return bot;
}

function onDiscord() {
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);
  return (scene: string) =>
    discord.slash({
      ...{ user: ann, channel, command: 'animate', options: { scene } },
      attachment: { bytes: photo, name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 },
    });
}

const clipsOnTelegram = (user: { id: number }, caption: string) =>
  tg.messages(user).filter(({ byBot, now }) => byBot && now.video && now.caption?.includes(caption));

test('Discord and Telegram meet in one process, on one record', async () => {
  await start();
  await discord.ready();
  const animate = onDiscord();
  const ann = tg.people.user({ name: 'Ann', started: true });
  tg.people.sendPhoto({ from: ann, bytes: photo, caption: 'asked on Telegram' });
  await animate('asked on Discord').acknowledged();
  await discord.until(() => discord.clips().some(({ content }) => content.includes('asked on Discord')), 40_000);
  await tg.until(() => clipsOnTelegram(ann, 'asked on Telegram').length === 1, { what: 'the clip on Telegram' });
  expect(
    provider
      .report()
      .accepted.map(({ scene }) => scene)
      .toSorted(),
  ).toEqual(['asked on Discord', 'asked on Telegram']);
});

describe.skipIf(noMongo)('two gateways and a worker on one MongoDB', () => {
  test('what both hear is one task, and what one of them received is received by the other when it dies', async () => {
    const MONGO_URL = mongoUrl();
    const gateways = [await start({ MONGO_URL, ROLE: 'gateway' }), await start({ MONGO_URL, ROLE: 'gateway' })];
    await start({ MONGO_URL, ROLE: 'worker' });
    await discord.until(() => discord.gateway.connected() === 2, 20_000);
    await discord.ready();
    const animate = onDiscord();
    const deeds = Array.from({ length: 8 }, (_, n) => animate(`number ${n}`));
    for (const deed of deeds) await deed.acknowledged();
    await discord.until(() => discord.clips().filter(isClip).length >= deeds.length, 40_000);
    const ann = tg.people.user({ name: 'Ann', started: true });
    for (const [n, gateway] of gateways.entries()) {
      await gateway.stop('SIGKILL');
      tg.people.sendPhoto({ from: ann, bytes: photo, caption: `after kill ${n}` });
      await tg.until(() => clipsOnTelegram(ann, `after kill ${n}`).length === 1, {
        what: `the clip after kill ${n}`,
        withinMs: TAKEN_OVER_MS + 30_000,
      });
      if (n === 0) await start({ MONGO_URL, ROLE: 'gateway' });
    }
    const scenes = provider.report().accepted.map(({ scene }) => scene);
    expect(scenes.toSorted()).toEqual([...new Set(scenes)].toSorted());
    expect(scenes).toHaveLength(deeds.length + 2);
    expect(discord.clips().filter(isClip)).toHaveLength(deeds.length);
  }, 120_000);
});
