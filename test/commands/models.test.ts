import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { animateCommand } from '../../commands/animate.ts';
import type { Reply } from '../../commands/reply.ts';
import { parkingName } from '../../src/providers/key-parking.ts';
import type { Options } from '../../src/task/options.ts';
import type { Task } from '../../src/task/task.ts';
import { spentSince } from '../contract/store/tools.ts';
import { providerWithModels } from '../helpers/models.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { createRig, type Rig, scriptedProvider } from '../helpers/rig.ts';

let rig: Rig;
let provider: ReturnType<typeof providerWithModels>;
let keys = 0;
beforeEach(async () => {
  provider = providerWithModels();
  rig = await createRig({ provider });
});
afterEach(() => rig.close());

const origin = () => ({
  requestKey: `test:${keys++}`,
  requester: { id: 'test:anna', name: 'Anna' },
  place: { platform: 'test', chat: 'room' },
  locale: 'en',
});
const say = async (given: Record<string, unknown>): Promise<Reply> =>
  animateCommand.offeredBy(provider).execute(origin(), { scene: 'waves', image: await tinyPng(), ...given }, rig);
async function taken(given: Record<string, unknown>): Promise<Task> {
  const reply = await say(given);
  if (reply.type !== 'taken') throw new Error(reply.text);
  return reply.task;
}
const refused = (text: string) => ({ type: 'refused', text });

describe('a request chooses among the models', () => {
  test('and the usual one makes what chooses none, for five seconds', async () =>
    expect(await taken({})).toMatchObject({ options: { model: 'quick', duration: 5 }, cost: 5 }));

  test('whose record, price and call are by model, length and sound', async () => {
    rig.startWorker();
    const asked = { model: 'loud-1.5', duration: 8, sound: 'on' };
    const task = await taken(asked);
    expect(task).toMatchObject({ options: asked, cost: 160 });
    await rig.until(task.id, 'delivered');
    expect(provider.submits).toMatchObject([{ model: 'loud-1.5', duration: 8, sound: true }]);
    expect(await spentSince(rig.store, 0)).toEqual({ credits: 160, clips: 1 });
  });

  test('which is silent, and of the nearest length, where nothing else is said', async () =>
    expect(await taken({ model: 'loud-1.5' })).toMatchObject({ options: { duration: 4, sound: 'off' }, cost: 40 }));

  test('at the price that was shown: a length that is usual there is the nearest to the usual model’s', async () => {
    Object.assign(provider.capabilities, { durations: [5, 10] });
    // Of a wish for 7 seconds 5 are shown with their price; the nearest to the wish would be 6.
    await rig.store.chatSettings.change(origin().place, { name: 'duration', value: 7, by: origin().requester, at: 1 });
    expect(await taken({})).toMatchObject({ options: { duration: 5 } });
    expect(await taken({ model: 'loud-1.5' })).toMatchObject({ options: { duration: 4 } });
  });

  test.each([
    [{ model: 'retired' }, 'Choose one of the models here: Quick or Loud 1.5.'],
    [{ model: 'loud-1.5', duration: 5 }, 'A clip by Loud 1.5 lasts 4, 6 or 8 seconds.'],
    [{ model: 'quick', sound: 'on' }, 'Clips by Quick have no sound. Choose another model, or leave it out.'],
    [
      { model: 'loud-1.5', scene: ' ' },
      'Say what should happen in the picture, for instance "waves roll in, slow zoom".',
    ],
  ])('and is told what there is not: %j', async (given, sentence) =>
    expect(await say(given)).toEqual(refused(sentence)),
  );

  test('of which platforms offer those on offer, with their price', () => {
    const { options } = animateCommand.offeredBy(provider);
    const model = options.find(({ name }) => name === 'model');
    expect(model?.choices?.map((name) => model.nameOf?.(name, 'en'))).toEqual([
      'Quick (5 credits for 5 s)',
      'Loud 1.5 (40 credits for 4 s)',
    ]);
    expect(options.find(({ name }) => name === 'duration')?.choices).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(options.find(({ name }) => name === 'sound')?.choices).toEqual(['on', 'off']);
  });

  test('and no platform asks where there is one, or another length than it has', () => {
    const alone = animateCommand.offeredBy(scriptedProvider());
    expect(alone.options.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['model']));
    expect(alone.options.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['sound']));
    expect(alone.problem({ duration: 7 }, 'en')).toBe('A clip here lasts 5 or 10 seconds.');
    expect(alone.problem({ model: 'quick' }, 'en')).toBe('There is no choice of models here. Leave it out.');
  });
});

