import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Task } from '../../../src/task/task.ts';
import { everyComponent } from '../../fakes/discord/components.ts';
import type { Modal } from '../../fakes/discord/modals.ts';
import type { Deed } from '../../fakes/discord/people.ts';
import type { Message } from '../../fakes/discord/world.ts';
import { type DiscordGateways, discordGateways } from '../../helpers/discord-gateways.ts';
import { tinyPng } from '../../helpers/pictures.ts';

const MENU = 'Animate this picture';
const FILE = { name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 };

let at: DiscordGateways;
beforeEach(async () => {
  at = await discordGateways({ count: 2 });
  await at.listen();
});
afterEach(() => at.close());

const picked = async (more: object = {}) => ({ bytes: await tinyPng(), ...FILE, ...more });
const contentOf = async (deed: Deed) => (await deed.answer()).content;

async function formOf(deed: Deed): Promise<Modal> {
  const { modal } = await deed.acknowledged();
  if (!modal) throw new Error('no form was opened');
  return modal;
}

/** The labels of a form, and what stands in their fields. */
const fieldsOf = ({ components }: Modal): Record<string, unknown> =>
  Object.fromEntries(
    everyComponent(components).flatMap(({ custom_id, value, options }) => {
      if (typeof custom_id !== 'string') return [];
      const chosen = Array.isArray(options) ? options.find((it) => it.default === true)?.value : value;
      return [[custom_id, chosen]];
    }),
  );

const newest = async (): Promise<Task | undefined> => (await at.tasks()).toSorted((a, b) => (a.id < b.id ? 1 : -1))[0];

/** A person's message with so many pictures. */
async function posted(pictures: number): Promise<Message> {
  const bytes = await tinyPng();
  const attachments = Array.from({ length: pictures }, (_, n) =>
    at.discord.file(at.channel, { bytes, name: `cat-${n}.png`, type: 'image/png' }),
  );
  return at.discord.says(at.ann, at.channel, { attachments });
}

const menu = (message: Message) => at.discord.menu({ user: at.ann, message, command: MENU });
const slash = (
  options: Record<string, string | number | boolean> = {},
  attachment?: Awaited<ReturnType<typeof picked>>,
) => at.discord.slash({ user: at.ann, channel: at.channel, command: 'animate', options, attachment });

describe('the form of a picture', () => {
  test('carries motion, length, shape and takes beside the scene', async () => {
    const deed = menu(await posted(1));
    expect(Object.keys(fieldsOf(await formOf(deed)))).toEqual(['scene', 'motion', 'duration', 'shape', 'takes']);
    const values = { scene: 'waves', motion: '7', duration: '10', shape: 'tall', takes: '2' };
    expect(await contentOf(await at.discord.submit(deed, values))).toContain('Got it');
    expect(await newest()).toMatchObject({
      scene: 'waves',
      options: { motion: 7, duration: 10, shape: 'tall', fit: 'crop' },
      take: { of: 2 },
    });
  });

  test('is complete with the scene alone', async () => {
    const sent = await at.discord.submit(menu(await posted(1)), { scene: 'waves' });
    expect(await contentOf(sent)).toContain('Got it');
    expect((await newest())?.options).toMatchObject({ motion: 5, duration: 5, fit: 'crop' });
  });

  test('is opened for each picture of a message, one after the other', async () => {
    const message = await menu(await posted(2)).answer();
    for (const n of ['1', '0']) {
      const form = at.discord.press(at.ann, message, selectOf(message), [n]);
      expect(await contentOf(await at.discord.submit(form, { scene: `picture ${n}` }))).toContain('Got it');
    }
    await expect
      .poll(async () => (await at.tasks()).map(({ scene }) => scene).toSorted())
      .toEqual(['picture 0', 'picture 1']);
    const again = at.discord.press(at.ann, message, selectOf(message), ['1']);
    // Its address was not kept.
    expect(await contentOf(again)).toContain('too old');
  });
});

const selectOf = (message: Message): string => String(everyComponent(message.components)[1]?.custom_id);

test('where the provider makes clips of a picture alone, the words may be left out', async () => {
  at.provider.capabilities.wordless = true;
  const form = menu(await posted(1));
  expect(JSON.stringify(await formOf(form))).toContain('let it move by itself');
  expect(await contentOf(await at.discord.submit(form, {}))).toContain('Got it');
  expect((await newest())?.scene).toBe('');
});

