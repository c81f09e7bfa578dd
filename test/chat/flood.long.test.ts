import { expect, test } from 'vitest';
import type { Fault } from '../fakes/misbehave.ts';
import { isClip } from '../helpers/discord.ts';
import { useTogether } from './together.ts';

const PATIENCE_MS = 120_000;
/** All that the bot calls there but to hear of people. */
const TELEGRAM_CALLS = [
  ...['sendMessage', 'sendPhoto', 'sendVideo', 'editMessageText', 'editMessageMedia', 'editMessageReplyMarkup'],
  ...['deleteMessage', 'sendChatAction', 'setMessageReaction', 'getFile'],
];
const FLOOD: Fault = {
  how: 'status',
  status: 429,
  body: {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 2',
    parameters: { retry_after: 2 },
  },
};
const DISCORD_CALLS = ['createMessage', 'editMessage', 'startThread'];

const at = useTogether();

test('a platform that says 429 to everything holds up no other, and when it ends each clip comes once', async () => {
  await at.start();
  const { tg, discord, photo, provider } = at;
  await discord.ready();
  const animate = at.onDiscord();
  await tg.until(() => tg.polling());
  const shown = () => discord.clips().filter(isClip).length;

  tg.storm({ seed: 1, chance: 1, faults: Object.fromEntries(TELEGRAM_CALLS.map((call) => [call, [FLOOD]])) });
  const people = ['Ada', 'Bea', 'Cy'].map((name) => tg.people.user({ name, started: true }));
  await Promise.all(
    people.map((from) => tg.people.sendPhoto({ from, chat: from, bytes: photo, caption: 'refused on Telegram' })),
  );
  await tg.until(() => tg.unconfirmed().length === 0);
  await animate('beside it on Discord');
  await discord.until(() => shown() === 1, PATIENCE_MS);
  expect(people.flatMap((each) => tg.messages(each).filter(({ byBot }) => byBot))).toEqual([]);
  tg.storm(undefined);
  const clips = () => people.map((each) => at.clipsOnTelegram(each, 'refused on Telegram').length);
  await tg.until(() => clips().every((n) => n === 1), { withinMs: PATIENCE_MS });

  for (const route of DISCORD_CALLS)
    discord.throttle(route, ...Array.from({ length: 3 }, () => ({ retryAfterMs: 4_000, scope: 'global' }) as const));
  const deed = await animate('refused on Discord');
  expect((await deed.answer()).content).toContain('Got it');
  const dan = tg.people.user({ name: 'Dan', started: true });
  await tg.people.sendPhoto({ from: dan, chat: dan, bytes: photo, caption: 'beside it on Telegram' });
  await tg.until(() => at.clipsOnTelegram(dan, 'beside it').length === 1, { withinMs: PATIENCE_MS });
  await discord.until(() => shown() === 2, PATIENCE_MS);
  expect(clips()).toEqual([1, 1, 1]);
  expect(provider.report().accepted).toHaveLength(people.length + 3);
}, 600_000);
