import pino from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { createAdmission } from '../../commands/admission.ts';
import { animate } from '../../commands/animate.ts';
import type { AdmissionLimits } from '../../commands/limits.ts';
import { quotaCommand } from '../../commands/quota.ts';
import type { Standing } from '../../commands/settings/standing.ts';
import { en } from '../../src/messages/en/index.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { createRig, type Rig, scriptedProvider } from '../helpers/rig.ts';

let rig: Rig;
afterEach(() => rig.close());

const refused = (text: string) => ({ type: 'refused', text: expect.stringContaining(text) });
const DAY_MS = 24 * 3_600_000;
const PLACE = { platform: 'test', chat: 'room' };

describe('a limit for each person and day', () => {
  test('counts what waits and what was made, and starts anew the next day', async () => {
    rig = await createRig({ limits: { dailyPerPerson: 2 } });
    const first = await rig.ask('anna');
    rig.startWorker({ tickMs: 60_000 });
    await rig.until(first.id, 'delivered');
    await rig.ask('anna');
    expect(await rig.request('anna')).toEqual(refused('your 2 clips for today'));
    await rig.ask('ben');
    await rig.clock.advance(DAY_MS);
    await rig.ask('anna');
  });

  test('is not refunded by deleting a clip', async () => {
    rig = await createRig({ limits: { dailyPerPerson: 1 } });
    const { id } = await rig.ask('anna');
    rig.startWorker();
    await rig.until(id, 'delivered');
    await rig.store.tasks.remove(id);
    expect(await rig.request('anna')).toEqual(refused('for today'));
  });

  test('holds when everything is asked at once', async () => {
    rig = await createRig({ limits: { dailyPerPerson: 3 } });
    const replies = await Promise.all(Array.from({ length: 12 }, () => rig.request('anna')));
    expect(replies.filter((reply) => reply.type === 'taken')).toHaveLength(3);
  });

  test('leaves nothing on disk of what was refused', async () => {
    rig = await createRig({ limits: { dailyPerPerson: 0 } });
    expect(await rig.request('anna')).toEqual(refused('for today'));
    expect(await rig.store.tasks.conversation({ platform: 'test', chat: 'room' }, { limit: 10 })).toEqual([]);
  });

  test('says nothing where clips are free', async () => {
    rig = await createRig({
      provider: scriptedProvider({ paid: false }),
      limits: { dailyPerPerson: 0, dailyBudget: 0 },
    });
    await rig.ask('anna');
  });
});

test('what was asked ahead counts nothing that was recorded since', async () => {
  rig = await createRig({ limits: { maxWaitingPerPerson: 1 } });
  const requester = { id: 'test:anna', name: 'Anna' };
  const keys = ['test:one', 'test:other'];
  for (const key of keys) rig.admission.ahead({ requester, place: PLACE, provider: rig.provider.name }, key);
  const replies = await Promise.all(keys.map((key) => rig.request('anna', key)));
  expect(replies.map(({ type }) => type).toSorted()).toEqual(['refused', 'taken']);
});

test('a request that is recorded and begun between the two answers of a look is told as taken', async () => {
  rig = await createRig();
  const asked = await rig.request('anna', 'test:key');
  if (asked.type !== 'taken') throw new Error(asked.type);
  rig.startWorker();
  await rig.until(asked.task.id, 'rendering');
  const lookAt: Store['lookAt'] = async (wanted) => ({ ...(await rig.store.lookAt(wanted)), task: undefined });
  const store = { ...rig.store, lookAt };
  const admission = createAdmission({ store, providers: [rig.provider], limits: { allow: ['*'] } });
  const again = await animate(
    {
      requestKey: 'test:key',
      requester: { id: 'test:anna', name: 'Anna' },
      place: PLACE,
      locale: 'en',
      scene: 'waves roll in',
      options: { seed: 42 },
      picture: { ref: 'picture', declared: {} },
    },
    { ...rig, store, admission },
  );
  expect(again).toMatchObject({ type: 'taken', created: false, task: { id: asked.task.id } });
});

