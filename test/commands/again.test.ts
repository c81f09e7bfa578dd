import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { again } from '../../commands/again.ts';
import type { Reply } from '../../commands/reply.ts';
import { en } from '../../src/messages/en/index.ts';
import { clipBlobs, showOf } from '../../src/task/lineage.ts';
import { newTaskId, type Task } from '../../src/task/task.ts';
import { sha256 } from '../../src/util/hash.ts';
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
function taken(reply: Reply): Task {
  if (reply.type !== 'taken') throw new Error(reply.type);
  return reply.task;
}
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
    const owners: (string | undefined)[] = [];
    for await (const { of } of rig.store.dump.blobs()) owners.push(of);
    // Of the two, one is first.
    expect(owners.filter((of) => of !== undefined)).toHaveLength(1);
  });

  test('knows what it was made from, and where its line began', async () => {
    const first = await rig.ask();
    const second = taken(await makeAgain(first));
    const third = taken(await makeAgain(second, { key: 'test:third', scene: 'another scene' }));
    expect([first, second, third].map(({ from, story }) => [from, story])).toEqual([
      [undefined, undefined],
      [first.id, first.id],
      [second.id, first.id],
    ]);
    const story = await rig.store.tasks.story(first.id, { limit: 10 });
    expect(story.map(({ id }) => id).toSorted()).toEqual([first.id, second.id, third.id].toSorted());
  });

  test('goes on with its picture where the first is deleted', async () => {
    rig.startWorker();
    const first = await rig.ask();
    await rig.until(first.id, 'delivered');
    const second = taken(await makeAgain(first));
    await forget(first);
    await rig.until(second.id, 'delivered');
    const third = taken(await makeAgain(second, { key: 'test:third' }));
    expect(third).toMatchObject({ from: second.id, story: first.id });
    await rig.until(third.id, 'delivered');
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
    const insert: typeof store.tasks.insert = async (task, blobs) => {
      await store.tasks.remove(first.id);
      return store.tasks.insert(task, blobs);
    };
    const late = { ...rig, store: { ...store, tasks: { ...store.tasks, insert } } };
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

  test('takes a clip down wherever it is shown, and its link', async () => {
    const { store } = rig;
    rig.startWorker();
    const task = await rig.until((await rig.ask()).id, 'delivered');
    const shows: Task[] = [];
    for (const chat of ['elsewhere', 'third']) {
      const place = { ...task.place, chat };
      const asked = {
        id: newTaskId(store.now()),
        requestKey: `show:${chat}`,
        requester: task.requester,
        place,
        locale: 'en',
      };
      const { task: made } = await store.tasks.insert(showOf(task, asked), { of: task.id, names: clipBlobs(task) });
      shows.push(await rig.until(made.id, 'delivered'));
    }
    const token = await store.links.open(task.id, 'test:ada');
    expect(await forget(task)).toMatchObject({ type: 'deleted' });
    for (const { id } of [task, ...shows]) expect(await store.tasks.get(id)).toBeUndefined();
    expect(await store.links.find(token)).toBeUndefined();
    expect((await store.dump.counts()).blob).toBe(0);
    // A show that is told again is not shown again.
    for (const { requestKey } of shows) expect(await store.spend.knows(sha256(requestKey))).toBe(true);
    const removals = (await store.removals.open(10)).map(({ id, sent }) => [id, sent.clip]);
    for (const { id, sent } of shows) expect(removals).toContainEqual([id, sent.clip]);
  });

  test('of a clip in one place leaves it in the others', async () => {
    const { store } = rig;
    rig.startWorker();
    const task = await rig.until((await rig.ask()).id, 'delivered');
    const asked = { ...task, id: newTaskId(store.now()), requestKey: 'show:1' };
    const shown = await store.tasks.insert(showOf(task, asked), { of: task.id, names: clipBlobs(task) });
    await rig.until(shown.task.id, 'delivered');
    expect(await forget(shown.task)).toMatchObject({ type: 'deleted' });
    expect(await store.tasks.get(task.id)).toBeDefined();
    expect(await store.blobs.stat(task.id, task.clip?.blob ?? '')).toBeDefined();
  });

  test('takes away what was being shown elsewhere at that very moment', async () => {
    const { store, chat } = rig;
    const taken: unknown[] = [];
    Object.assign(chat, {
      takeAway: async (sent: unknown) => {
        taken.push(sent);
        return { outcome: 'shown' };
      },
    });
    rig.startWorker();
    const task = await rig.until((await rig.ask()).id, 'delivered');
    const asked = { ...task, id: newTaskId(store.now()), requestKey: 'show:1' };
    chat.script.send = async () => {
      await forget(task);
      return { outcome: 'shown' };
    };
    await store.tasks.insert(showOf(task, asked), { of: task.id, names: clipBlobs(task) });
    await rig.clock.advance(90_000);
    expect(chat.shown).toHaveLength(2);
    expect(taken).toContainEqual({ clip: 'message-2' });
    expect((await store.dump.counts()).task).toBe(0);
    expect(await store.removals.open(10)).toEqual([]);
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
