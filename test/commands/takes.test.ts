import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { animateCommand } from '../../commands/animate.ts';
import { takesOf } from '../../commands/takes.ts';
import { en } from '../../src/messages/en/index.ts';
import { MAX_SEED, seedOfTake } from '../../src/task/options.ts';
import type { Task } from '../../src/task/task.ts';
import { createRig, type Rig, scriptedProvider } from '../helpers/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const refused = (text: string) => ({ type: 'refused', text });
const conversation = () => rig.store.tasks.conversation({ platform: 'test', chat: 'room' }, { limit: 50 });

describe('several takes', () => {
  test('are a task each, of one story, with the seed after that of the take before', async () => {
    const takes = await rig.askTakes(3);
    const [lead] = takes;
    expect(takes.map(({ take, from, story, scene }) => ({ take, from, story, scene }))).toEqual([
      { take: { number: 1, of: 3 }, from: undefined, story: undefined, scene: 'waves roll in' },
      { take: { number: 2, of: 3 }, from: lead?.id, story: lead?.id, scene: 'waves roll in' },
      { take: { number: 3, of: 3 }, from: lead?.id, story: lead?.id, scene: 'waves roll in' },
    ]);
    expect(takes.map(({ options }) => options.seed)).toEqual([42, 43, 44]);
    expect(seedOfTake(MAX_SEED, 2)).toBe(0);
  });

  test('that are asked for by a request told many times at once are made once', async () => {
    const picture = { ref: 'photo', declared: {} };
    const replies = await Promise.all(Array.from({ length: 5 }, () => rig.request('anna', 'test:same', picture, 3)));
    expect(new Set(replies.map((reply) => reply.type === 'taken' && reply.task.id)).size).toBe(1);
    expect(await conversation()).toHaveLength(3);
    expect(replies.filter((reply) => reply.type === 'taken' && reply.created)).toHaveLength(1);
  });

  test.each([0, 5, 1.5, 'many'])('are from 1 to 4: %j are refused in words', async (takes) => {
    const origin = { requestKey: 'test:1', requester: { id: 'test:anna', name: 'Anna' }, locale: 'en' };
    const place = { platform: 'test', chat: 'room' };
    const given = { image: new Uint8Array(), scene: 'waves', takes };
    const reply = await animateCommand.execute({ ...origin, place }, given, rig);
    expect(reply).toEqual(refused(en.commands.animate.options.takes.wrong));
    expect(await conversation()).toEqual([]);
  });

  test('cost so much in all, which is said with the answer', async () => {
    const reply = await rig.request('anna', undefined, undefined, 3);
    expect(reply).toMatchObject({ type: 'taken', note: '3 takes cost 3 credits.' });
    expect(await rig.request('anna')).toMatchObject({ type: 'taken', note: undefined });
  });

  test('Again makes one more, and so does Edit', async () => {
    rig.startWorker();
    const [, second] = await rig.askTakes(2);
    if (!second) throw new Error('no second take');
    const done = await rig.until(second.id, 'delivered');
    for (const [action, answer] of [['again'], ['edit', { scene: 'snow', options: { takes: 4 } }]] as const) {
      const reply = await rig.press(done, action, { answer });
      if (reply.type !== 'taken') throw new Error(reply.type);
      expect(reply.note).toBe(answer ? en.takes.onlyOne : undefined);
      expect(reply.task).toMatchObject({ take: undefined, from: second.id, story: second.from });
      expect(await takesOf(reply.task, rig.store)).toEqual([reply.task]);
    }
    expect((await takesOf(done, rig.store)).map(({ take }) => take?.number)).toEqual([1, 2]);
  });
});

