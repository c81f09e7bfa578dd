import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { platforms } from '../../src/chat/index.ts';
import { createTaskFiles } from '../../src/chat/kit/task-files.ts';
import type { Platform } from '../../src/chat/platform.ts';
import { createThumbnails } from '../../src/media/pictures/thumbnails.ts';
import { createNetwork } from '../../src/net/network.ts';
import { providers } from '../../src/providers/index.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/discord.ts';
import { type FakeTelegram, startTelegram } from '../fakes/telegram/telegram.ts';
import { decoder } from '../helpers/decoder.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

let rig: Rig;
let discord: FakeDiscord;
let tg: FakeTelegram;
let created: readonly Platform[];
beforeAll(async () => {
  rig = await createRig();
  discord = await startDiscord();
  tg = await startTelegram({ flood: 'off' });
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.api,
    TELEGRAM_TOKEN: tg.token,
    TELEGRAM_API_ROOT: tg.url,
  };
  const { config, platforms: ready } = loadConfig(env, { providers, platforms });
  const log = pino({ level: 'silent' });
  const { store } = rig;
  const files = createTaskFiles({
    store,
    decoder,
    thumbnails: createThumbnails({ decoder }),
    log,
    scratchDir: join(tmpdir(), 'kinora-tell'),
  });
  const deps = { store, files, log, network: createNetwork(config.network) };
  created = await Promise.all(ready.map((each) => each.create(deps)));
});
afterAll(async () => {
  await Promise.all([discord.close(), tg.close(), rig.close()]);
});

const tell = (person: string, text: string): Promise<boolean> | undefined =>
  created
    .find(({ messenger }) => person.startsWith(`${messenger.platform}:`))
    ?.tell?.(person, text, new AbortController().signal);

test('those who run the bot are told in private, on Discord and on Telegram; whoever takes nothing from it is not', async () => {
  const ann = discord.user({ name: 'ann' });
  const shy = discord.user({ name: 'shy', refusesDms: 50007 });
  const ada = tg.people.user({ started: true });
  const stranger = tg.people.user();
  expect(await tell(`discord:${ann.id}`, 'It burns.')).toBe(true);
  expect(discord.messages(discord.dm(ann)).map(({ content }) => content)).toEqual(['It burns.']);
  expect(await tell(`telegram:${ada.id}`, 'It burns.')).toBe(true);
  expect(tg.messages(ada).map(({ now }) => now.text)).toEqual(['It burns.']);
  expect(await tell(`discord:${shy.id}`, 'It burns.')).toBe(false);
  expect(await tell(`telegram:${stranger.id}`, 'It burns.')).toBe(false);
  expect(await tell('telegram:-100123', 'It burns.')).toBe(false);
});
