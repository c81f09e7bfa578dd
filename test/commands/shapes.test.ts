import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { animateCommand } from '../../commands/animate.ts';
import { exportCommand } from '../../commands/export.ts';
import type { Reply } from '../../commands/reply.ts';
import { reword } from '../../commands/reword.ts';
import { fitPicture } from '../../src/media/pictures/decoder/fit.ts';
import { falModels } from '../../src/providers/fal/models.ts';
import { shapesOf, sizesFor } from '../../src/providers/models.ts';
import { CAPABILITIES } from '../../src/providers/preview/capabilities.ts';
import type { Options } from '../../src/task/options.ts';
import { type Shape, shapeOf, shapeSchema } from '../../src/task/picture.ts';
import type { Task } from '../../src/task/task.ts';
import { providerWithModels } from '../helpers/models.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

const TALL = { width: 720, height: 1280 };
const WRONG = 'A clip by Loud 1.5 is wide (16:9) or tall (9:16). Choose one of these, or leave the shape out.';

let rig: Rig;
let provider: ReturnType<typeof providerWithModels>;
let keys = 0;
/** Of two models one has all shapes and knows no seed, the other has two. */
beforeEach(async () => {
  provider = providerWithModels();
  Object.assign(provider.capabilities, { sizes: CAPABILITIES.sizes, ignoresSeed: true, ignoresMotion: true });
  rig = await createRig({ provider });
});
afterEach(() => rig.close());

/** A worker that makes pictures fit as they do. */
const start = () =>
  rig.startWorker({
    async fitPicture(read, options) {
      const pieces: Uint8Array[] = [];
      for await (const piece of read()) pieces.push(piece);
      return fitPicture(Buffer.concat(pieces), options);
    },
  });
const requester = { id: 'test:anna', name: 'Anna' };
const place = { platform: 'test', chat: 'room' };
const origin = () => ({ requestKey: `test:${keys++}`, requester, place, locale: 'en' });
const say = async (given: Record<string, unknown>): Promise<Reply> => {
  const image = await tinyPng(400, 330);
  return animateCommand.offeredBy(provider).execute(origin(), { scene: 'waves', image, ...given }, rig);
};
async function taken(given: Record<string, unknown>): Promise<Task> {
  const reply = await say(given);
  if (reply.type !== 'taken') throw new Error(reply.text);
  return reply.task;
}
async function again(task: Task, options?: Partial<Options>): Promise<Task> {
  const answer = options && { scene: 'rain', options };
  const reply = await rig.press(task, options ? 'edit' : 'again', { key: `test:again-${keys++}`, answer });
  if (reply.type !== 'taken') throw new Error(reply.text);
  return reply.task;
}
const usually = (shape: Shape) =>
  rig.store.chatSettings.change(place, { name: 'shape', value: shape, by: requester, at: 1 });
const refused = (text: string) => ({ type: 'refused', text });

test('each size of a provider is a shape of its own, and is called that', () => {
  const shapes = CAPABILITIES.sizes.map(shapeOf);
  expect(new Set(shapes).size).toBe(CAPABILITIES.sizes.length);
  expect(shapesOf(CAPABILITIES)).toEqual(shapeSchema.options);
  expect(sizesFor(provider, { shape: 'tall' })).toEqual([TALL]);
  expect(sizesFor(provider, { shape: 'auto' })).toHaveLength(6);
  expect(shapesOf({ sizes: [TALL] })).toEqual([]);
});