describe('a record that does not answer', () => {
  test('has so many requests wait in a line, and the next ones hear at once that it cannot be used', async () => {
    rig = await createRig({ limits: { dailyBudget: 100 } });
    const asked = { requester: { id: 'test:anna', name: 'Anna' }, place: PLACE, provider: rig.provider.name };
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const line = Array.from({ length: 501 }, () => rig.admission.serialized(asked, () => answered));
    await expect(rig.admission.serialized(asked, async () => {})).rejects.toThrow(StoreUnavailable);
    answer();
    await Promise.all(line);
    await rig.admission.serialized(asked, async () => {});
  });
});

describe('a limit for each chat and day', () => {
  test('counts what all people there have waiting and had made, in no other chat, and starts anew the next day', async () => {
    rig = await createRig({ limits: { dailyPerChat: 2 } });
    const first = await rig.ask('anna');
    rig.startWorker({ tickMs: 60_000 });
    await rig.until(first.id, 'delivered');
    await rig.ask('ben');
    const text = en.request.chatHadEnough(2);
    expect(await rig.request('carla')).toEqual({ type: 'refused', text });
    expect(await rig.admission.denialReason({ ...first, place: { ...first.place, chat: 'attic' } })).toBeUndefined();
    await rig.clock.advance(DAY_MS);
    await rig.ask('carla');
  });

  test('holds when everything is asked at once', async () => {
    rig = await createRig({ limits: { dailyPerChat: 3 } });
    const replies = await Promise.all(Array.from({ length: 12 }, () => rig.request()));
    expect(replies.filter((reply) => reply.type === 'taken')).toHaveLength(3);
  });
});

describe.each([{ dailyPerPerson: 1 }, { dailyPerChat: 1 }])('of what a day has (%j)', (limits) => {
  const mayAsk = async () => (await rig.request('anna')).type === 'taken';

  test('deleting a clip gives nothing back', async () => {
    rig = await createRig({ limits });
    const task = await rig.ask('anna');
    rig.startWorker();
    await rig.until(task.id, 'delivered');
    await rig.press(task, 'delete');
    expect(await rig.store.tasks.get(task.id)).toBeUndefined();
    expect(await mayAsk()).toBe(false);
  });

  test('what was cancelled before it was submitted takes nothing, also once it is deleted', async () => {
    rig = await createRig({ limits });
    for (const isDeleted of [false, true]) {
      const task = await rig.ask('anna');
      await rig.press(task, 'cancel');
      const worker = rig.startWorker();
      await rig.until(task.id, 'cancelled');
      await worker.stop();
      if (isDeleted) await rig.press(task, 'delete');
    }
    expect(rig.provider.submits).toEqual([]);
    expect(await mayAsk()).toBe(true);
  });

  test('what failed before it was submitted takes nothing', async () => {
    rig = await createRig({ limits });
    rig.chat.script.open = async () => ({ outcome: 'gone', reason: 'deleted' });
    const task = await rig.ask('anna', { ref: 'photo', declared: {} });
    const worker = rig.startWorker();
    await rig.until(task.id, 'failed');
    await worker.stop();
    expect(rig.provider.submits).toEqual([]);
    expect(await mayAsk()).toBe(true);
  });

  test('what the provider refused takes nothing', async () => {
    rig = await createRig({ limits });
    rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'bad-input' } });
    const task = await rig.ask('anna');
    rig.startWorker();
    await rig.until(task.id, 'failed');
    expect(await mayAsk()).toBe(true);
  });
});

