import { afterEach, expect, test } from 'vitest';
import { type DiscordGateways, discordGateways } from '../../helpers/discord-gateways.ts';
import { tinyPng } from '../../helpers/pictures.ts';

let at: DiscordGateways;
afterEach(() => at.close());

async function twoGateways(): Promise<DiscordGateways> {
  at = await discordGateways({ count: 2 });
  await at.listen();
  return at;
}

const PICTURE = { name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 };

test('two gateways that hear the same make one task of it, and only one answer is given', async () => {
  const { discord, channel, ann, lines, tasks } = await twoGateways();
  const bytes = await tinyPng();
  const slashes = Array.from({ length: 20 }, (_, n) =>
    discord.slash({
      user: ann,
      channel,
      command: 'animate',
      options: { scene: `scene ${n}` },
      attachment: { bytes, ...PICTURE },
    }),
  );
  for (const slash of slashes) expect((await slash.answer()).content).toBe('Got it. Progress shows below.');
  // An answer that is slow to come back is given once more, and refused once more.
  await discord.until(() => slashes.every(({ interaction }) => interaction.refused.length > 0));
  expect(new Set(slashes.flatMap(({ interaction }) => interaction.refused))).toEqual(new Set([40060]));
  expect(discord.messages(channel).map(({ content }) => content)).toEqual(
    Array(20).fill('Got it. Progress shows below.'),
  );
  expect((await tasks()).map(({ scene }) => scene).toSorted()).toEqual(slashes.map((_, n) => `scene ${n}`).toSorted());
  expect(lines).toEqual([]);
});

test('a form that both hear makes one task, though its draft is cleared away by the first', async () => {
  const { discord, channel, ann, lines, tasks } = await twoGateways();
  const file = discord.file(channel, { bytes: await tinyPng(), name: 'cat.png', type: 'image/png' });
  const message = discord.says(ann, channel, { attachments: [file] });
  const form = discord.menu({ user: ann, message, command: 'Animate this picture' });
  const sent = await discord.submit(form, { scene: 'slow zoom' });
  expect((await sent.answer()).content).toBe('Got it. Progress shows below.');
  await discord.until(() => sent.interaction.refused.length > 0);
  expect(await tasks()).toHaveLength(1);
  expect(lines).toEqual([]);
});