describe('the shape of a clip', () => {
  test('is chosen, on record, and made: a picture that lies is cut to stand', async () => {
    start();
    const task = await taken({ shape: 'tall' });
    expect(task.options.shape).toBe('tall');
    const made = await rig.until(task.id, 'delivered');
    expect(made.fitted).toMatchObject({ fitted: TALL, notes: [{ type: 'cropped' }] });
    expect(provider.submits).toMatchObject([{ size: TALL }]);
    expect(rig.chat.cards.at(-1)?.facts).toContain('tall (9:16)');
    const file = await exportCommand.execute(origin(), {}, rig);
    expect('content' in file && JSON.parse(file.content).requests[0].options.shape).toBe('tall');
  });

  test('is left to the picture where nobody chooses, whatever is said of it then', async () => {
    start();
    const made = await rig.until((await taken({})).id, 'delivered');
    expect(made).toMatchObject({ options: { shape: 'auto' }, fitted: { fitted: { width: 1104, height: 832 } } });
    expect(rig.chat.cards.at(-1)?.facts.join()).not.toMatch(/landscape|auto/);
  });

  test('that its model does not have is refused, saying those that it has', async () => {
    expect(await say({ model: 'loud-1.5', shape: 'square' })).toEqual(refused(WRONG));
    expect(await say({ model: 'loud-1.5', shape: 'auto' })).toMatchObject({ type: 'taken' });
    expect(await rig.store.tasks.ofPerson(requester.id, { limit: 5 })).toHaveLength(1);
  });

  test('is that of another take, and may be another by its form, also left to the picture again', async () => {
    const task = await taken({ shape: 'square' });
    expect((await again(task)).options.shape).toBe('square');
    expect((await again(task, { shape: 'ultrawide' })).options.shape).toBe('ultrawide');
    expect((await again(task, { shape: 'auto' })).options.shape).toBe('auto');
    // By a model without it.
    expect((await again(task, { model: 'loud-1.5' })).options.shape).toBe('auto');
  });

  test('that is usual in a chat holds where a request says none and its model has it', async () => {
    const before = await taken({});
    await usually('square');
    expect((await taken({})).options.shape).toBe('square');
    expect((await taken({ shape: 'auto' })).options.shape).toBe('auto');
    expect((await taken({ model: 'loud-1.5' })).options.shape).toBe('auto');
    expect((await again(before)).options.shape).toBe('auto');
  });

  test('decides what the picture may be where nothing is to be changed in it', async () => {
    const declared = { size: { width: 1280, height: 720 } };
    const image = { ref: 'file', declared };
    expect(await say({ image, fit: 'strict' })).toMatchObject({ type: 'taken' });
    const [both, shape] = [{ image, fit: 'strict' }, 'square'];
    expect(await say({ ...both, shape })).toEqual(
      refused(
        'The picture is 1280×720, and the fit "strict" allows no changes. Send 960×960, or use the fit "crop" or "pad".',
      ),
    );
  });

  test('is changed in a request that waits, but not once its picture is cut', async () => {
    const wanted = { scene: 'waves', locale: 'en', options: { shape: 'square' as const } };
    const deps = { ...rig, pause: async () => {} };
    const task = await taken({});
    const reworded = await reword({ task, ...wanted }, deps);
    expect(reworded).toMatchObject({ outcome: 'reworded', task: { options: { shape: 'square' } } });
    provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'no-credits' } });
    start();
    const queued = await rig.until((await taken({ shape: 'tall' })).id, 'queued');
    expect(await reword({ task: queued, ...wanted }, deps)).toEqual({ outcome: 'late' });
  });
});

describe('a model that knows no seed', () => {
  test('shows none, nor a motion that it ignores, on the card and in Details', async () => {
    start();
    const quick = await rig.until((await taken({})).id, 'delivered');
    expect(rig.chat.cards.at(-1)?.facts.join(' · ')).toMatch(/^Quick · 5 s · [^d]*cut off/);
    const details = await rig.press(quick, 'details');
    expect('text' in details && details.text).toMatch(/^5 s · Crop · quick\nCost/);
    const loud = await rig.until((await taken({ model: 'loud-1.5', seed: 7 })).id, 'delivered');
    expect(rig.chat.cards.at(-1)?.facts).toEqual(expect.arrayContaining(['motion 5', 'seed 7']));
    const others = await rig.press(loud, 'details');
    expect('text' in others && others.text).toContain('motion 5 · seed 7');
  });

  test('is not asked for one, and says so to whoever names one', async () => {
    const sentence = 'Clips by Quick know no seed: each is another. Leave it out.';
    expect(await say({ seed: 7 })).toEqual(refused(sentence));
    const task = await taken({});
    const answer = { scene: 'rain', options: { seed: 7 } };
    expect(await rig.press(task, 'edit', { key: 'test:edit', answer })).toEqual(refused(sentence));
    // What was only chosen for it is no hindrance.
    expect((await again(task)).options.seed).not.toBe(task.options.seed);
    const options = animateCommand.offeredBy(provider).options;
    expect(options.find(({ name }) => name === 'seed')?.isUnheeded).toBeUndefined();
    for (const model of provider.models) Object.assign(model.capabilities, { ignoresSeed: true });
    const alone = animateCommand.offeredBy(provider);
    expect(alone.options.find(({ name }) => name === 'seed')?.isUnheeded).toBe(true);
    expect(falModels(['kling-2.5-turbo'])[0]?.capabilities.ignoresSeed).toBe(true);
    expect(alone.problem({ seed: 7 }, 'en')).toBe('Clips here know no seed: each is another. Leave it out.');
  });
});
