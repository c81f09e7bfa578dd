import { PermissionFlagsBits as P } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesFor } from '../../../src/messages/messages.ts';
import { type AnyComponent, everyComponent, textOf } from '../../fakes/discord/components.ts';
import type { Channel, Guild, Message, User } from '../../fakes/discord/world.ts';
import { type DiscordStage, discordStage } from '../../helpers/discord.ts';

const words = messagesFor('en').settings;
const MEMBER = P.ViewChannel | P.SendMessages | P.AttachFiles | P.UseApplicationCommands;

let stage: DiscordStage;
let guild: Guild;
let room: Channel;
let boss: User;
let bob: User;
beforeAll(async () => {
  stage = await discordStage();
});
afterAll(() => stage.close());

/** A server of its own for each test: a manager, a member, a channel. */
function newServer(): void {
  const { discord } = stage;
  guild = discord.guild();
  room = discord.channel(guild);
  [boss, bob] = [discord.user({ name: 'boss' }), discord.user({ name: 'bob' })];
  discord.join(guild, boss, MEMBER | P.ManageGuild);
  discord.join(guild, bob, MEMBER);
}

const settings = (user: User = boss, channel: Channel = room, forged = false) =>
  stage.discord.slash({ user, channel, command: 'settings', forged });
/** Picks one from the list: its own view stands there then. */
const pick = (on: Message, name: string): Promise<Message> =>
  stage.discord.press(boss, on, 'set:pick:', [name]).answer();
const choose = (on: Message, name: string, values: string[]): Promise<Message> =>
  stage.discord.press(boss, on, `set:value:${name}`, values).answer();
const controlsOf = ({ components }: Message): AnyComponent[] =>
  everyComponent(components).filter(({ custom_id }) => custom_id !== undefined);
const refusedFor = async (user: User, channel: Channel = room): Promise<string> => {
  const said = await (await stage.animate({ user, where: channel })).answer();
  return said.content;
};

