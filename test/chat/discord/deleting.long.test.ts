import { PermissionFlagsBits as P } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textOf } from '../../fakes/discord/components.ts';
import type { Message } from '../../fakes/discord/world.ts';
import { type DiscordStage, discordStage, pressUnder } from '../../helpers/discord.ts';

let stage: DiscordStage;
beforeAll(async () => {
  stage = await discordStage();
});
afterAll(() => stage.close());

const isGone = (message: Message) => stage.discord.until(() => message.deletedAt !== undefined, 20_000);

/** A clip in a thread on its card, in a channel of its own. */
async function delivered(more: Parameters<DiscordStage['room']>[0] = {}) {
  const where = stage.room(more);
  await stage.animate({ where, scene: 'a secret of mine' });
  const card = await stage.card(where);
  const { thread, clip } = await stage.delivered(card);
  await stage.discord.until(() => textOf(card.components).includes('Done'), 20_000);
  return { where, card, thread, clip };
}

const pressDelete = (message: Message) => pressUnder(stage.discord, stage.ann, message, 'Delete');

describe('Delete leaves nothing', () => {
  test('of the thread neither its name nor a place in the list, though the bot may not delete it', async () => {
    const { card, thread, clip } = await delivered();
    expect(thread.name).toBe('a secret of mine');
    await (await pressDelete(clip)).acknowledged();
    await Promise.all([isGone(card), isGone(clip)]);
    await stage.discord.until(() => thread.thread?.archived);
    expect(thread.name).toBe('Clip');
  });

  test('nor the thread itself, where the bot may delete it', async () => {
    const { card, thread } = await delivered({ allow: P.ManageThreads });
    await (await pressDelete(card)).acknowledged();
    await stage.discord.until(() => thread.deleted, 20_000);
  });

  test('but what others wrote in the thread, which is renamed', async () => {
    const { thread, clip } = await delivered({ allow: P.ManageThreads });
    const talk = stage.discord.says(stage.ann, thread, { content: 'what a clip' });
    await (await pressDelete(clip)).acknowledged();
    await stage.discord.until(() => thread.name === 'Clip', 20_000);
    expect(thread.deleted).toBe(false);
    expect(talk.deletedAt).toBeUndefined();
  });

  test('in a thread that has put itself away, too', async () => {
    const { card, thread, clip } = await delivered();
    stage.discord.archive(thread);
    await (await pressDelete(card)).acknowledged();
    await isGone(clip);
    await stage.discord.until(() => thread.name === 'Clip' && thread.thread?.archived, 20_000);
  });
});

describe('"Deleted." is said once it is true', () => {
  test.each([
    ['a rate limit', { how: 'status', status: 429, body: { retry_after: 2, message: 'slow', global: false } }],
    ['an error', { how: 'status', status: 502 }],
    ['a broken connection', { how: 'reset', when: 'unread' }],
  ] as const)('%s: until then it says that it will be', async (_what, fault) => {
    const { card, clip } = await delivered();
    stage.discord.misbehave('deleteMessage', fault, fault);
    const answer = await (await pressDelete(clip)).answer();
    if (answer.content === 'Deleted.') expect([card, clip].map(({ deletedAt }) => deletedAt)).not.toContain(undefined);
    else expect(answer.content).toContain('go as soon as');
    await stage.discord.until(() => answer.content === 'Deleted.', 30_000);
    expect([card, clip].map(({ deletedAt }) => deletedAt)).not.toContain(undefined);
  });

  test('where the bot may not, that is said, its messages are emptied, and go once it may', async () => {
    const { clip, card } = await delivered();
    const body = { code: 50013, message: 'Missing Permissions' };
    stage.discord.misbehave('deleteMessage', ...Array(2).fill({ how: 'status', status: 403, body }));
    const answer = await (await pressDelete(clip)).answer();
    await stage.discord.until(() => answer.content.includes('may not remove it here: Discord does not let me'), 20_000);
    expect(card.revisions.at(-1)?.files).toEqual([]);
    expect([card, clip].map(({ components }) => textOf(components))).toEqual(['Deleted.', 'Deleted.']);
    await Promise.all(
      [card, clip].map((message) => stage.discord.until(() => message.deletedAt !== undefined, 40_000)),
    );
  });
});

test('what was promised to go goes after a restart, too', async () => {
  const { discord } = stage;
  const { card, thread, clip } = await delivered();
  discord.misbehave('deleteMessage', ...Array.from({ length: 4 }, () => ({ how: 'status', status: 502 }) as const));
  expect((await (await pressDelete(clip)).answer()).content).toContain('go as soon as');
  await stage.stop('SIGKILL');
  await stage.start();
  await Promise.all([card, clip].map((message) => discord.until(() => message.deletedAt !== undefined, 100_000)));
  await discord.until(() => thread.name === 'Clip', 20_000);
}, 150_000);

// The last: faults of pictures that it did not need are left.
test('an interaction that was heard too late leaves no card in public', async () => {
  const { discord } = stage;
  const where = stage.room();
  discord.misbehave('cdn', ...Array.from({ length: 5 }, () => ({ how: 'status', status: 503 }) as const));
  discord.misbehave('callback', { how: 'status', status: 404, body: { code: 10062, message: 'Unknown interaction' } });
  await stage.animate({ where });
  await expect.poll(() => stage.log(), { timeout: 20_000 }).toContain('"to":"cancelled"');
  // It was there for a moment and is taken away, or is looked for in vain.
  const isLookedAfter = () =>
    discord.report().requests.some(({ route }) => route === 'deleteMessage' || route === 'listMessages');
  await discord.until(() => isLookedAfter() && stage.shown(where).length === 0, 20_000);
});
