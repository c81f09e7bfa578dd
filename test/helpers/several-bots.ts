import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webhookSecret } from '../../src/chat/telegram/receive/webhook.ts';
import { freePort } from '../bench/free-port.ts';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import type { StandIn } from '../fakes/stand-in.ts';
import { startTelegrams } from '../fakes/telegram/several.ts';
import type { FakeTelegram } from '../fakes/telegram/telegram.ts';
import { type RunningBot, startBot } from './bot.ts';
import { tinyPng } from './pictures.ts';
import { KEY, type SeenMessage } from './telegram.ts';

export const A = { token: '5550001111:AAFirstTokenOfTheStandIn-0123456789abc', username: 'first_bot' };
export const B = { token: '5550002222:AASecondTokenOfTheStandIn-0123456789ab', username: 'second_bot' };

/** Two bots, what renders, and programs that are on both. */
export async function startSeveralBots(telegram: { webhookBackoffMs?: number } = {}) {
  const closers: (() => unknown)[] = [];
  const common = { flood: 'off', ephemeral: 'unknown', ...telegram } as const;
  const several = await startTelegrams([
    { ...A, ...common },
    { ...B, ...common },
  ]);
  closers.push(several.close);
  const provider = await startAivideoapi({ keys: { [KEY]: 100 }, schedule: { ms: 150 } });
  closers.push(() => provider.close());
  const dir = await mkdtemp(join(tmpdir(), 'kinora-bots-'));
  closers.push(() => rm(dir, { recursive: true, force: true }));
  const [a, b] = several.bots;
  if (!a || !b) throw new Error('two bots');
  const settings = {
    DATA_DIR: dir,
    AIVIDEOAPI_URL: provider.url,
    API_KEYS: KEY,
    TELEGRAM_API_ROOT: several.url,
    TELEGRAM_TOKEN: A.token,
    TELEGRAM_TOKENS: B.token,
  };
  async function start(more: Record<string, string> = {}, onLog?: (line: string) => void): Promise<RunningBot> {
    const port = await freePort();
    const own = { PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
    const bot = await startBot({ ...settings, ...own, ...more }, { onLog });
    closers.push(async () => {
      const { stdout, stderr } = await bot.stop('SIGKILL');
      if (process.env.SHOW_LOG) console.log(stdout, stderr);
    });
    return bot;
  }
  return {
    ...several,
    a,
    b,
    provider,
    dir,
    start,
    photo: await tinyPng(),
    /** Ends this with the rest. */
    ends: (close: () => unknown) => void closers.push(close),
    async close() {
      for (const close of closers.reverse()) await close();
    },
  };
}

export const said = (tg: FakeTelegram, chat: { id: number }): SeenMessage[] =>
  tg.messages(chat).filter(({ byBot }) => byBot);
export const clipsIn = (tg: FakeTelegram, chat: { id: number }) => said(tg, chat).filter(({ now }) => now.video);
/** Its status. */
export const tellAt = async (url: string, token: string, update: object): Promise<number> => {
  const headers = { 'x-telegram-bot-api-secret-token': webhookSecret(token) };
  return (await fetch(url, { method: 'POST', body: JSON.stringify(update), headers })).status;
};
/** The last of so many clips, once they are there. */
export const untilClips = (tg: FakeTelegram, chat: { id: number }, n: number): Promise<SeenMessage> =>
  tg.until(
    () => {
      const clips = clipsIn(tg, chat);
      return clips.length === n && clips.at(-1);
    },
    { what: `${n} clips in ${chat.id}` },
  );
/** Scenes that were paid for. */
export const accepted = (provider: StandIn) =>
  provider
    .report()
    .accepted.map(({ scene }) => scene)
    .sort();
