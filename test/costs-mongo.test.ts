import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from './bench/free-port.ts';
import { useTogether } from './chat/together.ts';
import { isLook, isNobodys, type MongoCounter, startMongoCounter } from './fakes/mongo-counter.ts';
import { isClip } from './helpers/discord.ts';
import { mongoUrl, noMongo } from './helpers/mongo.ts';
import { countMoved } from './helpers/moved.ts';

/** What a clip costs at most, from the word of its person until nothing is left to do: the table of the architecture page. */
const MOST = {
  'round trips to MongoDB': { telegram: 17, discord: 18, crowd: 19, apart: 23 },
  'calls to the platform': { telegram: 9, discord: 8, crowd: 10, apart: 9 },
  'uploads of the clip': { telegram: 1, discord: 1, crowd: 1, apart: 1 },
  'calls to the service': { telegram: 4, discord: 4, crowd: 4, apart: 4 },
  'KB to and from MongoDB': { telegram: 180, discord: 200, crowd: 200, apart: 200 },
  'KB to and from the platform': { telegram: 30, discord: 35, crowd: 35, apart: 35 },
  'KB to and from the service': { telegram: 30, discord: 30, crowd: 30, apart: 30 },
};
/** Of a process that finds no work, each time it looks. */
const MOST_A_LOOK = 2;
/** Half of them on each platform. */
const CROWD = 10;

type What = keyof typeof MOST;
type Costs = Record<What, number>;
const WHATS: What[] = [
  'round trips to MongoDB',
  'calls to the platform',
  'uploads of the clip',
  'calls to the service',
  'KB to and from MongoDB',
  'KB to and from the platform',
  'KB to and from the service',
];
/** `apart`: alone, by a gateway and a worker; the others by one process that is both. */
const HOWS = ['telegram', 'discord', 'crowd', 'apart'] as const;

const at = useTogether();

describe.skipIf(noMongo)('what a clip costs', () => {
  let counter: MongoCounter;
  let moved: ReturnType<typeof countMoved>;
  beforeEach(async () => {
    // Before anything connects.
    moved = countMoved();
    counter = await startMongoCounter(mongoUrl());
  });
  afterEach(async () => {
    moved.stop();
    await counter.close();
  });

  const sum = (calls: Record<string, number>): number => Object.values(calls).reduce((all, n) => all + n, 0);
  const portOf = (url: string): number => Number(new URL(url).port);
  const telegramCalls = () => at.tg.report().calls.filter(({ method }) => method !== 'getUpdates');
  const discordCalls = () => at.discord.report().requests;
  /** Messages that are gone again among them. */
  const uploadsOnDiscord = () =>
    at.discord.report().messages.filter(({ files }) => files.some(({ contentType }) => contentType === 'video/mp4'));

  const soFar = (): Costs => ({
    'round trips to MongoDB': counter.trips.filter((trip) => !isNobodys(trip)).length,
    'calls to the platform': telegramCalls().length + discordCalls().length + at.discord.report().downloads.length,
    'uploads of the clip': at.tg.report().videos.length + uploadsOnDiscord().length,
    'calls to the service': sum(at.provider.report().calls),
    'KB to and from MongoDB': moved.at(counter.port) / 1000,
    'KB to and from the platform': (moved.at(portOf(at.tg.url)) + moved.at(portOf(at.discord.api))) / 1000,
    'KB to and from the service': moved.at(portOf(at.provider.url)) / 1000,
  });

  /** Does something, waits until nobody has anything to do for it any more, and says what it cost each of so many. */
  async function costOf(clips: number, ask: () => Promise<unknown>): Promise<Costs> {
    const before = soFar();
    const shown = () => at.tg.report().videos.length + at.discord.clips().filter(isClip).length;
    const wanted = shown() + clips;
    await ask();
    const isDone = () => shown() >= wanted && counter.trips.slice(-8).every(isNobodys);
    await expect.poll(isDone, { timeout: 60_000, interval: 100 }).toBe(true);
    const after = soFar();
    for (const what of WHATS) after[what] = (after[what] - before[what]) / clips;
    return after;
  }

  test('is no more than the architecture page says, alone and in a crowd', async () => {
    const port = await freePort();
    const callable = { PORT: String(port) };
    const settings = {
      MONGO_URL: counter.url,
      // As the README has it where clips cost something: what counts a day asks the record, too.
      DAILY_BUDGET: '100000',
      DAILY_PER_PERSON: '50',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    };
    const both = await at.start({ ...settings, ...callable });
    await at.discord.ready();
    const animate = at.onDiscord();
    const onTelegram = async (name: string) => {
      const person = at.tg.people.user({ name, started: true });
      await at.tg.people.sendPhoto({ from: person, chat: person, bytes: at.photo, caption: `the sea of ${name}` });
    };
    // The first one on each has words and menus along.
    await costOf(2, () => Promise.all([onTelegram('Ada'), animate('the first').acknowledged()]));
    const together = {
      telegram: await costOf(1, () => onTelegram('Bea')),
      discord: await costOf(1, () => animate('the second').acknowledged()),
      crowd: await costOf(CROWD, () =>
        Promise.all(
          Array.from({ length: CROWD }, (_, n) => (n % 2 ? onTelegram(`Cy ${n}`) : animate(`no ${n}`).acknowledged())),
        ),
      ),
    };
    // Each look at its end says that nothing is due, and that nothing waits to be started.
    const idle = counter.trips.slice(-8).filter(({ collection }) => collection === 'tasks');
    const looks = idle.filter(isLook).length;
    expect(looks).toBeGreaterThan(1);
    expect(idle.length).toBeLessThanOrEqual(MOST_A_LOOK * looks + 1);
    await both.stop();
    await Promise.all([
      at.start({ ...settings, ...callable, ROLE: 'gateway' }),
      at.start({ ...settings, ROLE: 'worker' }),
    ]);
    await costOf(1, () => onTelegram('Dot'));
    const costs = { ...together, apart: await costOf(1, () => onTelegram('Eve')) };
    for (const what of WHATS)
      for (const how of HOWS) expect(costs[how][what], `${what}, ${how}`).toBeLessThanOrEqual(MOST[what][how]);
  }, 120_000);
});
test('the architecture page has these figures', () => {
  const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');
  for (const what of WHATS) expect(page).toContain(`| ${[what, ...HOWS.map((how) => MOST[what][how])].join(' | ')} |`);
});
