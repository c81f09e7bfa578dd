import { ApplicationCommandType, ApplicationCommandOptionType as Option } from 'discord.js';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineCommand, pictureOption } from '../../../commands/command.ts';
import { commands } from '../../../commands/index.ts';
import { discordCommands } from '../../../src/chat/discord/receive/commands.ts';

const words = (name: string) => ({ name, description: `the ${name}`, wrong: 'no' });

const frame = defineCommand({
  name: 'frame',
  words: () => ({
    name: 'frame',
    description: 'Puts a frame round a picture',
    options: {
      width: { ...words('width'), choices: { 1: 'thin', 2: 'thick' } },
      colour: { ...words('colour'), choices: { red: 'like a rose' } },
      title: words('title'),
      photo: words('photo'),
    },
  }),
  options: z.object({
    width: z.literal([1, 2]).optional(),
    gap: z.int().min(0).max(9).optional(),
    colour: z.enum(['red', 'blue']),
    title: z.string().min(1).max(20).optional(),
    photo: pictureOption(),
  }),
  run: async () => ({ type: 'done', text: 'framed' }),
});

test('a command of the table is registered as it is described: what is required first, though a form asks for it, and the menu for its pictures', () => {
  const [slash, menu, ...others] = discordCommands([frame], { isGlobal: false });
  expect(others).toEqual([]);
  expect(menu).toMatchObject({ type: ApplicationCommandType.Message, name: 'Animate this picture' });
  expect(slash).toMatchObject({ type: ApplicationCommandType.ChatInput, name: 'frame' });
  // As it goes over the wire.
  const told = JSON.parse(JSON.stringify(slash));
  const option = (name: string, more: object) => ({
    name,
    name_localizations: {},
    description: `the ${name}`,
    description_localizations: {},
    required: false,
    ...more,
  });
  const choice = (name: string, value: string | number) => ({ name, name_localizations: {}, value });
  expect(told.options).toEqual([
    option('colour', { type: Option.String, choices: [choice('like a rose', 'red'), choice('blue', 'blue')] }),
    option('photo', { type: Option.Attachment, file_types: ['image'] }),
    option('width', { type: Option.Integer, choices: [choice('thin', 1), choice('thick', 2)] }),
    option('gap', { type: Option.Integer, description: 'gap', min_value: 0, max_value: 9 }),
    option('title', { type: Option.String, min_length: 1, max_length: 20 }),
  ]);
});

test('where no command takes a picture, messages have no menu', () => {
  const bare = commands.filter(({ options }) => options.length === 0);
  expect(discordCommands(bare, { isGlobal: true }).map(({ type }) => type)).toEqual(
    bare.map(() => ApplicationCommandType.ChatInput),
  );
});
