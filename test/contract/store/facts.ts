import { expect, it } from 'vitest';
import { LEASE_MS } from '../../../src/store/tasks.ts';
import { TASK_STATES } from '../../../src/task/task.ts';
import { type Context, claim, inState } from './context.ts';
import { ids, known, newTask } from './tools.ts';

export function describeFacts(context: Context): void {
  const due = async () => ids(await context.store.tasks.claimDue('looking', 10));

  it.each(TASK_STATES)('a job’s acceptance is recorded while a task is %s, and makes it due', async (state) => {
    const { store } = context;
    const task = await inState(context, state);
    expect(await due()).toEqual([]);
    const told = known(await store.tasks.recordAccepted(task.id, 'a1', 'job-1'));
    expect(told).toEqual({ ...task, accepted: { a1: 'job-1' }, asked: told.asked });
    expect(told.asked).toBeGreaterThan(task.asked);
    expect(await store.tasks.get(task.id)).toEqual(told);
    expect(await due()).toEqual([task.id]);
  });

  it('the first job of an attempt stays, and another attempt has its own', async () => {
    const { store } = context;
    const { id } = await inState(context, 'rendering');
    const first = await store.tasks.recordAccepted(id, 'a1', 'job-1');
    expect(await store.tasks.recordAccepted(id, 'a1', 'job-other')).toEqual(first);
    expect(await store.tasks.recordAccepted(id, 'a2', 'job-2')).toMatchObject({
      accepted: { a1: 'job-1', a2: 'job-2' },
    });
  });

  it('a fact that is no news wakes nobody', async () => {
    const { store } = context;
    const { id } = await inState(context, 'rendering');
    await store.tasks.recordAccepted(id, 'a1', 'job-1');
    await store.tasks.recordSent(id, 'card', 'm1');
    const claimed = await claim(store, id, 'one');
    await store.tasks.save(claimed, { owner: 'one' });
    await store.tasks.recordAccepted(id, 'a1', 'job-1');
    await store.tasks.recordSent(id, 'card', 'm2');
    expect(await due()).toEqual([]);
  });

  it('the first message of a kind holds, also where many record one at once', async () => {
    const { store } = context;
    const { id } = await inState(context, 'ready');
    const held = await Promise.all(Array.from({ length: 8 }, (_, i) => store.tasks.recordSent(id, 'clip', `m${i}`)));
    expect(new Set(held).size).toBe(1);
    expect(await store.tasks.recordSent(id, 'clip', 'late')).toBe(held[0]);
    expect(await store.tasks.recordSent(id, 'card', 'c1')).toBe('c1');
    expect((await store.tasks.get(id))?.sent).toEqual({ clip: held[0], card: 'c1' });
    expect(await due()).toEqual([id]);
  });

  it('facts recorded at once are all kept', async () => {
    const { store } = context;
    const { id } = await inState(context, 'rendering');
    await Promise.all(Array.from({ length: 8 }, (_, i) => store.tasks.recordAccepted(id, `a${i}`, `job-${i}`)));
    expect(Object.keys((await store.tasks.get(id))?.accepted ?? {})).toHaveLength(8);
  });

  it('a fact of the holder’s own wakes nobody: the holder knows', async () => {
    const { store, clock } = context;
    const { id } = await inState(context, 'queued', { dueAt: clock.now() });
    const held = await claim(store, id, 'one');
    const told = known(await store.tasks.recordAccepted(id, 'a1', 'job-1', 'one'));
    expect(await store.tasks.recordSent(id, 'card', 'm1', 'one')).toBe('m1');
    expect(told.asked).toBe(held.asked);
    const saved = known(await store.tasks.save(held, { owner: 'one', dueAt: clock.now() + 1000 }));
    expect(saved).toMatchObject({ accepted: { a1: 'job-1' }, sent: { card: 'm1' } });
    expect(await due()).toEqual([]);
  });

  it.each(['somebody else', undefined])('a fact from %s leaves the task due after its holder’s save', async (by) => {
    const { store, clock } = context;
    for (const tell of [
      (id: string) => store.tasks.recordAccepted(id, 'a1', 'job-1', by),
      (id: string) => store.tasks.recordSent(id, 'card', 'm1', by),
    ]) {
      const { id } = await inState(context, 'rendering', { dueAt: clock.now() });
      const held = await claim(store, id, 'one');
      await tell(id);
      expect(await due()).toEqual([]);
      expect(await store.tasks.save({ ...held, polls: 1 }, { owner: 'one', dueAt: clock.now() + 1e6 })).toBeDefined();
      expect(await due()).toEqual([id]);
    }
  });

  it('a late owner’s facts are kept although its decisions are not', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const late = await claim(store, task.id, 'one');
    clock.advance(LEASE_MS);
    const taken = await claim(store, task.id, 'two');
    expect(await store.tasks.recordAccepted(task.id, 'a1', 'job-1', 'one')).toMatchObject({
      accepted: { a1: 'job-1' },
    });
    expect(await store.tasks.recordSent(task.id, 'card', 'm1', 'one')).toBe('m1');
    expect(await store.tasks.save({ ...late, state: 'failed' }, { owner: 'one' })).toBeUndefined();
    const saved = await store.tasks.save({ ...taken, state: 'rendering' }, { owner: 'two', dueAt: clock.now() + 1e6 });
    expect(saved).toMatchObject({ state: 'rendering', accepted: { a1: 'job-1' }, sent: { card: 'm1' } });
    // The new owner had not read them.
    expect(await due()).toEqual([task.id]);
  });

  it('a request never touches the version: its holder’s decision stands', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const held = await claim(store, task.id, 'one');
    const asked = known(await store.tasks.ask(task.id, { type: 'cancel' }));
    expect(asked).toMatchObject({ version: held.version, requests: { cancel: true } });
    const saved = await store.tasks.save({ ...held, state: 'queued' }, { owner: 'one', dueAt: clock.now() + 1e6 });
    expect(saved).toMatchObject({ state: 'queued', requests: { cancel: true } });
    expect(await due()).toEqual([task.id]);
  });

  it('a request between a read and the save leaves the task due now, also with nothing left to do', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const held = await claim(store, task.id, 'one');
    await store.tasks.ask(task.id, { type: 'wake' });
    await store.tasks.save({ ...held, state: 'delivered' }, { owner: 'one' });
    const again = await claim(store, task.id, 'one');
    // This time the request was seen.
    await store.tasks.save(again, { owner: 'one' });
    expect(await due()).toEqual([]);
  });

  it('a request seen through hold does not leave the task due', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const held = await claim(store, task.id, 'one');
    await store.tasks.ask(task.id, { type: 'cancel' });
    const seen = known(await store.tasks.save(held, { owner: 'one', hold: true }));
    expect(seen.requests).toEqual({ cancel: true });
    expect(await due()).toEqual([]);
    await store.tasks.save({ ...seen, state: 'cancelled' }, { owner: 'one' });
    expect(await due()).toEqual([]);
  });

  it.each([
    [{ type: 'cancel' }, { cancel: true }],
    [{ type: 'wake' }, {}],
    [{ type: 'answer', attempt: 'a1', choice: 'retry' }, { answer: { attempt: 'a1', choice: 'retry' } }],
    [{ type: 'answer', attempt: 'a1', choice: 'leave' }, { answer: { attempt: 'a1', choice: 'leave' } }],
  ] as const)('the request %j wakes a task that sleeps', async (request, kept) => {
    const { store } = context;
    const task = await inState(context, 'unconfirmed');
    const asked = known(await store.tasks.ask(task.id, request));
    expect(asked).toEqual({ ...task, requests: kept, asked: task.asked + 1 });
    expect(await due()).toEqual([task.id]);
  });

  it('requests are kept beside one another, the newest answer last', async () => {
    const { store } = context;
    const { id } = await inState(context, 'unconfirmed');
    await store.tasks.ask(id, { type: 'answer', attempt: 'a1', choice: 'leave' });
    await store.tasks.ask(id, { type: 'cancel' });
    await store.tasks.ask(id, { type: 'wake' });
    const asked = await store.tasks.ask(id, { type: 'answer', attempt: 'a2', choice: 'retry' });
    expect(asked?.requests).toEqual({ cancel: true, answer: { attempt: 'a2', choice: 'retry' } });
  });

  it('a request makes a task due that waited for later, and keeps the place of one that was due', async () => {
    const { store, clock } = context;
    const waiting = await inState(context, 'rendering', { dueAt: clock.now() + 1e6 });
    const longDue = await inState(context, 'rendering', { dueAt: clock.now() - 10 });
    clock.advance(5);
    await store.tasks.ask(waiting.id, { type: 'wake' });
    await store.tasks.ask(longDue.id, { type: 'wake' });
    expect(await due()).toEqual([longDue.id, waiting.id]);
  });

  it('a request to a task held for longer than one lease wakes nobody else', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const claimed = await claim(store, task.id, 'one');
    clock.advance(LEASE_MS - 1);
    const held = known(await store.tasks.save(claimed, { owner: 'one', hold: true }));
    clock.advance(LEASE_MS - 1);
    await store.tasks.ask(task.id, { type: 'cancel' });
    expect(await due()).toEqual([]);
    await store.tasks.renew('one', [task.id]);
    clock.advance(LEASE_MS - 1);
    await store.tasks.ask(task.id, { type: 'cancel' });
    expect(await due()).toEqual([]);
    await store.tasks.save(held, { owner: 'one' });
    expect(await due()).toEqual([task.id]);
  });

  it('what its holder learned is kept with a save, and also where that decides nothing any more', async () => {
    const { store, clock } = context;
    const { id } = await inState(context, 'submitting', { dueAt: clock.now() });
    const held = await claim(store, id, 'one');
    await store.tasks.recordSent(id, 'card', 'm1', 'one');
    const facts = { accepted: { a1: 'job-1' }, sent: { card: 'm2', clip: 'm3' } };
    const saved = known(
      await store.tasks.save({ ...held, state: 'rendering' }, { owner: 'one', dueAt: clock.now() + 1000, facts }),
    );
    expect(saved).toMatchObject({ accepted: { a1: 'job-1' }, sent: { card: 'm1', clip: 'm3' }, asked: held.asked });
    expect(await due()).toEqual([]);
    const late = { accepted: { a1: 'job-x', a2: 'job-2' } };
    expect(await store.tasks.save({ ...held, state: 'failed' }, { owner: 'one', facts: late })).toBeUndefined();
    expect(await store.tasks.get(id)).toMatchObject({ state: 'rendering', accepted: { a1: 'job-1', a2: 'job-2' } });
    // Of another's task that is news.
    expect(await due()).toEqual([id]);
  });

  it('a callback with the secret of an attempt makes its task due, and is had along where nobody holds it', async () => {
    const { store, clock } = context;
    const attempts = [
      { id: 'a1', at: clock.now(), callback: 'hash' },
      { id: 'a2', at: clock.now(), callback: 'other', over: 'failed' as const },
    ];
    const later = { dueAt: clock.now() + 60_000, changes: { attempts } };
    const { id, version, asked } = await inState(context, 'rendering', later);
    for (const by of [
      { attempt: 'a1', callback: 'wrong' },
      { attempt: 'a1', callback: 'other' },
      { attempt: 'a2', callback: 'other' },
    ])
      expect(await store.tasks.call(id, { ...by, owner: 'one' })).toBeUndefined();
    expect(await due()).toEqual([]);
    const by = { attempt: 'a1', callback: 'hash' };
    const told = known(await store.tasks.call(id, { ...by, owner: 'one' }));
    expect(told).toMatchObject({ isClaimed: true, task: { id, version: version + 1, asked: asked + 1 } });
    expect(await store.tasks.get(id)).toEqual(told.task);
    // Its holder hears of the next one by its save.
    const again = known(await store.tasks.call(id, { ...by, owner: 'two' }));
    expect(again).toMatchObject({ isClaimed: false, task: { version: version + 1, asked: asked + 2 } });
    expect(await due()).toEqual([]);
    expect(await store.tasks.save(told.task, { owner: 'two' })).toBeUndefined();
    const saved = known(await store.tasks.save(told.task, { owner: 'one', dueAt: clock.now() + 60_000 }));
    expect(await due()).toEqual([id]);
    await store.tasks.save({ ...saved, version: saved.version + 1 }, { owner: 'looking', dueAt: clock.now() + 60_000 });
    // Where nobody has room for it, it is due.
    expect(await store.tasks.call(id, by)).toMatchObject({ isClaimed: false });
    expect(await due()).toEqual([id]);
    clock.advance(LEASE_MS + 1);
    expect(await store.tasks.call(id, { ...by, owner: 'one' })).toMatchObject({ isClaimed: true });
  });

  it('a request to a task whose owner died is seen by the next owner', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    await claim(store, task.id, 'dead');
    clock.advance(LEASE_MS + 1);
    await store.tasks.ask(task.id, { type: 'cancel' });
    const [next] = await store.tasks.claimDue('two', 10);
    expect(next?.requests).toEqual({ cancel: true });
  });
}