describe('what is left for today', () => {
  const noteOf = async (person: string, key?: string) => {
    const reply = await rig.request(person, key);
    if (reply.type !== 'taken') throw new Error(reply.text);
    return reply.note;
  };

  test('is said with the request that leaves two or fewer, and not where the request was known', async () => {
    rig = await createRig({ limits: { dailyPerPerson: 4 } });
    expect(await noteOf('anna')).toBeUndefined();
    expect(await noteOf('anna', 'test:second')).toBe('You have 2 more clips today.');
    expect(await noteOf('anna', 'test:second')).toBeUndefined();
    expect(await noteOf('ben')).toBeUndefined();
    expect(await noteOf('anna')).toBe('You have 1 more clip today.');
    expect(await noteOf('anna')).toBe('That was your last clip for today.');
  });

  test('is said of what ends first: the person’s, the chat’s or everybody’s', async () => {
    rig = await createRig({ limits: { dailyPerPerson: 3, dailyPerChat: 4, dailyBudget: 4 } });
    expect(await noteOf('anna')).toBe(en.request.left.person(2, { isShared: false }));
    expect(await noteOf('ben')).toBe(en.request.left.person(2, { isShared: false }));
    expect(await noteOf('ben')).toBe(en.request.left.person(1, { isShared: false }));
    expect(await noteOf('carla')).toBe(en.request.left.chat(0));
    const admission = (limits: AdmissionLimits) =>
      createAdmission({ store: rig.store, providers: [rig.provider], limits: { allow: ['*'], ...limits } });
    const asked = await rig.store.tasks.conversation({ platform: 'test', chat: 'room' }, { limit: 1 });
    const note = async (limits: AdmissionLimits) => asked[0] && admission(limits).leftNote(asked[0]);
    expect(await note({ dailyBudget: 6 })).toBe(en.request.left.budget(2));
    expect(await note({ dailyBudget: 7, dailyPerChat: 7 })).toBeUndefined();
    expect(await note({ maxWaitingPerPerson: 1 })).toBeUndefined();
  });

  test('is not waited for where the record is slow to tell, or cannot: the request is taken', async () => {
    rig = await createRig({ limits: { dailyPerPerson: 1 } });
    const task = await rig.ask('anna');
    const noteWhere = (count: Store['count']) =>
      createAdmission({
        store: { ...rig.store, count },
        providers: [rig.provider],
        limits: { allow: ['*'], dailyPerPerson: 1 },
        clock: rig.clock,
      }).leftNote(task);
    expect(await noteWhere(rig.store.count)).toBe('That was your last clip for today.');
    const slow = noteWhere(() => new Promise(() => {}));
    await rig.clock.advance(300);
    expect(await slow).toBeUndefined();
    expect(await noteWhere(() => Promise.reject(new Error('down')))).toBeUndefined();
  });

  test('is nothing where clips are free', async () => {
    rig = await createRig({
      provider: scriptedProvider({ paid: false }),
      limits: { dailyPerPerson: 1, dailyPerChat: 1, dailyBudget: 1 },
    });
    expect(await noteOf('anna')).toBeUndefined();
  });

  test('is told by /quota, of the person and of the chat', async () => {
    const quota = async () => {
      const reply = await quotaCommand.execute(
        {
          requestKey: 'q',
          requester: { id: 'test:anna', name: 'Anna' },
          place: { platform: 'test', chat: 'room' },
          locale: 'en',
        },
        {},
        rig,
      );
      return reply.type === 'details' ? reply.text.split('\n').slice(1) : [];
    };
    rig = await createRig();
    await rig.ask('anna');
    await rig.ask('ben');
    expect(await quota()).toEqual(['1 being made', '1 asked for today']);
    await rig.close();
    rig = await createRig({
      limits: { dailyPerPerson: 3, dailyPerChat: 20, maxWaitingPerPerson: 5, maxWaitingPerChat: 50, dailyBudget: 30 },
    });
    await rig.ask('anna');
    await rig.ask('ben');
    expect(await quota()).toEqual([
      '1 of at most 5 being made at once',
      '1 of 3 asked for today (UTC)',
      'All in this chat: 2 of 50 being made, 2 of 20 today',
      '28 credits left for everybody today',
    ]);
  });
});

