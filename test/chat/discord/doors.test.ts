import { PermissionFlagsBits as P } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { USUAL_PERMISSIONS } from '../../fakes/discord/world.ts';
import { type DiscordGateways, discordGateways } from '../../helpers/discord-gateways.ts';

let at: DiscordGateways;
beforeAll(async () => {
  at = await discordGateways({ count: 2 });
  await at.listen();
});
afterAll(() => at.close());

const asked = async (id: string): Promise<number> => (await at.store.tasks.get(id))?.asked ?? 0;

/** A clip of ann's that no place takes. */
async function shutOut() {
  const task = await at.task('ready');
  await at.store.shutOut.put(task);
  return task;
}

describe('a clip that no place takes is due where', () => {
  test.each<[string, () => unknown]>([
    ['its person writes to the bot', () => at.discord.says(at.ann, at.discord.dm(at.ann), { content: 'hello' })],
    [
      'its person uses a command elsewhere',
      () => at.discord.slash({ user: at.ann, channel: at.discord.channel(at.guild), command: 'help' }),
    ],
    [
      'somebody uses a command in its channel',
      () => {
        const bob = at.discord.user({ name: 'bob' });
        at.discord.join(at.guild, bob);
        return at.discord.slash({ user: bob, channel: at.channel, command: 'help' });
      },
    ],
    ['its channel is opened to the bot', () => at.discord.deny(at.channel)],
    ['its server lets the bot do more', () => at.discord.grant(at.guild, USUAL_PERMISSIONS | P.ManageThreads)],
    [
      'the bot is invited again',
      () => {
        at.discord.kick(at.guild);
        at.discord.invite(at.guild);
      },
    ],
  ])('%s, once, whichever process hears it', async (_what, open) => {
    const task = await shutOut();
    await open();
    await expect.poll(() => asked(task.id), { timeout: 5_000 }).toBe(1);
    expect(await at.store.shutOut.list(10)).toEqual([]);
  });

  test('and not where somebody else does something elsewhere', async () => {
    const task = await shutOut();
    const bob = at.discord.user({ name: 'bob' });
    const where = at.discord.dm(bob);
    at.discord.says(bob, where, { content: 'hello' });
    await at.discord.until(() => at.discord.messages(where).length > 1);
    expect(await asked(task.id)).toBe(0);
  });
});