describe('/animate', () => {
  test('without a picture asks for it, with what was said already in the form', async () => {
    const deed = slash({ scene: 'waves', motion: 7, seed: 42, shape: 'wide' });
    const form = await formOf(deed);
    expect(fieldsOf(form)).toEqual({
      image: undefined,
      scene: 'waves',
      motion: '7',
      duration: undefined,
      shape: 'wide',
    });
    expect(await contentOf(await at.discord.submit(deed, { image: [await picked()] }))).toContain('Got it');
    const task = await newest();
    expect(task).toMatchObject({
      scene: 'waves',
      options: { motion: 7, seed: 42, shape: 'wide' },
      picture: { type: 'remote' },
    });
  });

  test('with a picture and no scene asks for that alone', async () => {
    const deed = slash({}, await picked({ spoiler: true }));
    expect(Object.keys(fieldsOf(await formOf(deed)))).not.toContain('image');
    expect(await contentOf(await at.discord.submit(deed, { scene: 'waves' }))).toContain('Got it');
    expect((await newest())?.options.spoiler).toBe(true);
  });

  test('lets no file be picked that is no picture', async () => {
    const deed = slash();
    await expect(
      at.discord.submit(deed, { scene: 'x', image: [await picked({ content_type: 'video/mp4' })] }),
    ).rejects.toThrow('lets nobody pick');
    const forced = await picked({ content_type: 'video/mp4', name: 'cat.mp4', forced: true });
    expect(await contentOf(await at.discord.submit(deed, { scene: 'x', image: [forced] }))).toContain('video already');
  });

  test('opens no form for a picture that cannot be used', async () => {
    const deed = slash({}, await picked({ width: 100, height: 100 }));
    expect((await deed.acknowledged()).modal).toBeUndefined();
    expect(await contentOf(deed)).toContain('too small');
  });
});

describe('Edit', () => {
  test('changes length, shape and motion; another seed, unless that is written there', async () => {
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    const { motion, seed, duration, fit } = task.options;
    const form = at.discord.press(at.ann, message, 'Edit scene');
    expect(fieldsOf(await formOf(form))).toEqual({
      scene: task.scene,
      motion: String(motion),
      duration: String(duration),
      shape: undefined,
      seed: undefined,
    });
    expect(JSON.stringify(await formOf(form))).toContain(String(seed));
    await (await at.discord.submit(form, { motion: '9', duration: '10', shape: 'tall' })).acknowledged();
    const edited = await newest();
    expect(edited).toMatchObject({ scene: task.scene, options: { motion: 9, duration: 10, shape: 'tall', fit } });
    expect(edited?.options.seed).not.toBe(seed);
    const once = at.discord.press(at.ann, message, 'Edit scene');
    await (await at.discord.submit(once, { seed: String(seed) })).acknowledged();
    // What was made before there was a choice was left to the picture.
    expect((await newest())?.options).toEqual({ ...task.options, shape: 'auto' });
  });

  test('says what is wrong with a seed that is none', async () => {
    const form = at.discord.press(at.ann, at.messageOf(await at.task('delivered')), 'Edit scene');
    const sent = await at.discord.submit(form, { seed: 'many' });
    expect(await contentOf(sent)).toContain('A seed is a whole number');
  });

  test('a form that was opened before this version is taken as it is', async () => {
    const task = await at.task('delivered');
    const form = at.discord.press(at.ann, at.messageOf(task), 'Edit scene');
    const modal = await formOf(form);
    modal.components.splice(1);
    expect(await contentOf(await at.discord.submit(form, { scene: 'snow falls' }))).toContain('Got it');
    expect((await newest())?.scene).toBe('snow falls');
  });
});

test('Another picture is a form for a file with the scene in it, and makes a clip of that file', async () => {
  const failure = { type: 'bad-picture', picture: { type: 'heic' } } as const;
  const task = await at.task('failed', { failure, fitted: undefined });
  const form = at.discord.press(at.ann, at.messageOf(task), 'Another picture');
  expect(fieldsOf(await formOf(form))).toMatchObject({ scene: task.scene, motion: String(task.options.motion) });
  expect(await contentOf(await at.discord.submit(form, { image: [await picked()], duration: '10' }))).toContain(
    'Got it',
  );
  const { motion, fit } = task.options;
  expect(await newest()).toMatchObject({
    scene: task.scene,
    picture: { type: 'remote' },
    options: { motion, fit, duration: 10 },
  });
});

describe(`${MENU}, on a message of the bot’s own`, () => {
  test('takes the picture that it was made of, not its small copy', async () => {
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    const form = menu(message);
    expect(fieldsOf(await formOf(form)).scene).toBe(task.scene);
    expect(await contentOf(await at.discord.submit(form, { scene: 'snow falls' }))).toContain('Got it');
    const made = await newest();
    expect(made).toMatchObject({ scene: 'snow falls', picture: { type: 'upload' } });
  });

  test('says so where that is gone', async () => {
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    await at.store.tasks.remove(task.id);
    expect(await contentOf(menu(message))).toBe('This clip is not here any more.');
  });

  test('takes nothing from a message of somebody else’s that bears such a button', async () => {
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    message.authorId = at.discord.user({ name: 'other bot' }).id;
    expect(await contentOf(menu(message))).toContain('no picture');
  });
});