describe('limits hold for all takes together, or none is made:', () => {
  const fewer = (most: number) => refused(en.request.fewerTakes(most, 3));

  test.each([
    [{ maxWaitingPerPerson: 5 }, 2],
    [{ maxWaitingPerChat: 5 }, 2],
    [{ dailyPerPerson: 5 }, 2],
    [{ dailyPerChat: 5 }, 2],
    [{ dailyBudget: 5 }, 2],
  ])('%j', async (limits, most) => {
    await rig.close();
    rig = await createRig({ limits });
    await rig.askTakes(3, { person: 'anna' });
    expect(await rig.request('anna', undefined, undefined, 3)).toEqual(fewer(most));
    expect(await conversation()).toHaveLength(3);
    await rig.askTakes(most, { person: 'anna' });
    expect(await rig.request('anna')).toMatchObject({ type: 'refused' });
  });

  test('also where several are asked for at once', async () => {
    await rig.close();
    rig = await createRig({ limits: { dailyPerPerson: 7 } });
    const asked = Array.from({ length: 6 }, () => rig.request('anna', undefined, undefined, 3));
    const replies = await Promise.all(asked);
    expect(replies.filter(({ type }) => type === 'taken')).toHaveLength(2);
    expect(await conversation()).toHaveLength(6);
  });

  test('and somebody else’s one take does not wait for all of them', async () => {
    const takes = await rig.askTakes(4, { person: 'anna' });
    const other = await rig.ask('ben');
    expect(takes.map(({ rank }) => rank)).toEqual([0, 1, 2, 3]);
    expect(other.rank).toBe(0);
  });
});

describe('cancelling', () => {
  const states = async (takes: readonly Task[]) =>
    (await Promise.all(takes.map(({ id }) => rig.task(id)))).map(({ requests }) => requests.cancel === true);

  test('from their card stops all of them', async () => {
    const takes = await rig.askTakes(3);
    const [lead] = takes;
    if (!lead) throw new Error('no lead');
    expect(await rig.press(lead, 'cancel-all')).toMatchObject({ type: 'done', isOnCard: true });
    expect(await states(takes)).toEqual([true, true, true]);
    expect(await rig.press(lead, 'cancel-all', { by: 'test:stranger' })).toEqual(refused(en.request.notYours));
  });

  test('one of them stops that one', async () => {
    const takes = await rig.askTakes(3);
    const [, second] = takes;
    if (!second) throw new Error('no second');
    await rig.press(second, 'cancel');
    expect(await states(takes)).toEqual([false, true, false]);
  });

  test('is refused for somebody else, in another chat, and changes nothing', async () => {
    const takes = await rig.askTakes(2);
    const [lead] = takes;
    if (!lead) throw new Error('no lead');
    const elsewhere = { requestKey: 'test:x', requester: { id: 'test:eve', name: 'Eve' }, locale: 'en' };
    const reply = await rig.press(lead, 'cancel-all', {
      by: 'test:eve',
      moderates: () => true,
      origin: { ...elsewhere, place: { platform: 'test', chat: 'elsewhere' } },
    });
    expect(reply).toEqual(refused(en.request.notYours));
    expect(await states(takes)).toEqual([false, false]);
  });

  test('by /cancel counts them as one request', async () => {
    const cancel = rig.commands.find(({ name }) => name === 'cancel');
    const say = (person: string) => {
      const origin = { requestKey: `test:c:${person}`, requester: { id: `test:${person}`, name: 'A' }, locale: 'en' };
      return cancel?.execute({ ...origin, place: { platform: 'test', chat: 'room' } }, {}, rig);
    };
    const takes = await rig.askTakes(3, { person: 'anna' });
    expect(await say('anna')).toEqual({ type: 'done', text: en.request.cancelHeard });
    expect(await states(takes)).toEqual([true, true, true]);

    const [lead] = await rig.askTakes(2, { person: 'ben' });
    const single = await rig.ask('ben');
    expect(await say('ben')).toMatchObject({
      type: 'choice',
      action: 'cancel-all',
      tasks: [{ id: single.id }, { id: lead?.id }],
    });
  });
});

test('a free provider’s takes are told without a price', async () => {
  await rig.close();
  rig = await createRig({ provider: scriptedProvider({ paid: false }) });
  expect(await rig.request('anna', undefined, undefined, 4)).toMatchObject({ type: 'taken', note: undefined });
});