describe('another take', () => {
  const again = async (task: Task, options?: Partial<Options>): Promise<Task> => {
    const answer = options && { scene: 'rain', options };
    const reply = await rig.press(task, options ? 'edit' : 'again', { key: `test:again-${keys++}`, answer });
    if (reply.type !== 'taken') throw new Error(reply.text);
    return reply.task;
  };

  test('is made by the same model, or by another that its form chooses', async () => {
    const task = await taken({ model: 'loud-1.5', duration: 6 });
    expect(await again(task)).toMatchObject({ options: { model: 'loud-1.5', duration: 6 }, cost: 60 });
    const other = await again(task, { model: 'quick' });
    expect(other).toMatchObject({ options: { model: 'quick', duration: 6 }, cost: 6 });
    expect(other.options.sound).toBeUndefined();
  });

  test('of a clip whose model is not on offer any more is made by the usual one', async () => {
    const task = await taken({ model: 'loud-1.5', duration: 8 });
    const [usual] = provider.models;
    if (!usual) throw new Error('no model');
    provider.models = [usual];
    expect(await again(task)).toMatchObject({ options: { model: 'quick', duration: 8 }, cost: 8 });
  });

  test('of a record without a model is made by the usual one', async () => {
    const { models, model } = provider;
    Object.assign(provider, { models: undefined, model: undefined });
    const old = await taken({ duration: 10 });
    expect(old.options.model).toBeUndefined();
    Object.assign(provider, { models, model });
    expect(await again(old)).toMatchObject({ options: { model: 'quick', duration: 10 } });
  });
});

describe('a model that the service does not have', () => {
  test('ends its own requests in words, at no cost, and holds up no other', async () => {
    const { submit } = provider;
    provider.submit = (input) => {
      if (input.model !== 'loud-1.5') return submit(input);
      provider.submits.push(input);
      return Promise.resolve({ outcome: 'refused', failure: { type: 'no-model' } });
    };
    rig.startWorker();
    const lost = await taken({ model: 'loud-1.5' });
    const made = await taken({ model: 'quick' });
    expect((await rig.until(lost.id, 'failed')).failure).toEqual({ type: 'no-model' });
    await rig.until(made.id, 'delivered');
    expect(await rig.store.cooldowns.get(parkingName(provider, 'loud-1.5'))).toMatchObject({ reason: 'no-model' });
    expect(await spentSince(rig.store, 0)).toEqual({ credits: 5, clips: 1 });
  });
});

test('what the service says that a clip costs is what is booked', async () => {
  rig.startWorker();
  provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'job-1', credits: 7 });
  provider.script.poll = async () => ({ outcome: 'waiting' });
  const task = await taken({});
  await rig.until(task.id, 'rendering');
  await rig.clock.until(async () => (await spentSince(rig.store, 0)).credits === 7);
  const { poll } = scriptedProvider().script;
  provider.script.poll = async () => ({ ...(await poll('job-1')), credits: 6 }) as Awaited<ReturnType<typeof poll>>;
  await rig.until(task.id, 'delivered');
  expect(await spentSince(rig.store, 0)).toEqual({ credits: 6, clips: 1 });
});

describe('a picture that the clip ends on', () => {
  test('is offered where the service can, recorded, and told to it', async () => {
    Object.assign(provider, { models: undefined, model: undefined });
    Object.assign(provider.capabilities, { endFrame: true });
    rig.startWorker();
    const { options } = animateCommand.offeredBy(provider);
    expect(options.find(({ name }) => name === 'frame')?.choices).toEqual(['first', 'last']);
    const [last, usual] = [await taken({ frame: 'last' }), await taken({})];
    expect([last.options.frame, usual.options.frame]).toEqual(['last', undefined]);
    await rig.until(last.id, 'delivered');
    expect(provider.submits.map(({ endsOnPicture }) => endsOnPicture)).toContain(true);
  });

  test('is refused in words where it cannot', async () =>
    expect(await say({ frame: 'last' })).toEqual(refused('Clips here begin with the picture. Leave the frame out.')));
});
