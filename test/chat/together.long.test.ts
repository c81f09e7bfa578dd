import { expect, test } from 'vitest';
import { useTogether } from './together.ts';

const at = useTogether();

// Several processes: together-mongo.long.test.ts.
test('Discord and Telegram meet in one process, on one record', async () => {
  await at.start();
  await at.discord.ready();
  const animate = at.onDiscord();
  const ann = at.tg.people.user({ name: 'Ann', started: true });
  at.tg.people.sendPhoto({ from: ann, bytes: at.photo, caption: 'asked on Telegram' });
  await animate('asked on Discord').acknowledged();
  await at.discord.until(() => at.discord.clips().some(({ content }) => content.includes('asked on Discord')), 40_000);
  await at.tg.until(() => at.clipsOnTelegram(ann, 'asked on Telegram').length === 1, { what: 'the clip on Telegram' });
  expect(
    at.provider
      .report()
      .accepted.map(({ scene }) => scene)
      .toSorted(),
  ).toEqual(['asked on Discord', 'asked on Telegram']);
});
