import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import { startDiscord } from '../fakes/discord/discord.ts';
import type { StandIn } from '../fakes/stand-in.ts';
import { startTelegram } from '../fakes/telegram/telegram.ts';
import { type RunningBot, startBot } from '../helpers/bot.ts';
import { tinyPng } from '../helpers/pictures.ts';

const KEY = 'key_together-0123456789abcdef';

/** Stand-ins of Discord, Telegram and what renders for each test, and bots that are on both. */
export function useTogether() {
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
      DATA_DIR: join(dir, String(bots.length)),
      API_KEYS: KEY,
      AIVIDEOAPI_URL: provider.url,
      ALLOW: '*',
      // One person asks for all of it at once.
      MAX_WAITING_PER_PERSON: '100',
      MAX_WAITING_PER_CHAT: '100',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.api,
      DISCORD_CDN_URL: discord.cdn,
      TELEGRAM_TOKEN: tg.token,
      TELEGRAM_API_ROOT: tg.url,
      GEN4_CONCURRENCY: '20',
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

  return {
    start,
    onDiscord,
    clipsOnTelegram,
    get discord() {
      return discord;
    },
    get tg() {
      return tg;
    },
    get provider() {
      return provider;
    },
    get photo() {
      return photo;
    },
  };
}
