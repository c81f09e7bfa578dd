import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { settled } from '../../chaos/settled.ts';
import { startAivideoapi } from '../../fakes/aivideoapi.ts';
import { startBot } from '../../helpers/bot.ts';
import { createDiscordPeople } from './discord.ts';
import type { People } from './people.ts';
import { rowsOf } from './table.ts';
import { createTelegramPeople } from './telegram.ts';

const KEY = 'key_ordinary-0123456789abcdef';
const SCHEDULE = { ms: [4_000, 12_000] as [number, number] };
const PATIENCE_MS = 180_000;
/** What was promised to be taken away has so long, once nothing fails any more. */
const REST_MS = 15_000;

/**
 * The unmodified program under ordinary load: so many requests a second on each platform, of which some are in groups, with
 * a few of its calls failing. Tells what people saw, a line for each kind of place.
 */
export async function runOrdinary({ minutes, rate }: { minutes: number; rate: number }) {
  const dataDir = await mkdtemp(join(tmpdir(), 'kinora-ordinary-'));
  const service = await startAivideoapi({ keys: { [KEY]: 1_000_000 }, schedule: SCHEDULE });
  const all: People[] = [await createTelegramPeople(), await createDiscordPeople()];
  const bot = await startBot({
    API_KEYS: KEY,
    AIVIDEOAPI_URL: service.url,
    GEN4_CONCURRENCY: '60',
    ALLOW: '*',
    MAX_WAITING_PER_PERSON: '1000',
    MAX_WAITING_PER_CHAT: '1000',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ...Object.assign({}, ...all.map(({ settings }) => settings)),
  });
  try {
    await Promise.all(all.map((people) => people.ready()));
    const asked: Promise<void>[] = [];
    for (let n = 0; n < minutes * 60 * rate; n++) {
      asked.push(...all.map((people) => people.ask(n)));
      await delay(1_000 / rate);
    }
    await Promise.all(asked);
    for (const people of all) people.calm();
    await settled(bot.url, PATIENCE_MS);
    await delay(REST_MS);
    const { stderr } = await bot.stop();
    const errors = stderr.split('\n').filter((line) => line.includes('"level":50'));
    const accounts = all.map((people) => people.account());
    const late = accounts.flatMap((account) => account.late ?? []);
    return { rows: accounts.flatMap(rowsOf), odd: accounts.flatMap(({ odd }) => odd), late, errors };
  } finally {
    await bot.stop('SIGKILL');
    await Promise.all([service.close(), ...all.map((people) => people.close())]);
    await rm(dataDir, { recursive: true, force: true });
  }
}
