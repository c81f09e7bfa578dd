import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MongoCounter, startMongoCounter } from '../fakes/mongo-counter.ts';
import { isClip } from '../helpers/discord.ts';
import { mongoUrl, noMongo } from '../helpers/mongo.ts';
import { ask, errorIn } from '../helpers/web.ts';
import { useTogether } from './together.ts';

const TAKEN = 'Got it. Progress shows below.';
const SLOW = /not on record yet/;
const TRIP_MS = 2_000;
/** What a request's twenty round trips take then, and more. */
const SLOW_MS = 150_000;

const at = useTogether();

describe.skipIf(noMongo)('a MongoDB', () => {
  let counter: MongoCounter;
  beforeEach(async () => {
    counter = await startMongoCounter(mongoUrl());
  });
  afterEach(() => counter.close());

  test('that takes two seconds for each answer, and then gives none: people are told, and what is taken comes once', async () => {
    const { url } = await at.start({ MONGO_URL: counter.url });
    const { discord, tg, photo, provider } = at;
    await discord.ready();
    const animate = at.onDiscord();
    const ada = tg.people.user({ started: true });
    const onTelegram = (caption: string) => tg.people.sendPhoto({ from: ada, chat: ada, bytes: photo, caption });
    const onWeb = (scene: string) => ask(url, photo, { key: `key-of-${scene}`, scene });
    await tg.until(() => tg.polling());

    counter.delay(TRIP_MS);
    const slow = await animate('slow on Discord');
    // Within Discord's three seconds, and it says only what is so.
    const first = await slow.answer();
    expect(first.content).toMatch(SLOW);
    await onTelegram('slow on Telegram');
    expect(tg.unconfirmed()).toHaveLength(1);
    // Asked again by who saw nothing: with the same key as the page does, and by the bar as people do.
    const onPage = await Promise.all([onWeb('slow'), onWeb('slow')]);
    expect(onPage.map(({ status }) => status).sort()).toEqual([200, 201]);
    await discord.until(() => first.content === TAKEN, SLOW_MS);
    await tg.until(() => tg.unconfirmed().length === 0, { withinMs: SLOW_MS });

    counter.delay(Number.POSITIVE_INFINITY);
    const silent = await animate('silent on Discord');
    const word = await silent.answer();
    expect(word.content).toMatch(SLOW);
    await onTelegram('silent on Telegram');
    const refused = await onWeb('silent');
    expect(refused.status).toBe(503);
    expect(await errorIn(refused)).toContain('The bot cannot use its record at present');
    // It is with Telegram as long as it is not on record.
    expect(tg.unconfirmed()).toHaveLength(1);
    expect(word.content).toMatch(SLOW);
    expect([slow, silent].flatMap(({ interaction }) => interaction.refused)).toEqual([]);

    counter.delay(0);
    // The page asks again by itself, with its key.
    await expect.poll(async () => (await onWeb('silent')).ok, { timeout: SLOW_MS, interval: 2_000 }).toBe(true);
    await discord.until(() => word.content === TAKEN, SLOW_MS);
    await tg.until(() => tg.unconfirmed().length === 0, { withinMs: SLOW_MS });
    const scenes = ['slow', 'slow on Discord', 'slow on Telegram', 'silent', 'silent on Discord', 'silent on Telegram'];
    const made = () => provider.report().accepted.map(({ scene }) => scene);
    await expect.poll(() => made().toSorted(), { timeout: SLOW_MS }).toEqual(scenes.toSorted());
    await tg.until(() => at.clipsOnTelegram(ada, 'on Telegram').length === 2, { withinMs: SLOW_MS });
    await expect
      .poll(
        () =>
          discord
            .clips()
            .filter(isClip)
            .map(({ content }) => content),
        { timeout: SLOW_MS },
      )
      .toHaveLength(2);
    expect(made()).toHaveLength(scenes.length);
  }, 600_000);
});
