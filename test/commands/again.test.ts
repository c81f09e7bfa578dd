import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { again } from '../../commands/again.ts';
import type { Reply } from '../../commands/reply.ts';
import { en } from '../../src/messages/en.ts';
import type { Task } from '../../src/task/task.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const makeAgain = (task: Task, { key, scene }: { key?: string; scene?: string } = {}): Promise<Reply> =>
  rig.press(task, scene === undefined ? 'again' : 'edit', {
    by: 'test:bo',
    key: key ?? 'test:again',
    answer: scene === undefined ? undefined : { scene },
  });
const forget = (task: Task, by?: string) => rig.press(task, 'delete', { by });

describe('again', () => {
  test('has the same picture, words and options, another seed, and belongs to whoever asked', async () => {
    const first = await rig.ask();
    const reply = await makeAgain(first);
    if (reply.type !== 'taken') throw new Error(reply.type);
    const { task } = reply;
    expect(task).toMatchObject({ scene: first.scene, state: 'received', requester: { id: 'test:bo' } });
    expect(task.options).toEqual({ ...first.options, seed: task.options.seed });
    expect(task.options.seed).not.toBe(first.options.seed);
    const blobs = await Promise.all([first, task].map(({ id }) => rig.store.blobs.stat(id, 'upload')));
    expect(blobs[1]).toEqual(blobs[0]);
  });

  test('told twice makes one task, also when its model is gone by then', async () => {
    rig.startWorker();
    const first = await rig.ask();
    await rig.until(first.id, 'delivered');
    const made = await makeAgain(first);
    expect(made).toMatchObject({ type: 'taken', created: true });
    await forget(first);
    const id = made.type === 'taken' ? made.task.id : '';
    expect(await makeAgain(first)).toMatchObject({ type: 'taken', created: false, task: { id } });
    await rig.until(id, 'delivered');
  });

  test('is refused in words where the words are not in order, or the picture is gone', async () => {
    const first = await rig.ask();
    expect(await makeAgain(first, { scene: '  ' })).toEqual({ type: 'refused', text: en.request.noScene });
    expect(await makeAgain(first, { scene: 'x'.repeat(1_001) })).toMatchObject({ type: 'refused' });
    await rig.store.blobs.remove(first.id, 'upload');
    expect(await makeAgain(first)).toEqual({ type: 'refused', text: en.request.gone });
    await rig.store.tasks.remove(first.id);
    expect(await makeAgain(first)).toEqual({ type: 'refused', text: en.request.gone });
  });

  test('whose picture goes at the very moment is refused in words', async () => {
    const first = await rig.ask();
    const { store } = rig;
    const blobs = {
      ...store.blobs,
      async *read() {
        await store.tasks.remove(first.id);
        yield* store.blobs.read(first.id, 'upload');
      },
    };
    const late = { ...rig, store: { ...store, now: store.now, tasks: store.tasks, blobs } };
    const request = {
      requestKey: 'test:late',
      requester: first.requester,
      place: first.place,
      locale: 'en',
      source: first,
    };
    expect(await again(request, late)).toEqual({ type: 'refused', text: en.request.gone });
  });
});

describe('delete', () => {
  test('forgets a task that is over, with its picture and clip', async () => {
    rig.startWorker();
    const task = await rig.ask();
    const { clip } = await rig.until(task.id, 'delivered');
    expect(await forget(task)).toMatchObject({ type: 'deleted', text: 'Deleted.', task: { id: task.id } });
    expect(await rig.store.tasks.get(task.id)).toBeUndefined();
    for (const name of ['upload', 'picture', clip?.blob ?? ''])
      expect(await rig.store.blobs.stat(task.id, name)).toBeUndefined();
    expect(await forget(task)).toEqual({ type: 'refused', text: en.request.gone });
  });

  test('leaves alone what is under way, and what is somebody else’s', async () => {
    const task = await rig.ask();
    expect(await forget(task)).toEqual({ type: 'refused', text: en.request.underWay });
    rig.startWorker();
    await rig.until(task.id, 'delivered');
    expect(await forget(task, 'test:mallory')).toEqual({ type: 'refused', text: en.request.notYours });
    expect(await rig.store.tasks.get(task.id)).toBeDefined();
  });
});
