import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actions } from '../../commands/index.ts';
import { en } from '../../src/messages/en/index.ts';
import type { Task } from '../../src/task/task.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

let rig: Rig;
let task: Task;
beforeEach(async () => {
  rig = await createRig();
  task = await rig.ask('anna');
});
afterEach(() => rig.close());

const REFUSED = { type: 'refused', text: en.request.notYours };
const isRefusedAsForeign = async (heard: Parameters<Rig['press']>[2], action: string): Promise<boolean> => {
  const reply = await rig.press(task, action, heard);
  return reply.type === 'refused' && reply.text === REFUSED.text;
};

/** A press that says it comes from another chat. */
const elsewhere = (by: string, moderates: boolean) => ({
  moderates: () => moderates,
  origin: {
    requestKey: 'test:elsewhere',
    requester: { id: by, name: 'Mallory' },
    place: { platform: 'test', chat: 'another room' },
    locale: 'en',
  },
});

describe.each(actions.map(({ id, who }) => [id, who] as const))('%s', (id, who) => {
  test('is never for a moderator of another chat', async () => {
    expect(await rig.press(task, id, elsewhere('test:mallory', true))).toEqual(REFUSED);
  });

  test('is for the person who asked, wherever they press', async () => {
    expect(await isRefusedAsForeign(elsewhere('test:anna', false), id)).toBe(false);
  });

  test(`is ${who === 'author' ? 'not ' : ''}for a moderator of its own chat`, async () => {
    expect(await isRefusedAsForeign({ by: 'test:mod', moderates: () => true }, id)).toBe(who === 'author');
  });

  test(`is ${who === 'here' ? '' : 'not '}for others who are there`, async () => {
    expect(await isRefusedAsForeign({ by: 'test:bo', moderates: () => false }, id)).toBe(who !== 'here');
  });

  test('on another platform is for nobody else, whatever the chat is called', async () => {
    const there = { platform: 'other', chat: task.place.chat };
    const heard = elsewhere('other:mallory', true);
    expect(await rig.press(task, id, { ...heard, origin: { ...heard.origin, place: there } })).toEqual(REFUSED);
  });
});

test('what is pressed and is in no table, or under a task that is gone, is refused in words', async () => {
  expect(await rig.press(task, 'explode')).toEqual({ type: 'refused', text: en.request.gone });
  await rig.store.tasks.remove(task.id);
  expect(await rig.press(task, 'again', { moderates: () => true })).toEqual({ type: 'refused', text: en.request.gone });
});

test('what is shown of a task that is gone is for the person it was shown to, and for moderators, to take away', async () => {
  await rig.store.tasks.remove(task.id);
  expect(await rig.press(task, 'delete')).toEqual({ type: 'refused', text: en.request.gone });
  expect(await rig.press(task, 'delete', { isTheirs: () => true })).toEqual({ type: 'deleted', text: en.request.gone });
  expect(await rig.press(task, 'delete', { moderates: () => true })).toEqual({
    type: 'deleted',
    text: en.request.gone,
  });
});
