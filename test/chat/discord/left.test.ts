import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Guild } from '../../fakes/discord/world.ts';
import { type DiscordGateways, discordGateways } from '../../helpers/discord-gateways.ts';

let at: DiscordGateways;
beforeEach(async () => {
  at = await discordGateways({ count: 2 });
});
afterEach(() => at.close());

const scopeOf = ({ id }: Pick<Guild, 'id'>) => ({ platform: 'discord', chat: id, community: id });

async function withSettings<Scope extends { platform: string; chat: string }>(scope: Scope): Promise<Scope> {
  const by = { id: 'discord:1', name: 'boss' };
  await at.store.chatSettings.change(scope, { name: 'isOn', value: false, by, at: 0 });
  return scope;
}

/** Whether they are there once the month is over. */
async function areKept(scope: { platform: string; chat: string }): Promise<boolean> {
  await at.store.chatSettings.removeLeft(at.store.now());
  return (await at.store.chatSettings.get(scope)).changes.length > 0;
}

describe('settings of a server', () => {
  test('that the bot is thrown out of end, whichever processes hear of it', async () => {
    await at.listen();
    const [left, stays] = [at.discord.guild(), at.guild];
    for (const guild of [left, stays]) await withSettings(scopeOf(guild));
    at.discord.kick(left);
    await expect.poll(() => areKept(scopeOf(left))).toBe(false);
    expect(await areKept(scopeOf(stays))).toBe(true);
  });

  test('stay where the bot is invited again, or the server is merely out of reach for a while', async () => {
    await at.listen();
    const [back, away, left] = [at.discord.guild(), at.discord.guild(), at.discord.guild()];
    for (const guild of [back, away, left]) await withSettings(scopeOf(guild));
    at.discord.outage(away);
    at.discord.kick(back);
    at.discord.invite(back);
    // What was told before is on record by then.
    at.discord.kick(left);
    await expect.poll(() => areKept(scopeOf(left))).toBe(false);
    expect([await areKept(scopeOf(back)), await areKept(scopeOf(away))]).toEqual([true, true]);
  });

  test('that the bot left or came back to while no process ran are known at the next connection, and nobody’s own go', async () => {
    const [left, back] = [at.discord.guild(), at.discord.guild()];
    const dm = at.discord.dm(at.ann);
    for (const scope of [scopeOf(left), scopeOf(back), scopeOf(at.guild)]) await withSettings(scope);
    const own = await withSettings({ platform: 'discord', chat: dm.id });
    const group = await withSettings({ platform: 'telegram', chat: '-100' });
    await at.store.chatSettings.leave(scopeOf(back), 1);
    at.discord.kick(left);
    await at.listen();
    await expect.poll(() => areKept(scopeOf(left))).toBe(false);
    for (const scope of [scopeOf(back), scopeOf(at.guild), own, group]) expect(await areKept(scope)).toBe(true);
  });
});
