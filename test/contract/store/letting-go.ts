import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/task/task.ts';
import { type Context, inState } from './context.ts';
import { newTask, spentSince } from './tools.ts';

const DAY_MS = 24 * 3_600_000;

/** What only one does at a time, and what is forgotten after a while. */
export function describeLettingGo(context: Context): void {
  it('agrees on the first value that anybody proposed', async () => {
    const { store } = context;
    const all = await Promise.all(['one', 'two', 'three'].map((proposal) => store.setOnce('a.b$c', proposal)));
    expect(new Set(all).size).toBe(1);
    expect(await store.setOnce('a.b$c', 'four')).toBe(all[0]);
    expect(await store.setOnce('another', 'four')).toBe('four');
  });

  describe('a lock', () => {
    it("is one owner's until it runs out or is released", async () => {
      const { clock, store } = context;
      const { locks } = store;
      expect(await locks.hold('poller', 'one', 10_000)).toBe(true);
      expect(await locks.hold('poller', 'two', 10_000)).toBe(false);
      expect(await locks.hold('other', 'two', 10_000)).toBe(true);
      clock.advance(9_000);
      expect(await locks.hold('poller', 'one', 10_000)).toBe(true);
      clock.advance(9_999);
      expect(await locks.hold('poller', 'two', 10_000)).toBe(false);
      clock.advance(1);
      expect(await locks.hold('poller', 'two', 10_000)).toBe(true);
      expect(await locks.hold('poller', 'one', 10_000)).toBe(false);
      await locks.release('poller', 'one');
      expect(await locks.hold('poller', 'one', 10_000)).toBe(false);
      await locks.release('poller', 'two');
      expect(await locks.hold('poller', 'one', 10_000)).toBe(true);
    });

    it('has one taker of many who come at once', async () => {
      const { locks } = context.store;
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, n) => locks.hold('a $odd.name\u0000', `owner ${n}`, 10_000)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('a sweep that keeps so long', () => {
    it('forgets what ended longer ago, with its blobs, and nothing that still has something to do', async () => {
      const { clock, store } = context;
      const name = 'clip';
      const ended: Task[] = [];
      for (const state of ['delivered', 'failed', 'cancelled'] as const) {
        const task = await inState(context, state);
        await store.blobs.write(task.id, name, [Buffer.from('bytes')], { maxBytes: 100 });
        ended.push(task);
      }
      const open: Task[] = [];
      for (const state of ['queued', 'rendering', 'unconfirmed', 'delivering'] as const)
        open.push(await inState(context, state, { dueAt: clock.now() + 100 * DAY_MS }));
      const announcing = await inState(context, 'failed', { dueAt: clock.now() + 100 * DAY_MS });
      clock.advance(30 * DAY_MS - 1);
      const young = await inState(context, 'delivered');
      await store.sweep({ keepMs: 30 * DAY_MS });
      for (const { id } of ended) expect(await store.tasks.get(id)).toBeDefined();
      clock.advance(1);
      await store.sweep();
      for (const { id } of ended) expect(await store.tasks.get(id)).toBeDefined();
      await store.sweep({ keepMs: 30 * DAY_MS });
      for (const { id } of ended) {
        expect(await store.tasks.get(id)).toBeUndefined();
        expect(await store.blobs.names(id)).toEqual([]);
      }
      for (const { id } of [...open, announcing, young]) expect(await store.tasks.get(id)).toBeDefined();
    });

    it('forgets however many there are, and counts from the end, not from the beginning', async () => {
      const { clock, store } = context;
      for (let n = 0; n < 250; n++) await inState(context, 'cancelled');
      const slow = await store.tasks.insert(newTask(clock));
      clock.advance(10 * DAY_MS);
      const [claimed] = await store.tasks.claimDue('one', 1);
      if (!claimed) throw new Error('nothing was due');
      await store.tasks.save({ ...claimed, state: 'delivered' }, { owner: 'one' });
      await store.sweep({ keepMs: 5 * DAY_MS });
      expect((await store.dump.counts()).task).toBe(1);
      expect(await store.tasks.get(slow.task.id)).toBeDefined();
    });

    it('forgets what was spent so long ago, however much, and never what a limit still counts', async () => {
      const { clock, store } = context;
      const row = { person: 'p', provider: 'x', cost: 1, request: 'r' };
      for (let n = 0; n < 250; n++) await store.spend.open({ ...row, attemptId: `old ${n}` });
      clock.advance(3 * DAY_MS);
      await store.spend.open({ ...row, attemptId: 'young' });
      clock.advance(DAY_MS);
      await store.sweep({ keepMs: 5 * DAY_MS });
      expect((await spentSince(store, 0)).clips).toBe(251);
      await store.sweep();
      expect((await spentSince(store, 0)).clips).toBe(251);
      await store.sweep({ keepMs: 0 });
      expect((await spentSince(store, 0)).clips).toBe(1);
      expect((await store.dump.counts()).spend).toBe(1);
    });

    it('leaves what was spent on record', async () => {
      const { clock, store } = context;
      const task = await inState(context, 'delivered');
      await store.spend.open({ attemptId: 'a', person: 'p', provider: 'x', cost: 3, request: 'r' });
      clock.advance(DAY_MS);
      await store.sweep({ keepMs: 0 });
      expect(await store.tasks.get(task.id)).toBeUndefined();
      expect(await spentSince(store, 0, { person: 'p' })).toEqual({ credits: 3, clips: 1 });
    });
  });

  it('where the picture is may be decided anew; what else was told may not', async () => {
    const { store, clock } = context;
    const picture = { type: 'remote', ref: 'https://pictures.example/a.png?signature=abc' } as const;
    const { task } = await store.tasks.insert(newTask(clock, { picture }));
    expect((await store.tasks.get(task.id))?.picture).toEqual(picture);
    const [claimed] = await store.tasks.claimDue('one', 1);
    if (!claimed) throw new Error('nothing was due');
    await store.tasks.save({ ...claimed, picture: { type: 'upload' }, scene: 'another' }, { owner: 'one' });
    const saved = await store.tasks.get(task.id);
    expect(saved?.picture).toEqual({ type: 'upload' });
    expect(saved?.scene).toBe(task.scene);
    expect(JSON.stringify(saved)).not.toContain('signature');
  });
}
