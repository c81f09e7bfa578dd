import { PermissionFlagsBits as P } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { discordCommands } from '../../../src/chat/discord/receive/commands.ts';
import { messagesFor } from '../../../src/messages/messages.ts';
import { everyComponent, textOf } from '../../fakes/discord/components.ts';
import type { Message } from '../../fakes/discord/world.ts';
import { type DiscordStage, discordStage } from '../../helpers/discord.ts';
import { tinyPng } from '../../helpers/pictures.ts';

const [ru, ja, es, pt, en] = ['ru', 'ja', 'es', 'pt-BR', 'en'].map(messagesFor);
if (!ru || !ja || !es || !pt || !en) throw new Error('a language is missing');

let stage: DiscordStage;
beforeAll(async () => {
  stage = await discordStage();
});
afterAll(() => stage.close());

/** A server of its own, with a member who has this language. */
function memberOf(locale: string, { guildLocale = 'en-US' } = {}) {
  const { discord } = stage;
  const guild = discord.guild({ locale: guildLocale });
  const [user, room] = [discord.user({ name: 'mia', locale }), discord.channel(guild)];
  discord.join(guild, user, P.ViewChannel | P.SendMessages | P.AttachFiles | P.UseApplicationCommands | P.ManageGuild);
  return { guild, user, room };
}
const labelsOf = ({ components }: Message): unknown[] =>
  everyComponent(components).flatMap(({ label }) => (label === undefined ? [] : [label]));

describe('on Discord', () => {
  test.each([
    ['ru', ru],
    ['es-419', es],
    ['pt-BR', pt],
    ['ko', en],
  ])('a person whose Discord is in %s has card, buttons, clip and answers in their language', async (locale, words) => {
    const { user, room } = memberOf(locale);
    await stage.animate({ user, where: room });
    const card = await stage.card(room);
    const { clip } = await stage.delivered(card);
    const done = await stage.discord.until(() =>
      stage.shown(room).find(({ id }) => id === card.id && labelsOf(card).length > 0),
    );
    expect(textOf(done.components)).toContain(words.options({ duration: 5, motion: 5, seed: 0, fit: 'crop' })[1]);
    expect([...labelsOf(done), ...labelsOf(clip)]).toContain(words.actions.again.label);
    const pressed = await stage.discord.press(user, clip, words.actions.more.label).answer();
    expect(pressed.content).toBe(words.actions.more.text);
    const help = await stage.discord.slash({ user, channel: room, command: 'help' }).answer();
    expect(help.content).toContain(words.help.under);
  });

  test('a chat’s language is everybody’s there, for a plain picture too; as usual it is each person’s own again', async () => {
    const { discord } = stage;
    const { user, room } = memberOf('de', { guildLocale: 'fr' });
    const shown = await discord.slash({ user, channel: room, command: 'settings' }).answer();
    const one = await discord.press(user, shown, 'set:pick:', ['language']).answer();
    expect(JSON.stringify(one.components)).toContain('日本語');
    const set = await discord.press(user, one, 'set:value:language', ['ja']).answer();
    expect(textOf(set.components)).toContain(ja.settings.title.server);
    expect(everyComponent(set.components).map(({ placeholder }) => placeholder)).toContain(ja.settings.choose);

    await stage.animate({ user, where: room });
    const card = await stage.card(room);
    expect(textOf(card.components)).toContain(ja.options({ duration: 5, motion: 5, seed: 0, fit: 'crop' })[1]);
    const file = discord.file(room, { bytes: await tinyPng(), name: 'cat.png', type: 'image/png' });
    const plain = discord.says(user, room, { content: `<@${discord.botId}>`, attachments: [file] });
    const asked = await discord.until(() => stage.shown(room).find(({ replyTo }) => replyTo === plain.id));
    expect(asked.content).toBe(ja.discord.askScene);

    const again = await discord.slash({ user, channel: room, command: 'settings' }).answer();
    const picked = await discord.press(user, again, 'set:pick:', ['language']).answer();
    await discord.press(user, picked, 'set:usual:language').answer();
    const help = await discord.slash({ user, channel: room, command: 'help' }).answer();
    expect(help.content).toContain(messagesFor('de').help.under);
    const other = discord.says(user, room, { content: `<@${discord.botId}>` });
    const told = await discord.until(() => stage.shown(room).find(({ replyTo }) => replyTo === other.id));
    expect(told.content).toBe(messagesFor('fr').discord.sendPicture);
  });

  test('commands are described in each language under the one name', () => {
    const animate = discordCommands(commands, { isGlobal: true }).find(({ name }) => name === 'animate');
    const described = animate && 'description_localizations' in animate ? animate.description_localizations : undefined;
    expect(animate?.name_localizations).toEqual({});
    const spoken = ['de', 'es-ES', 'es-419', 'pt-BR', 'fr', 'ru', 'ja'].filter((each) => messagesFor(each) !== en);
    for (const locale of spoken)
      expect(described).toHaveProperty(locale, messagesFor(locale).commands.animate.description);
    expect(described).not.toHaveProperty('en-GB');
  });
});
