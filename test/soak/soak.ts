import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { openStore } from '../../src/store/open.ts';
import type { Crowd, CrowdOptions } from '../chaos/crowd.ts';
import { createDiscordCrowd } from '../chaos/crowd-discord.ts';
import { createTelegramCrowd } from '../chaos/crowd-telegram.ts';
import { createWebCrowd } from '../chaos/crowd-web.ts';
import { settled } from '../chaos/settled.ts';
import { type ChildStandIn, spawnStandIn } from '../fakes/child.ts';
import type { ClipOptions } from '../fakes/clips.ts';
import { type RunningBot, startBot } from '../helpers/bot.ts';
import type { Held } from './figures.ts';
import { createPictures } from './pictures.ts';
import { grown, leftOver, undelivered, unended } from './verdict.ts';
import { createWatch, type Figures } from './watch.ts';

export interface SoakOptions {
  minutes: number;
  /** Requests a second, over all chats. */
  rate: number;
  /** Told the figures as they come. */
  say?: (line: Figures) => void;
}

export interface SoakVerdict {
  figures: Figures[];
  /** A sentence each; none where all holds. */
  wrong: string[];
}

const KEY = 'key_soak-0123456789abcdef';
const CLIPS: ClipOptions = { sizesMb: [1, 8], framing: 'mixed' };
const SCHEDULE = { ms: [500, 3_000] as [number, number] };
/** Parts of the run: the first warms the program up, and each of the others tells what it holds. */
const PARTS = ['', 'warmed up', 'in the middle', '', 'towards the end'];
/**
 * After the last request, everything must have come to its end: a rate that is too much for the machine leaves a queue.
 * Idle connections are let go of a while later.
 */
const PATIENCE = { minutes: 2, timesAsLong: 2 };
const REST_MS = 30_000;
const LAST_LINES = 8;

/**
 * The unmodified program at its edge: people on all chats at once, pictures and clips as large as they come, from servers
 * that frame and close as those of the world do. Nothing is killed here: what dies, dies by itself, and that is the end.
 */
export async function runSoak(options: SoakOptions): Promise<SoakVerdict> {
  const dir = await mkdtemp(join(tmpdir(), 'kinora-soak-'));
  const dataDir = join(dir, 'data');
  const over = new AbortController();
  // All who wait for their turn.
  setMaxListeners(0, over.signal);
  const service = await spawnStandIn({
    kind: 'aivideoapi',
    options: { keys: { [KEY]: 1_000_000 }, schedule: SCHEDULE, clips: CLIPS },
  });
  const crowds = await createCrowds(options, over.signal);
  let bot: RunningBot | undefined;
  try {
    bot = await startBot({
      API_KEYS: KEY,
      AIVIDEOAPI_URL: service.url,
      GEN4_CONCURRENCY: '30',
      ALLOW: '*',
      // A few people ask for all of it.
      MAX_WAITING_PER_PERSON: '1000',
      MAX_WAITING_PER_CHAT: '1000',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      ...Object.assign({}, ...crowds.map(({ settings }) => settings)),
    });
    return await soak({ ...options, bot, service, crowds, dataDir, over });
  } finally {
    over.abort();
    await bot?.stop('SIGKILL');
    await Promise.all([service.close(), ...crowds.map((crowd) => crowd.close())]);
    await rm(dir, { recursive: true, force: true });
  }
}

async function createCrowds({ minutes, rate }: SoakOptions, signal: AbortSignal): Promise<Crowd[]> {
  const [tasks, overMs] = [Math.round((rate * minutes * 60) / 3), minutes * 60_000];
  const each: CrowdOptions = { tasks, overMs, signal, picture: await createPictures(), framing: 'mixed' };
  return Promise.all([
    createDiscordCrowd({ ...each, name: 'Discord' }),
    createTelegramCrowd({ ...each, name: 'Telegram' }),
    createWebCrowd({ ...each, name: 'the web' }),
  ]);
}

interface Running extends SoakOptions {
  bot: RunningBot;
  service: ChildStandIn;
  crowds: readonly Crowd[];
  dataDir: string;
  /** Nobody asks any more. */
  over: AbortController;
}

async function soak({ minutes, bot, service, crowds, dataDir, over, say = () => {} }: Running): Promise<SoakVerdict> {
  let clips = 0;
  let death: string | undefined;
  void bot.ended.then(({ code, stderr }) => {
    if (over.signal.aborted) return;
    death = `the program ended by itself, with ${code}: ${lastWords(stderr)}`;
    over.abort();
  });
  const counts = () => ({
    requests: crowds.reduce((sum, crowd) => sum + crowd.heard().size, 0),
    clips,
    deaths: death === undefined ? 0 : 1,
  });
  const watch = createWatch({ pid: bot.child.pid ?? 0, dataDir, counts, say });

  async function look() {
    const shown = await Promise.all(crowds.map((crowd) => crowd.look([bot.url])));
    clips = shown.reduce((sum, scenes) => sum + [...scenes.values()].flat().length, 0);
    return shown;
  }

  try {
    const atStart = await watch.now('at rest, at the start');
    const asking = Promise.all(crowds.map((crowd) => crowd.ask([bot.url])));
    const spans: Held[] = [];
    const partMs = (minutes * 60_000) / PARTS.length;
    for (const [n, part] of PARTS.entries()) {
      await watch.until((n + 1) * partMs, over.signal, look);
      if (part !== '' && death === undefined) spans.push(watch.since(part, n * partMs));
    }
    await asking;
    const patience = PATIENCE.minutes + PATIENCE.timesAsLong * minutes;
    await settled(bot.url, patience * 60_000, over.signal);
    const shown = await look();
    const isRest = (now: Held) => leftOver(atStart, now).length === 0;
    const atRest = await watch.rest('at rest, at the end', isRest, REST_MS);
    const report = await service.report();
    over.abort();
    const { code } = await bot.stop();
    const wrong = [
      ...(code === 0 ? [] : [`the program was stopped and ended with ${code}`]),
      // Where there was a queue, most of the clips came after the last request.
      ...[spans.at(-1) ?? atStart, atRest].flatMap((late) => grown(spans[0] ?? atStart, late)),
      ...leftOver(atStart, atRest),
      ...crowds.flatMap((crowd, n) => undelivered(crowd, shown[n] ?? new Map(), report, CLIPS)),
      ...(await unendedIn(dataDir)),
    ];
    return { figures: watch.figures, wrong };
  } catch (error) {
    // The dead cannot be looked at.
    await Promise.race([bot.ended, delay(1_000)]);
    watch.last('the last look');
    return { figures: watch.figures, wrong: [death ?? String(error)] };
  }
}

async function unendedIn(dataDir: string): Promise<string[]> {
  const store = await openStore({ dataDir }, pino({ level: 'silent' }));
  try {
    return await unended(store, dataDir);
  } finally {
    await store.close();
  }
}

/** What it died of: from its first error on. */
function lastWords(stderr: string): string {
  const lines = stderr.trim().split('\n');
  const from = lines.findIndex((line) => /^\w*Error\b/.test(line));
  return lines.slice(from, from < 0 ? undefined : from + LAST_LINES).join('\n');
}
