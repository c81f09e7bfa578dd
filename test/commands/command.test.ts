import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { animateCommand } from '../../commands/animate.ts';
import { defineCommand } from '../../commands/command.ts';
import { commands } from '../../commands/index.ts';
import { en } from '../../src/messages/en/index.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

let rig: Rig;
afterEach(() => rig?.close());

const origin = {
  requestKey: 'test:1',
  requester: { id: 'test:anna', name: 'Anna' },
  place: { platform: 'test', chat: 'room' },
  locale: 'en',
};

test('a command tells what it takes, as platforms ask for it', () => {
  expect(animateCommand.options).toEqual([
    { name: 'image', type: 'picture', required: true },
    { name: 'scene', type: 'text', required: true, min: 1, max: 1000 },
    { name: 'motion', type: 'integer', required: false, min: 1, max: 10 },
    { name: 'duration', type: 'integer', required: false, choices: [2, 3, 4, 5, 6, 7, 8, 9, 10], unit: 's' },
    { name: 'seed', type: 'integer', required: false, min: 0, max: 4_294_967_295 },
    { name: 'fit', type: 'choice', required: false, choices: ['crop', 'pad', 'strict'], isSeldom: true },
    { name: 'takes', type: 'integer', required: false, choices: [1, 2, 3, 4], isOnce: true },
    { name: 'spoiler', type: 'flag', required: false },
  ]);
});

test.each([
  ['a union of literals', z.union([z.literal(5), z.literal(10)])],
  ['a union of literals that may be left out', z.union([z.literal('red'), z.literal('blue')]).optional()],
  ['a union of types', z.union([z.string(), z.int()])],
  ['literals of two types', z.literal(['red', 5])],
  ['one literal, which leaves no choice', z.literal('red')],
  ['a fraction', z.number()],
  ['a list', z.array(z.string())],
  ['what may be null', z.string().nullable()],
])('an option that no platform could ask for, %s, is refused as it is declared', (_, colour) => {
  const words = () => ({ name: 'paint', description: 'Paints it', options: {} });
  const options = z.object({ title: z.string().min(1).optional(), colour });
  expect(() =>
    defineCommand({ name: 'paint', words, options, run: async () => ({ type: 'done', text: 'painted' }) }),
  ).toThrow(/^Option "colour" of the command "paint": declare it as /);
});

test('every option of every command has words', () => {
  for (const { words, options } of commands)
    for (const { name } of options) expect(words('en').options[name]?.wrong, name).toMatch(/\.$/);
});

test.each([
  [{ scene: 'waves' }, 'There is no picture with it. Send one, or reply to one.'],
  [{ scene: 'waves', motion: 11 }, en.commands.animate.options.motion.wrong],
  [{ scene: 'waves', motion: Number.NaN }, en.commands.animate.options.motion.wrong],
  [{ scene: 'waves', duration: 11 }, en.commands.animate.options.duration.wrong],
  [{ scene: 'waves', seed: -1 }, en.commands.animate.options.seed.wrong],
  [{ scene: 'waves', fit: 'stretch' }, en.commands.animate.options.fit.wrong],
  [{ scene: 'waves', spoiler: 'perhaps' }, en.commands.animate.options.spoiler.wrong],
  [{}, en.commands.animate.options.scene.wrong],
])('what is wrong with %j is a sentence', async (given, sentence) => {
  rig = await createRig();
  const image = sentence.startsWith('There is no picture') ? undefined : await tinyPng();
  const reply = await animateCommand.execute(origin, { image, ...given }, rig);
  expect(reply).toEqual({ type: 'refused', text: sentence });
});

test('/help tells of every command that is not its owner’s alone, and of what is pressed under a clip', async () => {
  rig = await createRig();
  const help = commands.find(({ name }) => name === 'help');
  const reply = await help?.execute(origin, {}, rig);
  const text = reply?.type === 'done' ? reply.text : '';
  for (const { words, who } of commands) {
    const line = `/${words('en').name}: `;
    // Whose the bot is not hears nothing of what is for its owner alone.
    expect(text.includes(line), line).toBe(who !== 'owner');
  }
  for (const label of ['Again', 'Edit scene', 'Delete']) expect(text).toContain(`${label}: `);
});
