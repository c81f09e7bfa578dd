import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import { type FakeTelegram, startTelegram } from '../fakes/telegram/telegram.ts';
import { startBot } from '../helpers/bot.ts';
import { compiled } from '../helpers/compiled.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { atMost, type Bench, firstAnswers, told } from './bench.ts';
import { collect } from './collect.ts';

const PER_SECOND = 100;
const ROUND_SECONDS = 3;
const ROUNDS = 5;
/** Clips at once in one group, whose cards all want to move. */
const CLIPS = 5;
const RENDER_MS = 15_000;
const KEY = 'key_of-the-bench-0123456789abcdef';

/** How soon a request on Telegram is answered, and whether cards that move ever hold up a clip. */
export const telegram: Bench = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bench-telegram-'));
  try {
    return [...(await firstAnswer(dir)), ...(await clipsUnderPressure(dir))];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

const settings = (tg: FakeTelegram, provider: { url: string }, dir: string) => ({
  TELEGRAM_TOKEN: tg.token,
  TELEGRAM_API_ROOT: tg.url,
  DATA_DIR: dir,
  LOG_LEVEL: 'error',
  AIVIDEOAPI_URL: provider.url,
  API_KEYS: KEY,
  ALLOW: '*',
  TELEGRAM_PER_SECOND: '1000',
  MAX_WAITING_PER_PERSON: '100000',
  MAX_WAITING_PER_CHAT: '100000',
});

/** The program and a bare bot take turns, each at a stand-in of the same kind, which limits nothing here. */
async function firstAnswer(dir: string) {
  const [tg, bareTg] = [await startTelegram({ flood: 'off' }), await startTelegram({ flood: 'off' })];
  const provider = await startAivideoapi({ keys: { [KEY]: 1e6 }, schedule: { ms: 2_000 }, callbacks: false });
  const bot = await startBot(settings(tg, provider, join(dir, 'answers')));
  const args = [...compiled('test/bench/bare-telegram.ts'), bareTg.token, bareTg.url, join(dir, 'bare.db')];
  const bare = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(bare.stdout, 'data');
  try {
    const picture = await tinyPng();
    for (const each of [tg, bareTg]) {
      await each.until(each.polling);
      await load(each, picture, 1);
    }
    const ours: number[][] = [];
    const theirs: number[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      collect();
      theirs.push(await load(bareTg, picture, ROUND_SECONDS));
      collect();
      ours.push(await load(tg, picture, ROUND_SECONDS));
    }
    return firstAnswers({ bare: theirs, kinora: ours }, { against: 'bare bot', perSecond: PER_SECOND });
  } finally {
    bare.kill();
    await bot.stop('SIGKILL');
    for (const each of [tg, bareTg, provider]) await each.close();
  }
}

/** People who each send one picture, at fixed instants. Milliseconds from the instant to the first answer. */
async function load(tg: FakeTelegram, picture: Buffer, seconds: number): Promise<number[]> {
  const began = performance.now();
  const waits: Promise<number>[] = [];
  for (let i = 0; i < PER_SECOND * seconds; i++) {
    const at = began + (i * 1000) / PER_SECOND;
    await delay(Math.max(0, at - performance.now()));
    const person = tg.people.user({ started: true });
    // As a file: the stand-in need not scale it.
    const sent = await tg.people.sendDocument({ from: person, bytes: picture, caption: 'slow zoom in' });
    waits.push(answered(tg, person.id, sent.id).then(() => performance.now() - at));
  }
  return Promise.all(waits);
}

const answered = (tg: FakeTelegram, chat: number, after: number): Promise<unknown> =>
  tg.until(() => tg.messages(chat).some(({ byBot, id }) => byBot && id > after), { withinMs: 60_000 });

/** Real limits, and cards that move in one group: from a job's end to its clip, and whether a limit was run into. */
async function clipsUnderPressure(dir: string) {
  const tg = await startTelegram();
  const provider = await startAivideoapi({ keys: { [KEY]: 1e6 }, schedule: { ms: RENDER_MS }, callbacks: false });
  const bot = await startBot({ ...settings(tg, provider, join(dir, 'pressure')), TELEGRAM_PER_SECOND: '30' });
  try {
    const picture = await tinyPng();
    const ada = tg.people.user();
    const group = tg.people.supergroup({ members: [ada] });
    await tg.until(tg.polling);
    for (let i = 0; i < CLIPS; i++)
      await tg.people.sendDocument({ from: ada, chat: group, bytes: picture, caption: `/animate number ${i}` });
    await tg.until(() => tg.report().videos.length === CLIPS, { withinMs: 120_000 });
    const ends = new Map(
      provider.report().accepted.map(({ scene, acceptedAt }) => [scene, Date.parse(acceptedAt) + RENDER_MS]),
    );
    // Below its scene a caption has lines of facts.
    const endOf = (caption: string) => ends.get(caption.split('\n')[0] ?? '') ?? Number.NaN;
    const late = tg.report().videos.map(({ caption, at }) => (at - endOf(caption)) / 1000);
    const { counts, flood } = tg.report();
    return [
      told('clips in one group, all at once', CLIPS, ''),
      told('their cards, moved so often', counts.editMessageText ?? 0, 'times'),
      atMost(0, 'limits run into', flood.length, ''),
      atMost(10, 'longest from the end of a job to its clip', Math.max(...late), 's'),
    ];
  } finally {
    await bot.stop('SIGKILL');
    await tg.close();
    await provider.close();
  }
}
