import { expect, it } from 'vitest';
import { recordedTask } from '../../../src/store/task-record.ts';
import { LEASE_MS } from '../../../src/store/tasks.ts';
import { TASK_STATES, type TaskState } from '../../../src/task/task.ts';
import { type Context, inState } from './context.ts';
import { ids, newTask } from './tools.ts';

export function describeCounts(context: Context): void {
  it('tells how many tasks are in each state that something is left to do for, also where there is none', async () => {
    const { store, clock } = context;
    const none = Object.fromEntries(TASK_STATES.map((state) => [state, 0]));
    expect(await store.tasks.counts()).toEqual(none);
    await inState(context, 'delivered');
    expect(await store.tasks.counts()).toEqual(none);
    const dueAt = clock.now() + 60_000;
    for (const state of TASK_STATES) await inState(context, state, { dueAt });
    const removed = await inState(context, 'failed', { dueAt });
    await inState(context, 'ready', { dueAt });
    await store.tasks.remove(removed.id);
    expect(await store.tasks.counts()).toEqual({
      ...Object.fromEntries(TASK_STATES.map((state) => [state, 1])),
      ready: 2,
    });
  });

  it('tells what was recorded since an instant, in any state, newest first, so many at most', async () => {
    const { store, clock } = context;
    await store.tasks.insert(newTask(clock));
    clock.advance(60_000);
    const from = clock.now();
    const made: string[] = [];
    for (let n = 0; n < 3; n++) {
      made.unshift((await store.tasks.insert(newTask(clock))).task.id);
      clock.advance(1_000);
    }
    made.unshift((await inState(context, 'failed')).id);
    expect(ids(await store.tasks.since(from, 10))).toEqual(made);
    expect(ids(await store.tasks.since(from, 2))).toEqual(made.slice(0, 2));
    expect(await store.tasks.since(clock.now() + 1, 10)).toEqual([]);
    expect(await store.tasks.since(from, 0)).toEqual([]);
    expect(await store.tasks.since(0, 10)).toHaveLength(5);
  });

  it('tells what became of the clips that were asked for in a time, of shows nothing', async () => {
    const { store, clock } = context;
    const before = clock.now();
    const first = await inState(context, 'delivered');
    const shown = recordedTask(newTask(clock, { shows: first.id }), { rank: 0, now: before });
    await store.dump.put({ type: 'task', task: { ...shown, state: 'delivered' }, endedAt: before });
    clock.advance(60_000);
    const then = clock.now();
    for (const state of ['delivered', 'delivered', 'failed'] as const) await inState(context, state);
    clock.advance(1);
    const now = clock.now();
    const recorded = (state: TaskState, from: number, to: number) => store.tasks.recorded({ state, from, to });
    expect(await recorded('delivered', before, then)).toBe(1);
    expect(await recorded('delivered', then, now)).toBe(2);
    expect(await recorded('delivered', 0, now + 1)).toBe(3);
    expect(await recorded('failed', then, now)).toBe(1);
    expect(await recorded('failed', before, then)).toBe(0);
    expect(await recorded('ready', 0, now + 1)).toBe(0);
  });

  it('tells since when the clip has been asked for that is in a state for longest', async () => {
    const { store, clock } = context;
    expect(await store.tasks.oldestIn('queued')).toBeUndefined();
    const { id } = await inState(context, 'queued');
    const at = clock.now();
    clock.advance(60_000);
    await inState(context, 'queued');
    const oldest = await store.tasks.oldestIn('queued');
    expect(at - (oldest ?? 0)).toBeLessThan(60_000);
    expect(await store.tasks.oldestIn('rendering')).toBeUndefined();
    await store.tasks.remove(id);
    expect(await store.tasks.oldestIn('queued')).toBeGreaterThan(at);
  });

  it('tells since when the task has been due that nobody took, and nothing of those that somebody holds', async () => {
    const { store, clock } = context;
    expect(await store.tasks.oldestDue()).toBeUndefined();
    const at = clock.now();
    await store.tasks.insert(newTask(clock));
    clock.advance(5_000);
    await store.tasks.insert(newTask(clock));
    expect(await store.tasks.oldestDue()).toBe(at);
    const [first] = await store.tasks.claimDue('one', 1);
    expect(await store.tasks.oldestDue()).toBe(at + 5_000);
    await store.tasks.claimDue('one', 1);
    expect(await store.tasks.oldestDue()).toBeUndefined();
    if (first) await store.tasks.save(first, { owner: 'one', dueAt: clock.now() + 1_000 });
    expect(await store.tasks.oldestDue()).toBeUndefined();
    clock.advance(LEASE_MS);
    expect(await store.tasks.oldestDue()).toBe(at + 6_000);
  });
}