describe('/settings on Discord', () => {
  test('shows what is set to the manager alone, and one is chosen by picking it', async () => {
    newServer();
    const shown = await settings().answer();
    expect(shown.ephemeralFor).toBe(boss.id);
    expect(textOf(shown.components)).toContain('Fit: as usual (cut to shape)');
    const one = await pick(shown, 'fit');
    expect(one.id).toBe(shown.id);
    expect(controlsOf(one).map(({ custom_id }) => custom_id)).toEqual(['set:value:fit', 'set:back:fit']);
    const list = await choose(one, 'fit', ['pad']);
    expect(textOf(list.components)).toContain('Fit: add blurred edges');
    expect(textOf(list.components)).toMatch(/Last changes\n-# boss\\: Fit, add blurred edges/);
    const back = await stage.discord.press(boss, await pick(list, 'fit'), words.back).answer();
    expect(controlsOf(back).map(({ custom_id }) => custom_id)).toEqual(['set:pick:']);
    await stage.animate({ user: bob, where: room });
    const card = await stage.card(room);
    expect(textOf(card.components)).toContain('waves roll in');
    const usual = await stage.discord.press(boss, await pick(list, 'fit'), words.asUsual(undefined)).answer();
    expect(textOf(usual.components)).toContain('Fit: as usual (cut to shape)');
  });

  test('a number is asked for by a form, within what the operator allows', async () => {
    newServer();
    const { discord } = stage;
    const one = await pick(await settings().answer(), 'perPerson');
    const form = () => discord.press(boss, one, words.change);
    const wrong = await (await discord.submit(form(), { value: '0' })).answer();
    expect(wrong.content).toBe(words.wrong('Clips a day for each person'));
    const set = await (await discord.submit(form(), { value: '1' })).answer();
    expect(textOf(set.components)).toContain('Clips a day for each person: 1');
    expect(await refusedFor(bob)).toContain('That was your last clip for today.');
    expect(await refusedFor(bob)).toContain('You have had your 1 clip for today.');
  });

  test('by role and by channel: threads count as their channel, and a role that is made up as none', async () => {
    newServer();
    const { discord } = stage;
    const [crew, deck] = [discord.role(guild, 'crew'), discord.channel(guild, { name: 'deck' })];
    const list = await choose(await pick(await settings().answer(), 'roles'), 'roles', [crew]);
    expect(textOf(list.components)).toContain(`Who may ask for clips: <@&${crew}>`);
    expect(await refusedFor(bob)).toBe(words.noRole);
    discord.give(guild, bob, crew);
    expect(await refusedFor(bob)).toContain('Got it.');
    const channels = await pick(list, 'channels');
    expect(textOf((await choose(channels, 'channels', [deck.id])).components)).toContain(`<#${deck.id}>`);
    expect(await refusedFor(bob)).toBe(words.notHere);
    expect(await refusedFor(bob, discord.thread({ parent: deck }))).toContain('Got it.');
    const forged = await discord
      .press(boss, await pick(list, 'roles'), 'set:value:roles', ['12345678901234567'], { forged: true })
      .answer();
    expect(textOf(forged.components)).toContain('Who may ask for clips: as usual (everybody)');
  });

  test('a gallery of the server’s own is a channel where the bot may post; what many starred is there, covered as all is', async () => {
    newServer();
    const { discord } = stage;
    const [shut, best] = [discord.channel(guild, { name: 'shut' }), discord.channel(guild, { name: 'best' })];
    discord.deny(shut, P.SendMessages, P.AttachFiles);
    const gallery = await pick(await settings().answer(), 'gallery');
    const refused = await choose(gallery, 'gallery', [shut.id]);
    expect(refused.content).toBe(messagesFor('en').discord.missing(['Attach Files', 'Send Messages'], `<#${shut.id}>`));
    const list = await choose(gallery, 'gallery', [best.id]);
    expect(textOf(list.components)).toContain(`${words.rows.gallery.label}: <#${best.id}>`);
    await choose(await pick(list, 'isCovered'), 'isCovered', ['true']);
    await stage.animate({ user: bob, where: room });
    const { clip } = await stage.delivered(await stage.card(room));
    for (let n = 0; n < 3; n++) {
      const fan = discord.user({ name: `fan${n}` });
      discord.join(guild, fan, MEMBER);
      discord.react(fan, clip, '⭐');
    }
    const shown = await stage.clip(best);
    expect(shown.attachments).toMatchObject([{ spoiler: true }]);
  });

  test('clips come as a reply where it says so, and are off where it says so, after a restart too', async () => {
    newServer();
    const { discord } = stage;
    await choose(await pick(await settings().answer(), 'reply'), 'reply', ['reply']);
    await stage.stop('SIGKILL');
    await stage.start();
    await stage.animate({ user: bob, where: room });
    const card = await stage.card(room);
    expect((await stage.clip(room)).replyTo).toBe(card.id);
    await choose(await pick(await settings().answer(), 'isOn'), 'isOn', ['false']);
    expect(await refusedFor(bob)).toBe(words.switchedOff);
    // Also before a form is filled in.
    expect((await discord.slash({ user: bob, channel: room, command: 'animate', options: {} }).answer()).content).toBe(
      words.switchedOff,
    );
  });

  test('the operator’s gallery is covered where its server covers all', async () => {
    newServer();
    const { discord } = stage;
    const best = discord.channel(guild, { name: 'best' });
    await choose(await pick(await settings().answer(), 'isCovered'), 'isCovered', ['true']);
    await stage.stop();
    await stage.start({ GALLERY_CHANNEL: best.id, STARS_NEEDED: '1' });
    await stage.animate();
    const { clip } = await stage.delivered(await stage.card());
    expect(clip.attachments[0]?.spoiler).toBeUndefined();
    discord.react(stage.member('fan'), clip, '⭐');
    expect((await stage.clip(best)).attachments).toMatchObject([{ spoiler: true }]);
    await stage.stop();
    await stage.start();
  });

  test('a member is offered none of it, and refused where a client sends it all the same', async () => {
    newServer();
    const { discord } = stage;
    expect(() => settings(bob)).toThrow(/offers bob no settings/);
    expect((await settings(bob, room, true).answer()).content).toBe(words.notYours);
    // On a message that bob sees, with ids that a client made up.
    await stage.animate({ user: bob, where: room });
    const card = await stage.card(room);
    for (const id of ['set:usual:isOn', 'set:value:isOn', 'set:back:', 'set:ask:perPerson'])
      expect((await discord.press(bob, card, id, undefined, { forged: true }).answer()).content).toBe(words.notYours);
    // Nor does a manager's client turn the card into settings.
    const shown = await discord.press(boss, card, 'set:back:', undefined, { forged: true }).answer();
    expect(shown.id).not.toBe(card.id);
    expect(shown.ephemeralFor).toBe(boss.id);
  });

  test('in a direct message they are one’s own', async () => {
    newServer();
    const { discord } = stage;
    const alone = discord.dm(bob);
    const shown = await settings(bob, alone).answer();
    expect(textOf(shown.components)).toContain(words.title.own);
    expect(textOf(shown.components)).not.toContain('Who may');
    const one = await discord.press(bob, shown, 'set:pick:', ['duration']).answer();
    await discord.press(bob, one, 'set:value:duration', ['10']).answer();
    await stage.animate({ user: bob, where: alone });
    expect(textOf((await stage.card(alone)).components)).toContain('10 s');
  });
});