test('where nothing is counted nobody waits for another’s request, and where something is, all whom it counts do', async () => {
  rig = await createRig();
  const [paid, free] = [scriptedProvider({ paid: true }), { ...scriptedProvider({ paid: false }), name: 'free' }];
  const asked = (person: string, platform = 'test', provider = 'scripted') => ({
    requester: { id: person, name: person },
    place: { platform, chat: 'room' },
    provider,
  });
  const anna = asked('anna');
  for (const [limits, one, other, met] of [
    [{}, anna, anna, true],
    [{ dailyBudget: 5 }, anna, asked('ben'), false],
    [{ dailyPerPerson: 5 }, anna, asked('ben'), false],
    [{ dailyPerChat: 5 }, anna, asked('ben'), false],
    [{ dailyBudget: 5 }, asked('anna', 'test', 'free'), asked('ben', 'test', 'free'), true],
    [{ maxWaitingPerPerson: 5 }, anna, asked('ben'), true],
    [{ maxWaitingPerPerson: 5 }, anna, anna, false],
    [{ maxWaitingPerPerson: 5 }, asked('anna', 'web'), asked('anna', 'web'), true],
    [{ maxWaitingPerChat: 5 }, anna, asked('ben'), false],
    [{ maxWaitingPerChat: 5 }, anna, { ...asked('ben'), place: { platform: 'test', chat: 'attic' } }, true],
    [{ maxWaitingPerChat: 5, maxWaitingPerPerson: 5 }, anna, asked('ben'), false],
    [{ maxWaitingPerChat: 5 }, asked('anna', 'web'), asked('ben', 'web'), true],
  ] as const) {
    const { serialized } = createAdmission({
      store: rig.store,
      providers: [paid, free],
      limits,
      privatePlatforms: ['web'],
    });
    let others = 0;
    let end = () => {};
    const first = serialized(one, () => new Promise<void>((resolve) => (end = resolve)));
    const second = serialized(other, async () => void others++);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect({ limits, met: others === 1 }).toEqual({ limits, met });
    end();
    await Promise.all([first, second]);
  }
});

describe('strangers on a public platform', () => {
  test.each([
    [[], false],
    [['discord:9'], false],
    [['telegram:1'], false],
    [['discord:1'], true],
    [['discord:2'], true],
    [['discord:3'], true],
    [['*'], true],
  ])('with ALLOW %j may ask for what costs something, and for previews: %s', async (allow, may) => {
    rig = await createRig();
    const place = { platform: 'discord', community: '1', chat: '2' };
    const asked = { requester: { id: 'discord:3', name: 'C' }, place, locale: 'en', provider: 'scripted', cost: 1 };
    for (const paid of [true, false]) {
      const admission = createAdmission({
        store: rig.store,
        providers: [scriptedProvider({ paid })],
        limits: { allow },
        privatePlatforms: ['web'],
      });
      expect((await admission.denialReason(asked)) === undefined).toBe(may);
      expect(await admission.denialReason({ ...asked, place: { ...place, platform: 'web' } })).toBeUndefined();
    }
  });

  test('are told the entries of ALLOW that would let them in, and either does', async () => {
    rig = await createRig();
    const place = { platform: 'discord', community: '1', chat: '2' };
    const asked = { requester: { id: 'discord:3', name: 'C' }, place, locale: 'en', provider: 'scripted', cost: 1 };
    const denialWith = (allow: string[], standing: Standing = {}) =>
      createAdmission({ store: rig.store, providers: [scriptedProvider()], limits: { allow } }).denialReason({
        ...asked,
        standing,
      });
    const entries = (await denialWith([]))?.match(/discord:\d+/g) ?? [];
    expect(entries).toEqual(['discord:3', 'discord:1']);
    for (const entry of entries) expect(await denialWith([entry])).toBeUndefined();
    // Who looks after the server is perhaps the operator; alone with the bot anybody is.
    expect(await denialWith([], { manages: async () => true })).toContain(
      ' Operator: add ALLOW=discord:1 for everybody',
    );
    const alone = await denialWith([], { isAlone: true, manages: () => true });
    expect(alone).toMatch(/Send whoever runs it this, for ALLOW: discord:3\.$/);
  });

  test('may ask for previews where ALLOW is not set, and for nothing else', async () => {
    rig = await createRig();
    const place = { platform: 'discord', community: '1', chat: '2' };
    const asked = { requester: { id: 'discord:3', name: 'C' }, place, locale: 'en', provider: 'scripted', cost: 1 };
    for (const paid of [true, false]) {
      const admission = createAdmission({ store: rig.store, providers: [scriptedProvider({ paid })], limits: {} });
      expect((await admission.denialReason(asked)) === undefined).toBe(!paid);
    }
  });

  test.each([
    [['web'], true],
    [['terminal'], false],
    [undefined, false],
  ])('and nobody needs ALLOW on one that the program calls private (%j): %s', async (privatePlatforms, may) => {
    rig = await createRig();
    const { store, provider } = rig;
    const admission = createAdmission({ store, providers: [provider], limits: {}, privatePlatforms });
    const place = { platform: 'web', chat: 'main' };
    const asked = { requester: { id: 'web:local', name: 'A' }, place, locale: 'en', provider: 'scripted', cost: 1 };
    const refusal = await admission.denialReason(asked);
    expect(refusal === undefined).toBe(may);
  });
});

