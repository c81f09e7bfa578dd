import { expect, it } from 'vitest';
import { LEASE_MS, RENEW_MS } from '../../../src/store/tasks.ts';
import { TASK_STATES } from '../../../src/task/task.ts';
import { type Context, claim, inState } from './context.ts';
import { ids, known, newTask } from './tools.ts';

export function describeClaims(context: Context): void {
  it('a claimed task is nobody else’s until its lease ends', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    expect(ids(await store.tasks.claimDue('one', 10))).toEqual([task.id]);
    expect(await store.tasks.claimDue('two', 10)).toEqual([]);
    expect(await store.tasks.claimDue('one', 10)).toEqual([]);
    clock.advance(LEASE_MS - 1);
    expect(await store.tasks.claimDue('two', 10)).toEqual([]);
    clock.advance(1);
    expect(ids(await store.tasks.claimDue('two', 10))).toEqual([task.id]);
  });

  it('a task that is claimed with its insert is its process’s until the lease ends, and then anybody’s', async () => {
    const { store, clock } = context;
    const insert = async (owner?: string) => (await store.tasks.insert(newTask(clock), undefined, { owner })).task;
    const [plain, mine, left] = await Promise.all([insert(), insert('one'), insert('one')]);
    expect(ids(await store.tasks.claimDue('two', 10))).toEqual([plain.id]);
    expect(await store.tasks.renew('one', [mine.id, left.id])).toEqual([mine.id, left.id]);
    // What its process does not get to, after a kill, is another's, and not the first one's any more.
    expect(await store.tasks.save(mine, { owner: 'two' })).toBeUndefined();
    expect(await store.tasks.save(mine, { owner: 'one' })).toMatchObject({ version: mine.version + 1 });
    clock.advance(LEASE_MS - 1);
    expect(await store.tasks.claimDue('two', 10)).toEqual([]);
    clock.advance(1);
    expect(ids(await store.tasks.claimDue('two', 10))).toContain(left.id);
    expect(await store.tasks.save(left, { owner: 'one' })).toBeUndefined();
    // Told again it is whose it was.
    const again = await store.tasks.insert({ ...newTask(clock), requestKey: left.requestKey }, undefined, {
      owner: 'one',
    });
    expect(again).toMatchObject({ created: false, task: { id: left.id } });
  });

  it('a task of any state is claimed when it is due, longest due first, and never before', async () => {
    const { store, clock } = context;
    const expected: string[] = [];
    for (const [i, state] of TASK_STATES.entries())
      expected.unshift((await inState(context, state, { dueAt: clock.now() + 1000 - i })).id);
    await inState(context, 'rendering');
    clock.advance(1000 - TASK_STATES.length);
    expect(await store.tasks.claimDue('one', 100)).toEqual([]);
    clock.advance(1);
    expect(ids(await store.tasks.claimDue('one', 100))).toEqual(expected.slice(0, 1));
    clock.advance(1000);
    expect(ids(await store.tasks.claimDue('one', 3))).toEqual(expected.slice(1, 4));
    expect(ids(await store.tasks.claimDue('one', 100))).toEqual(expected.slice(4));
  });

  it('a task that is due at no time sleeps for good', async () => {
    const { store, clock } = context;
    await inState(context, 'delivered');
    clock.advance(365 * 24 * 60 * 60 * 1000);
    expect(await store.tasks.claimDue('one', 10)).toEqual([]);
  });

  it('claiming none claims none', async () => {
    const { store, clock } = context;
    await store.tasks.insert(newTask(clock));
    expect(await store.tasks.claimDue('one', 0)).toEqual([]);
    expect(await store.tasks.claimDue('one', 1)).toHaveLength(1);
  });

  it('many who claim at once get each task exactly once', async () => {
    const { store, clock } = context;
    const expected: string[] = [];
    for (let i = 0; i < 40; i++) expected.push((await store.tasks.insert(newTask(clock))).task.id);
    const claims = await Promise.all(Array.from({ length: 16 }, (_, i) => store.tasks.claimDue(`owner ${i}`, 5)));
    for (const each of claims) expect(each.length).toBeLessThanOrEqual(5);
    const got = ids([...claims.flat(), ...(await store.tasks.claimDue('last', 100))]);
    expect(got.toSorted()).toEqual(expected.toSorted());
  });

  it('the lease goes on for as long as it is renewed', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const claimed = await claim(store, task.id, 'one');
    for (let i = 0; i < 10; i++) {
      clock.advance(RENEW_MS);
      expect(await store.tasks.renew('one', [task.id])).toEqual([task.id]);
      expect(await store.tasks.claimDue('two', 10)).toEqual([]);
    }
    expect(await store.tasks.save(claimed, { owner: 'one' })).toBeDefined();
  });

  it('only those who still hold a lease prolong it', async () => {
    const { store, clock } = context;
    const mine = (await store.tasks.insert(newTask(clock))).task.id;
    await store.tasks.claimDue('one', 1);
    const theirs = (await store.tasks.insert(newTask(clock))).task.id;
    await store.tasks.claimDue('two', 1);
    const nobodys = (await store.tasks.insert(newTask(clock))).task.id;
    expect(await store.tasks.renew('one', [mine, theirs, nobodys, 'f'.repeat(24)])).toEqual([mine]);
    expect(await store.tasks.renew('one', [])).toEqual([]);
    clock.advance(LEASE_MS);
    expect(ids(await store.tasks.claimDue('three', 10)).toSorted()).toEqual([mine, theirs, nobodys].toSorted());
    expect(await store.tasks.renew('one', [mine])).toEqual([]);
  });

  it('a save ends the lease, and the task is due when it was told to be', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const claimed = await claim(store, task.id, 'one');
    const saved = await store.tasks.save({ ...claimed, polls: 1 }, { owner: 'one', dueAt: clock.now() + 500 });
    expect(saved).toMatchObject({ id: task.id, polls: 1 });
    expect(await store.tasks.renew('one', [task.id])).toEqual([]);
    clock.advance(499);
    expect(await store.tasks.claimDue('two', 10)).toEqual([]);
    clock.advance(1);
    expect(await store.tasks.claimDue('two', 10)).toMatchObject([{ id: task.id, polls: 1 }]);
  });

  it('a save with hold keeps the lease and prolongs it', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    let held = await claim(store, task.id, 'one');
    for (let polls = 1; polls < 5; polls++) {
      clock.advance(LEASE_MS - 1);
      held = known(await store.tasks.save({ ...held, polls }, { owner: 'one', hold: true, dueAt: clock.now() }));
      expect(held.polls).toBe(polls);
      expect(await store.tasks.claimDue('two', 10)).toEqual([]);
    }
    clock.advance(LEASE_MS);
    expect(await store.tasks.claimDue('two', 10)).toMatchObject([{ id: task.id, polls: 4 }]);
  });

  it('only the holder decides', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    expect(await store.tasks.save({ ...task, state: 'failed' }, { owner: 'one' })).toBeUndefined();
    const claimed = await claim(store, task.id, 'one');
    expect(await store.tasks.save({ ...claimed, state: 'failed' }, { owner: 'two' })).toBeUndefined();
    expect(await store.tasks.get(task.id)).toEqual(claimed);
  });

  it('one decision is taken once: saving it again changes nothing', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const claimed = await claim(store, task.id, 'one');
    const [first, second] = await Promise.all([
      store.tasks.save({ ...claimed, polls: 1 }, { owner: 'one', hold: true }),
      store.tasks.save({ ...claimed, polls: 2 }, { owner: 'one', hold: true }),
    ]);
    expect([first, second].filter(Boolean)).toHaveLength(1);
    expect(await store.tasks.get(task.id)).toEqual(first ?? second);
  });

  it('a save that is told again by its token is done once, and its teller goes on', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const claimed = known((await store.tasks.claimDue('one', 1))[0]);
    const by = { owner: 'one', hold: true, token: 'a$token' };
    const saved = await store.tasks.save({ ...claimed, state: 'queued' }, by);
    expect(await store.tasks.save({ ...claimed, state: 'queued' }, by)).toEqual(saved);
    expect((await store.tasks.get(task.id))?.version).toBe(saved?.version);
    expect(await store.tasks.save({ ...claimed, state: 'queued' }, { ...by, token: 'other' })).toBeUndefined();
    // Who lost the lease meanwhile does not go on with it.
    clock.advance(LEASE_MS + 1);
    const theirs = known((await store.tasks.claimDue('two', 1))[0]);
    expect(await store.tasks.save({ ...claimed, state: 'queued' }, by)).toBeUndefined();
    const last = { owner: 'two', token: 'last' };
    const end = await store.tasks.save({ ...theirs, state: 'cancelled' }, last);
    expect(end?.state).toBe('cancelled');
    expect(await store.tasks.save({ ...theirs, state: 'cancelled' }, last)).toEqual(end);
  });

  it('a late owner whose task nobody took may still save', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const claimed = await claim(store, task.id, 'one');
    clock.advance(10 * LEASE_MS);
    expect(await store.tasks.save({ ...claimed, polls: 1 }, { owner: 'one' })).toMatchObject({ polls: 1 });
  });

  it('a late owner whose task was taken changes nothing', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const late = await claim(store, task.id, 'one');
    clock.advance(LEASE_MS);
    const taken = await claim(store, task.id, 'two');
    expect(await store.tasks.save({ ...late, state: 'failed' }, { owner: 'one' })).toBeUndefined();
    expect(await store.tasks.renew('one', [task.id])).toEqual([]);
    expect(await store.tasks.get(task.id)).toEqual(taken);
    const decided = known(await store.tasks.save({ ...taken, state: 'queued' }, { owner: 'two' }));
    expect(await store.tasks.save({ ...late, state: 'failed' }, { owner: 'one' })).toBeUndefined();
    expect(await store.tasks.get(task.id)).toEqual(decided);
  });

  it('a late step is not mistaken for a later one of the same owner', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const late = await claim(store, task.id, 'one');
    clock.advance(LEASE_MS);
    const again = await claim(store, task.id, 'one');
    expect(await store.tasks.save({ ...late, state: 'failed' }, { owner: 'one' })).toBeUndefined();
    expect(await store.tasks.save({ ...again, state: 'queued' }, { owner: 'one' })).toMatchObject({ state: 'queued' });
  });

  it('only queued tasks of that provider are started, and one at a time', async () => {
    const { store } = context;
    for (const state of TASK_STATES) if (state !== 'queued') await inState(context, state, { told: { provider: 'p' } });
    await inState(context, 'queued', { told: { provider: 'q' } });
    expect(await store.tasks.claimStart('one', 'p', 100)).toBeUndefined();
    const first = await inState(context, 'queued', { told: { provider: 'p' } });
    const second = await inState(context, 'queued', { told: { provider: 'p' } });
    expect(await store.tasks.claimStart('one', 'p', 100)).toMatchObject({ id: first.id });
    expect(await store.tasks.claimStart('two', 'p', 100)).toMatchObject({ id: second.id });
    expect(await store.tasks.claimStart('one', 'p', 100)).toBeUndefined();
  });

  it('a task claimed to be started is leased like any other', async () => {
    const { store, clock } = context;
    const { id } = await inState(context, 'queued');
    const started = known(await store.tasks.claimStart('one', 'preview', 1));
    clock.advance(LEASE_MS - 1);
    expect(await store.tasks.claimDue('two', 10)).toEqual([]);
    expect(await store.tasks.renew('one', [id])).toEqual([id]);
    clock.advance(LEASE_MS);
    expect(ids(await store.tasks.claimDue('two', 10))).toEqual([id]);
    expect(await store.tasks.save({ ...started, state: 'submitting' }, { owner: 'one' })).toBeUndefined();
  });

  it.each(['submitting', 'rendering'] as const)(
    'a task that is %s holds a slot of its provider only',
    async (state) => {
      const { store } = context;
      await inState(context, state, { told: { provider: 'p' } });
      await inState(context, 'queued', { told: { provider: 'p' } });
      await inState(context, 'queued', { told: { provider: 'q' } });
      expect(await store.tasks.claimStart('one', 'p', 1)).toBeUndefined();
      expect(await store.tasks.claimStart('one', 'q', 1)).toBeDefined();
      expect(await store.tasks.claimStart('one', 'p', 2)).toBeDefined();
      expect(await store.tasks.claimStart('one', 'p', 2)).toBeUndefined();
    },
  );

  it('a queued task that is only looked after holds no slot, and is not started meanwhile', async () => {
    const { store, clock } = context;
    for (let i = 0; i < 5; i++) await inState(context, 'queued', { dueAt: clock.now() });
    const lookedAfter = await store.tasks.claimDue('cards', 4);
    expect(lookedAfter).toHaveLength(4);
    const started = known(await store.tasks.claimStart('one', 'preview', 1));
    expect(ids(lookedAfter)).not.toContain(started.id);
    expect(await store.tasks.claimStart('one', 'preview', 5)).toBeUndefined();
    for (const task of lookedAfter) await store.tasks.save(task, { owner: 'cards' });
    expect(await store.tasks.claimStart('one', 'preview', 1)).toBeUndefined();
    expect(await store.tasks.claimStart('one', 'preview', 2)).toBeDefined();
  });

  it('a start that is held on holds its slot, one that is given up does not', async () => {
    const { store } = context;
    await inState(context, 'queued');
    await inState(context, 'queued');
    const started = known(await store.tasks.claimStart('one', 'preview', 1));
    const held = known(await store.tasks.save(started, { owner: 'one', hold: true }));
    expect(await store.tasks.claimStart('two', 'preview', 1)).toBeUndefined();
    await store.tasks.save(held, { owner: 'one' });
    expect(await store.tasks.claimStart('two', 'preview', 1)).toBeDefined();
    expect(await store.tasks.claimStart('two', 'preview', 1)).toBeUndefined();
  });

  it('what would be queued is started at once where a slot is free and none comes before it', async () => {
    const { store, clock } = context;
    await inState(context, 'received', { dueAt: clock.now() });
    const [held] = await store.tasks.claimDue('one', 1);
    const task = known(held);
    expect(await store.tasks.turn(task, 0)).toBeUndefined();
    const turn = known(await store.tasks.turn(task, 1));
    // Its slot is taken until it is saved, or was not.
    expect(await store.tasks.turn(task, 1)).toBeUndefined();
    const waiting = await inState(context, 'queued');
    expect(await store.tasks.claimStart('two', 'preview', 1)).toBeUndefined();
    turn.release();
    turn.release();
    expect(await store.tasks.turn({ ...task, rank: waiting.rank + 1 }, 5)).toBeUndefined();
    expect(await store.tasks.turn({ ...task, rank: waiting.rank, id: '0'.repeat(24) }, 5)).toBeDefined();
    const first = known(await store.tasks.turn({ ...task, rank: waiting.rank - 1 }, 2));
    await store.tasks.save({ ...task, state: 'submitting' }, { owner: 'one', hold: true });
    first.release();
    expect(await store.tasks.turn({ ...task, rank: waiting.rank - 1 }, 2)).toBeUndefined();
  });

  it('whether one waits to be started is known, whatever the slots', async () => {
    const { store, clock } = context;
    for (const state of TASK_STATES) if (state !== 'queued') await inState(context, state, { told: { provider: 'p' } });
    expect(await store.tasks.waitsToStart(['p', 'q'])).toBeUndefined();
    const { id } = await inState(context, 'queued', { told: { provider: 'q' }, dueAt: clock.now() });
    expect(await store.tasks.waitsToStart(['p', 'q'])).toBe('q');
    expect(await store.tasks.waitsToStart(['p'])).toBeUndefined();
    expect(await store.tasks.waitsToStart([])).toBeUndefined();
    // While somebody looks after it, it is not to be had.
    const due = (await store.tasks.claimDue('cards', 20)).find((task) => task.id === id);
    expect(await store.tasks.waitsToStart(['q'])).toBeUndefined();
    await store.tasks.save(known(due), { owner: 'cards' });
    expect(await store.tasks.waitsToStart(['q'])).toBe('q');
    await store.tasks.claimStart('one', 'q', 1);
    expect(await store.tasks.waitsToStart(['q'])).toBeUndefined();
  });

  it('no slots, no start', async () => {
    await inState(context, 'queued');
    expect(await context.store.tasks.claimStart('one', 'preview', 0)).toBeUndefined();
  });

  it('tasks that wait for a word or are over hold no slot', async () => {
    const { store } = context;
    for (const state of TASK_STATES)
      if (!['submitting', 'rendering', 'queued'].includes(state)) await inState(context, state);
    await inState(context, 'queued');
    expect(await store.tasks.claimStart('one', 'preview', 1)).toBeDefined();
  });

  it('many who start at once never overshoot the slots', async () => {
    const { store } = context;
    for (let i = 0; i < 12; i++) await inState(context, 'queued');
    await inState(context, 'rendering');
    const started = await Promise.all(
      Array.from({ length: 10 }, (_, i) => store.tasks.claimStart(`owner ${i}`, 'preview', 4)),
    );
    const got = ids(started.flatMap((task) => task ?? []));
    expect(got).toHaveLength(3);
    expect(new Set(got).size).toBe(3);
  });

  it('a start whose owner is late holds its slot until the task is claimed anew', async () => {
    const { store, clock } = context;
    await inState(context, 'queued');
    await inState(context, 'queued');
    const late = known(await store.tasks.claimStart('one', 'preview', 1));
    clock.advance(LEASE_MS);
    // Its owner may still save `submitting`: were the slot free, two would be on the wire.
    expect(await store.tasks.claimStart('two', 'preview', 1)).toBeUndefined();
    await claim(store, late.id, 'two');
    expect(await store.tasks.claimStart('two', 'preview', 1)).toBeDefined();
    expect(await store.tasks.save({ ...late, state: 'submitting' }, { owner: 'one' })).toBeUndefined();
  });
}
