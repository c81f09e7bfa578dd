import { expect, it } from 'vitest';
import { chatHash, SPEND_MS, spendRow } from '../../../src/store/spend.ts';
import { DRAFT_MS } from '../../../src/store/values.ts';
import { TASK_STATES } from '../../../src/task/task.ts';
import { type Context, inState } from './context.ts';
import { known, newTask, spentSince } from './tools.ts';

export function describeKeeping(context: Context): void {
  it('a draft holds what was put, the latest of its key', async () => {
    const { drafts } = context.store;
    for (const data of [{ a: [1, null, { b: 'c' }] }, 'text', 0, false, null, []]) {
      await drafts.put({ key: 'k', data });
      expect(await drafts.get('k')).toEqual({ key: 'k', data });
    }
    expect(await drafts.get('other')).toBeUndefined();
  });

  it('of many who take a draft at once exactly one goes on', async () => {
    const { drafts } = context.store;
    await drafts.put({ key: 'k', data: 1 });
    const taken = await Promise.all(Array.from({ length: 10 }, () => drafts.take('k')));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await drafts.get('k')).toBeUndefined();
    expect(await drafts.take('k')).toBe(false);
    expect(await drafts.take('never put')).toBe(false);
  });

  it('of many who put a draft first at once one did, and all are told which, until its time is over', async () => {
    const { store, clock } = context;
    const first = (data: unknown) => store.drafts.first({ key: 'k', data });
    const [told, ...others] = await Promise.all(Array.from({ length: 10 }, (_, i) => first(i)));
    expect(others.every((one) => one === told)).toBe(true);
    expect(await store.drafts.get('k')).toEqual({ key: 'k', data: told });
    clock.advance(DRAFT_MS);
    expect(await first('anew')).toBe('anew');
  });

  it('a draft is gone after its time, and lives on where it is put again', async () => {
    const { store, clock } = context;
    await store.drafts.put({ key: 'old', data: 1 });
    await store.drafts.put({ key: 'renewed', data: 1 });
    clock.advance(DRAFT_MS - 1);
    expect(await store.drafts.get('old')).toBeDefined();
    await store.drafts.put({ key: 'renewed', data: 2 });
    clock.advance(1);
    expect(await store.drafts.get('old')).toBeUndefined();
    expect(await store.drafts.take('old')).toBe(false);
    await store.sweep();
    expect(await store.drafts.get('renewed')).toEqual({ key: 'renewed', data: 2 });
    await store.drafts.put({ key: 'old', data: 3 });
    expect(await store.drafts.get('old')).toEqual({ key: 'old', data: 3 });
  });

  it('promised removals are told until they are done, the latest of each id, and no other value with them', async () => {
    const { store, clock } = context;
    const { removals, drafts, locks } = store;
    const removal = (id: string, tries: number) => ({
      id,
      platform: 'test',
      sent: { card: `c${id}` },
      dueAt: 5,
      tries,
    });
    await drafts.put({ key: 'removal:', data: 1 });
    await locks.hold('removal', 'me', 1_000);
    for (const id of ['2', '1', '3']) await removals.put(removal(id, 0));
    await removals.put(removal('2', 7));
    expect(await removals.open(10)).toEqual([removal('1', 0), removal('2', 7), removal('3', 0)]);
    expect(await removals.open(2)).toHaveLength(2);
    expect(await removals.open(2, '2')).toEqual([removal('3', 0)]);
    await removals.done('2');
    // Whatever ends them is who looks after them, and not that nobody did.
    clock.advance(7 * DRAFT_MS);
    await store.sweep();
    expect((await removals.open(10)).map(({ id }) => id)).toEqual(['1', '3']);
  });

  it('what no place takes is told until one of many takes it', async () => {
    const { shutOut, removals } = context.store;
    const place = { platform: 'test', chat: 'c', thread: 't', community: 's' };
    const requester = { id: 'test:ann', name: 'ann' };
    await removals.put({ id: 'x', platform: 'test', sent: {}, dueAt: 5, tries: 0 });
    for (const id of ['1', '2', '1']) await shutOut.put({ id, place, requester });
    const { platform, ...where } = place;
    const told = ['1', '2'].map((taskId) => ({ taskId, platform, ...where, person: requester.id }));
    expect(await shutOut.list(10)).toEqual(told);
    expect(await shutOut.list(1)).toHaveLength(1);
    expect(await shutOut.list(10, '1')).toMatchObject([{ taskId: '2' }]);
    const taken = await Promise.all(Array.from({ length: 5 }, () => shutOut.take('1')));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect((await shutOut.list(10)).map(({ taskId }) => taskId)).toEqual(['2']);
  });

  it('what was spent of a platform’s budget is kept for as long as it counts', async () => {
    const { store, clock } = context;
    await store.spendings.put('chat', [1, 2], 1_000);
    expect(await store.spendings.get('chat')).toEqual([1, 2]);
    clock.advance(1_000);
    expect(await store.spendings.get('chat')).toBeUndefined();
  });

  const row = (attemptId: string, person: string, provider: string, cost: number) => ({
    attemptId,
    person,
    provider,
    cost,
    request: `request of ${attemptId}`,
  });

  it('what was spent is summed by provider, by person, by both and over all', async () => {
    const { store, clock } = context;
    const start = clock.now();
    await store.spend.open(row('a1', 'ada', 'paid', 1));
    await store.spend.open(row('a2', 'ada', 'paid', 0.25));
    await store.spend.open(row('a3', 'ben', 'paid', 10));
    await store.spend.open(row('a4', 'ada', 'other', 100));
    expect(await spentSince(store, start, { person: 'ada', provider: 'paid' })).toEqual({ credits: 1.25, clips: 2 });
    expect(await spentSince(store, start, { person: 'ada' })).toEqual({ credits: 101.25, clips: 3 });
    expect(await spentSince(store, start, { provider: 'paid' })).toEqual({ credits: 11.25, clips: 3 });
    expect(await spentSince(store, start)).toEqual({ credits: 111.25, clips: 4 });
    expect(await spentSince(store, start, { person: 'nobody' })).toEqual({ credits: 0, clips: 0 });
  });

  it('what was spent in a time is summed, and the people counted who had something made, for nothing, too', async () => {
    const { store, clock } = context;
    const start = clock.now();
    await store.spend.open(row('a1', 'ada', 'paid', 1));
    await store.spend.open(row('a2', 'ben', 'free', 0));
    await store.spend.open(row('a3', 'ada', 'other', 4));
    clock.advance(1_000);
    const then = clock.now();
    await store.spend.open(row('a4', 'cyd', 'paid', 8));
    expect(await store.spend.between(start, then)).toEqual({ credits: 5, clips: 2 });
    expect(await store.spend.people(start, then)).toBe(2);
    expect(await store.spend.between(then, then + 1)).toEqual({ credits: 8, clips: 1 });
    expect(await store.spend.people(start, then + 1)).toBe(3);
    expect(await store.spend.between(0, start)).toEqual({ credits: 0, clips: 0 });
    expect(await store.spend.people(0, start)).toBe(0);
  });

  it('what was spent is summed by chat, too; early rows are of none', async () => {
    const { store, clock } = context;
    const start = clock.now();
    const [room, other] = ['room', 'other'].map((chat) => chatHash({ platform: 'test', chat }));
    await store.spend.open({ ...row('a1', 'ada', 'paid', 1), chat: room });
    await store.spend.open({ ...row('a2', 'ben', 'paid', 2), chat: room });
    await store.spend.open({ ...row('a3', 'ben', 'free', 4), chat: room });
    await store.spend.open({ ...row('a4', 'ada', 'paid', 8), chat: other });
    await store.spend.open(row('a5', 'ada', 'paid', 16));
    expect(await spentSince(store, start, { chat: room, provider: 'paid' })).toEqual({ credits: 3, clips: 2 });
    expect(await spentSince(store, start, { chat: room })).toEqual({ credits: 7, clips: 3 });
    await store.spend.settle('a2', { cost: 0 });
    clock.advance(1000);
    await store.spend.open({ ...row('a6', 'ada', 'paid', 32), chat: room });
    expect(await spentSince(store, start, { chat: room, provider: 'paid' })).toEqual({ credits: 33, clips: 2 });
    expect(await spentSince(store, start + 1, { chat: room, provider: 'paid' })).toEqual({ credits: 32, clips: 1 });
    expect(await spentSince(store, start, { provider: 'paid' })).toEqual({ credits: 57, clips: 4 });
  });

  it('a row names the chat whatever the thread or the message, and another of the same name elsewhere apart', () => {
    const chats = [
      { platform: 'test', chat: 'room' },
      { platform: 'test', chat: 'room', thread: 't', message: 'm', community: 'c' },
      { platform: 'other', chat: 'room' },
    ].map((place) => spendRow(newTask(context.clock, { place }), 'a').chat);
    expect(chats[1]).toBe(chats[0]);
    expect(chats[2]).not.toBe(chats[0]);
    expect(chats[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('an attempt counts in full until it is settled, and not as a clip where it cost nothing', async () => {
    const { store, clock } = context;
    const start = clock.now();
    await store.spend.open(row('a1', 'ada', 'paid', 8));
    await store.spend.open(row('a2', 'ada', 'paid', 8));
    await store.spend.settle('a1', { cost: 5 });
    await store.spend.settle('a2', { cost: 0 });
    await store.spend.settle('never opened', { cost: 7 });
    expect(await spentSince(store, start, { person: 'ada' })).toEqual({ credits: 5, clips: 1 });
    // Opened again by who did not know: what was settled stands.
    await store.spend.open(row('a2', 'ada', 'paid', 8));
    expect(await spentSince(store, start, { person: 'ada' })).toEqual({ credits: 5, clips: 1 });
  });

  it('spending counts from its instant on, that instant included', async () => {
    const { store, clock } = context;
    await store.spend.open(row('a1', 'ada', 'paid', 1));
    clock.advance(1000);
    const noon = clock.now();
    await store.spend.open(row('a2', 'ada', 'paid', 2));
    clock.advance(1000);
    // Settling late does not move it.
    await store.spend.settle('a1', { cost: 3 });
    expect(await spentSince(store, noon, { person: 'ada' })).toEqual({ credits: 2, clips: 1 });
    expect(await spentSince(store, noon + 1, { person: 'ada' })).toEqual({ credits: 0, clips: 0 });
    expect(await spentSince(store, 0, { person: 'ada' })).toEqual({ credits: 5, clips: 2 });
  });

  it('a request is known by its attempts, also after its task is gone, until what was spent is forgotten', async () => {
    const { store, clock } = context;
    const asked = row('a1', 'ada', 'paid', 1);
    expect(await store.spend.knows(asked.request)).toBe(false);
    await store.spend.open(asked);
    await store.spend.settle('a1', { cost: 0 });
    expect(await store.spend.knows(asked.request)).toBe(true);
    expect(await store.spend.knows('request of another')).toBe(false);
    clock.advance(SPEND_MS - 1);
    await store.sweep({ keepMs: 1000 });
    expect(await store.spend.knows(asked.request)).toBe(true);
    clock.advance(1);
    await store.sweep({ keepMs: 1000 });
    expect(await store.spend.knows(asked.request)).toBe(false);
  });

  it('what was spent outlives a sweep', async () => {
    const { store, clock } = context;
    await store.spend.open(row('a1', 'ada', 'paid', 1));
    clock.advance(400 * 24 * 60 * 60 * 1000);
    await store.sweep();
    expect(await spentSince(store, 0)).toEqual({ credits: 1, clips: 1 });
  });

  it('what is parked is parked until its end, and a later end wins', async () => {
    const { store, clock } = context;
    expect(await store.cooldowns.get('key')).toBeUndefined();
    await store.cooldowns.park('key', 5000, 'no credits');
    await store.cooldowns.park('key', 1000, 'busy');
    await store.cooldowns.park('other', 100, 'busy');
    expect((await store.cooldowns.get('key'))?.until).toBe(clock.now() + 5000);
    await store.cooldowns.park('key', 8000, 'quota');
    const end = clock.now() + 8000;
    expect((await store.cooldowns.get('key'))?.reason).toBe('quota');
    clock.advance(7999);
    await store.sweep();
    expect((await store.cooldowns.get('key'))?.until).toBe(end);
    expect(await store.cooldowns.get('other')).toBeUndefined();
    clock.advance(1);
    expect(await store.cooldowns.get('key')).toBeUndefined();
    await store.cooldowns.park('key', 10, 'again');
    expect((await store.cooldowns.get('key'))?.until).toBe(clock.now() + 10);
  });

  it('what was learned of a kind of job is what was told last', async () => {
    const { store } = context;
    expect(await store.durations.get('runway/gen4_turbo/5')).toBeUndefined();
    await store.durations.put('runway/gen4_turbo/5', [{ loMs: 1, hiMs: 2 }]);
    await store.durations.put('runway/gen4_turbo/5', [{ loMs: 3, hiMs: 4 }]);
    await store.durations.put('$where', { 'a.b': 1 });
    expect(await store.durations.get('runway/gen4_turbo/5')).toEqual([{ loMs: 3, hiMs: 4 }]);
    expect(await store.durations.get('$where')).toEqual({ 'a.b': 1 });
  });

  it('what waits is counted with its cost, for all and for each person, until it is under way or over', async () => {
    const { store, clock } = context;
    for (const [person, cost] of [
      ['ada', 1],
      ['ada', 2.5],
      ['ben', 4],
    ] as const)
      await store.tasks.insert(newTask(clock, { requester: { id: person, name: person }, provider: 'paid', cost }));
    await store.tasks.insert(newTask(clock, { provider: 'other', cost: 100 }));
    await store.spend.open(row('a1', 'ada', 'paid', 1.5));
    const counted = (person?: string) => {
      const of = { provider: 'paid', person };
      return store.count({ spent: of, waiting: of, since: 0, lately: 0 });
    };
    const spent = { clips: 1, credits: 1.5 };
    const nothing = { clips: 0, credits: 0 };
    expect(await Promise.all(['ada', 'nobody', undefined].map(counted))).toEqual([
      { spent, waiting: { clips: 2, credits: 3.5 }, isSure: true },
      { spent: nothing, waiting: nothing, isSure: true },
      { spent, waiting: { clips: 3, credits: 7.5 }, isSure: true },
    ]);
    const [first] = await store.tasks.claimDue('w', 1);
    await store.tasks.save({ ...known(first), state: 'cancelled' }, { owner: 'w' });
    expect((await counted()).waiting).toEqual({ clips: 2, credits: 6.5 });
  });

  it('what one person has waiting or being made is counted, whatever it costs', async () => {
    const { store } = context;
    const told = { requester: { id: 'ada', name: 'Ada' }, provider: 'p' };
    expect(await store.tasks.underWay({ provider: 'p', person: 'ada' })).toBe(0);
    for (const state of TASK_STATES) await inState(context, state, { told });
    await inState(context, 'queued', { told: { ...told, provider: 'other' } });
    await inState(context, 'queued', { told: { ...told, requester: { id: 'ben', name: 'Ben' } } });
    // Received, queued, submitting, rendering.
    expect(await store.tasks.underWay({ provider: 'p', person: 'ada' })).toBe(4);
  });

  it('what admission asks of a request is told in one answer', async () => {
    const { store, clock } = context;
    const told = { requester: { id: 'ada', name: 'Ada' }, provider: 'p' };
    await inState(context, 'rendering', { told });
    await inState(context, 'delivered', { told });
    const { task } = await store.tasks.insert(newTask(clock, told));
    await store.spend.open(row('m1', 'hash of ada', 'paid', 1));
    await store.spend.settle('m1', { cost: 0, moderated: true });
    const underWay = [{ provider: 'p', person: 'ada' }, undefined, { provider: 'p', place: task.place }];
    const moderated = { person: 'hash of ada', since: 0 };
    const { requestKey } = task;
    expect(await store.lookAt({ requestKey, request: 'none', underWay, moderated })).toEqual({
      task,
      wasAsked: false,
      underWay: [2, 0, 2],
      moderated: { count: 1, lastAt: clock.now() },
    });
    const nothing = { wasAsked: false, moderated: { count: 0, lastAt: undefined } };
    const nobody = [{ provider: 'p', person: 'ben' }];
    expect(await store.lookAt({ requestKey: 'none', underWay: nobody })).toEqual({ ...nothing, underWay: [0] });
    const { request } = row('m1', 'hash of ada', 'paid', 1);
    expect(await store.lookAt({ request, underWay: [] })).toMatchObject({ wasAsked: true, underWay: [] });
  });

  it('what is free on its disk is told in bytes, where it is known', async () => {
    const free = await context.store.freeBytes();
    if (free !== undefined) expect(free).toBeGreaterThan(0);
  });

  it('refusals by moderation are counted for each person since an instant', async () => {
    const { store, clock } = context;
    const start = clock.now();
    for (const id of ['m1', 'm2', 'm3']) await store.spend.open(row(id, 'ada', 'paid', 1));
    await store.spend.settle('m1', { cost: 0, moderated: true });
    clock.advance(1000);
    await store.spend.open(row('m4', 'ada', 'paid', 1));
    await store.spend.settle('m4', { cost: 1, moderated: true });
    expect(await store.spend.moderated(start, 'ada')).toEqual({ count: 2, lastAt: start + 1000 });
    expect(await store.spend.moderated(start + 1, 'ada')).toEqual({ count: 1, lastAt: start + 1000 });
    expect(await store.spend.moderated(start, 'ben')).toEqual({ count: 0, lastAt: undefined });
  });
}