describe('a budget for each day', () => {
  test('holds for all people together', async () => {
    rig = await createRig({ limits: { dailyBudget: 2 } });
    await rig.ask('anna');
    await rig.ask('ben');
    expect(await rig.request('carla')).toEqual(refused("Today's budget"));
  });

  test('is not touched by what the provider certainly did not take', async () => {
    rig = await createRig({ limits: { dailyBudget: 1 } });
    rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'bad-input' } });
    const { id } = await rig.ask();
    rig.startWorker();
    await rig.until(id, 'failed');
    await rig.ask();
  });

  test('counts in full what nobody knows', async () => {
    rig = await createRig({ limits: { dailyBudget: 1 } });
    rig.provider.script.submit = async () => ({ outcome: 'unknown', reason: 'no answer' });
    const { id } = await rig.ask();
    rig.startWorker();
    await rig.until(id, 'unconfirmed');
    expect(await rig.request()).toEqual(refused("Today's budget"));
  });
});

describe('somebody whom moderation refuses again and again', () => {
  test('has to wait, longer each time, and nobody else does', async () => {
    rig = await createRig();
    rig.provider.script.poll = async () => ({ outcome: 'failed', failure: { type: 'moderation' } });
    rig.startWorker({ tickMs: 2_000 });
    const fail = async () => rig.until((await rig.ask('mallory')).id, 'failed');
    await fail();
    await fail();
    expect(await rig.request('mallory')).toEqual(refused('ask again in about 10 min'));
    await rig.ask('anna');
    await rig.clock.advance(600_000);
    await fail();
    expect(await rig.request('mallory')).toEqual(refused('ask again in about 60 min'));
  });
});

describe('a disk that is nearly full', () => {
  test('takes nothing, says so, and takes again once there is room; the operator hears of both', async () => {
    rig = await createRig();
    const { store, provider } = rig;
    let free: number | undefined = 99;
    const lines: string[] = [];
    const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
    const admission = createAdmission({
      store: { ...store, freeBytes: async () => free },
      providers: [provider],
      limits: { allow: ['*'], minFreeBytes: 100 },
      log,
    });
    const asked = await rig.ask();
    const web = { ...asked, place: { ...asked.place, platform: 'web' } };
    for (const each of [asked, web]) expect(await admission.denialReason(each)).toBe(en.request.diskNearlyFull);
    free = 100;
    await rig.clock.advance(5_000);
    for (const each of [asked, web]) expect(await admission.denialReason(each)).toBeUndefined();
    expect(lines).toEqual([expect.stringContaining('nearly full'), expect.stringContaining('room again')]);
    // Where it is not known nobody is refused.
    free = undefined;
    await rig.clock.advance(5_000);
    expect(await admission.denialReason(asked)).toBeUndefined();
  });
});
