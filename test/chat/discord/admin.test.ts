import { PermissionFlagsBits as P } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messagesFor } from '../../../src/messages/messages.ts';
import { type DiscordStage, discordStage } from '../../helpers/discord.ts';

const words = messagesFor('en').admin;
let stage: DiscordStage;
beforeAll(async () => {
  stage = await discordStage({ start: false });
  await stage.start({ OWNER: `discord:${stage.ann.id}` });
});
afterAll(() => stage.close());

test('who runs the bot has /admin in a direct message; strangers hear nothing of it', async () => {
  const { discord, ann } = stage;
  const bob = stage.member('bob');
  const [mine, his] = [discord.dm(ann), discord.dm(bob)];
  const admin = (user = ann, options = {}) =>
    discord.slash({ user, channel: user === ann ? mine : his, command: 'admin', options }).answer();
  expect((await admin()).content).toContain('Today (UTC): 0 clips asked for');
  expect((await admin(bob, { do: 'pause' })).content).toBe(words.notYours);
  expect((await discord.slash({ user: bob, channel: his, command: 'help' }).answer()).content).not.toContain('/admin');
  expect((await discord.slash({ user: ann, channel: mine, command: 'help' }).answer()).content).toContain('/admin');
  expect(() => discord.slash({ user: ann, channel: stage.channel, command: 'admin' })).toThrow('cannot be used here');

  expect((await admin(ann, { do: 'block', what: `<@${bob.id}>` })).content).toBe(words.blocked.on(`discord:${bob.id}`));
  const refused = await (await stage.animate({ user: bob })).answer();
  expect(refused.content).toBe(words.blockedPerson);
  await stage.stop('SIGKILL');
  await stage.start({ OWNER: `discord:${ann.id}` });
  expect((await (await stage.animate({ user: bob })).answer()).content).toBe(words.blockedPerson);
  await admin(ann, { do: 'unblock', what: `discord:${bob.id}` });
  expect((await (await stage.animate({ user: bob })).answer()).content).toContain('Got it.');
});

test('/admin retry asks for roles and channels as they are by now', async () => {
  const { discord, ann } = stage;
  const guild = discord.guild();
  const [room, other, crew] = [discord.channel(guild), discord.channel(guild), discord.role(guild, 'crew')];
  const thread = discord.thread({ parent: room });
  const [boss, bob] = [discord.user({ name: 'boss' }), discord.user({ name: 'bob' })];
  discord.join(guild, boss, P.ViewChannel | P.UseApplicationCommands | P.ManageGuild);
  discord.join(guild, bob);
  await (await stage.animate({ user: bob, where: thread })).answer();
  const clip = await stage.clip(thread);
  const id = /[0-9a-f]{24}/.exec(JSON.stringify(clip.components))?.[0] ?? '';
  const settings = await discord.slash({ user: boss, channel: room, command: 'settings' }).answer();
  const set = async (name: string, values: string[]) => {
    const one = await discord.press(boss, settings, 'set:pick:', [name]).answer();
    await discord.press(boss, one, `set:value:${name}`, values).answer();
  };
  const retried = async () => {
    const options = { do: 'retry', what: id };
    return (await discord.slash({ user: ann, channel: discord.dm(ann), command: 'admin', options }).answer()).content;
  };
  const { noRole, notHere } = messagesFor('en').settings;
  await set('roles', [crew]);
  await set('channels', [room.id]);
  expect(await retried()).toBe(noRole);
  discord.misbehave('member', { how: 'status', status: 503 });
  expect(await retried()).toBe(words.noStanding);
  discord.give(guild, bob, crew);
  expect(await retried()).toBe(words.retried('bob'));
  await set('channels', [other.id]);
  expect(await retried()).toBe(notHere);
});

test('without an owner nobody is offered it', async () => {
  await stage.stop();
  await stage.start();
  await stage.discord.until(() => !stage.discord.commandsIn(undefined).includes('admin'));
});

test('with the commands in one server it is in direct messages all the same', async () => {
  const { discord, ann, guild } = stage;
  await stage.stop();
  await stage.start({ OWNER: `discord:${ann.id}`, DISCORD_GUILD_ID: guild.id });
  await discord.until(() => discord.commandsIn(guild.id).includes('animate'));
  await discord.until(() => discord.commandsIn(undefined).join() === 'admin');
  expect(discord.commandsIn(guild.id)).not.toContain('admin');
  const said = await discord.slash({ user: ann, channel: discord.dm(ann), command: 'admin' }).answer();
  expect(said.content).toContain('Today (UTC)');
});
