import { describe, expect, it, vi } from 'vitest';
import { assertNotMigrated } from '../../../src/store/assert-not-migrated.ts';
import { checkStore } from '../../../src/store/check.ts';
import { copyStore } from '../../../src/store/copy.ts';
import { ENTRY_TYPES, type Entry } from '../../../src/store/dump.ts';
import { acquireShared } from '../../../src/store/shared-use.ts';
import { type Store, StoreUnavailable } from '../../../src/store/store.ts';
import { UPLOAD_BLOB } from '../../../src/task/blob-names.ts';
import { delivered, show } from './clips.ts';
import { type Context, inState, type OpenStore } from './context.ts';
import { ids, newTask, sha256, spentSince, toldBy, whole } from './tools.ts';

const ODD = 'a.b$c\u0000 __proto__ "quoted"';
const HOUR_MS = 3_600_000;
const HARBOUR = { platform: 'test', chat: 'harbour' };

/** The whole record, as it is moved to another store and checked. */
export function describeDump(context: Context, open: OpenStore): void {
  async function withSecond(work: (second: Store) => Promise<void>): Promise<void> {
    const { store, close } = await open(context.clock);
    try {
      await work(store);
    } finally {
      await close();
    }
  }

  it('copied to an empty store is the same record, and what was under way goes on there', async () => {
    const token = await fill(context);
    const { store, clock } = context;
    await withSecond(async (second) => {
      const seen: number[] = [];
      const { done } = await copyStore(store, second, (progress) => seen.push(progress.done));
      expect(seen).toEqual(Array.from({ length: done }, (_, n) => n + 1));
      expect(await everything(second)).toEqual(await everything(store));
      for await (const { taskId, name } of store.dump.blobs())
        expect(sha256(await whole(second.blobs.read(taskId, name)))).toBe(
          sha256(await whole(store.blobs.read(taskId, name))),
        );
      clock.advance(HOUR_MS);
      const [was, is] = [await store.tasks.claimDue('x', 100), await second.tasks.claimDue('x', 100)];
      expect(ids(is).toSorted()).toEqual(ids(was).toSorted());
      expect(await second.tasks.claimStart('x', 'preview', 100)).toEqual(
        await store.tasks.claimStart('x', 'preview', 100),
      );
      for (const filter of [{ in: { person: 'ada' } }, { in: HARBOUR, isStarred: true }])
        expect(await second.tasks.clips(filter, { limit: 10 })).toEqual(await store.tasks.clips(filter, { limit: 10 }));
      expect(await second.links.find(token)).toBe(await store.links.find(token));
      for (const of of [{ person: ODD }, { chat: ODD }])
        expect(await spentSince(second, 0, of)).toEqual({ credits: 3, clips: 1 });
      expect(await second.durations.get(ODD)).toEqual({ [ODD]: [1, 2] });
      expect(await second.setOnce(ODD, 'another')).toBe('of the first');
      expect(await second.locks.hold(ODD, 'two', 1)).toBe(true);
      expect(await second.drafts.get('young')).toEqual({ key: 'young', data: { a: null } });
      const { task } = await second.tasks.insert(newTask(clock, { requestKey: 'known' }));
      expect(task.scene).toBe('asked before');
    });
  });

  it('is refused to bots while it is half a copy, and after it was moved away', async () => {
    const { store } = context;
    await fill(context);
    await withSecond(async (second) => {
      let count = 0;
      const interrupted = copyStore(store, second, () => {
        count += 1;
        if (count === 5) throw new Error('the power failed');
      });
      await expect(interrupted).rejects.toThrow('the power failed');
      await expect(assertNotMigrated(second)).rejects.toThrow(StoreUnavailable);
      await expect(assertNotMigrated(store)).resolves.toBeUndefined();
      await copyStore(store, second);
      await expect(assertNotMigrated(second)).resolves.toBeUndefined();
      await expect(assertNotMigrated(store)).rejects.toThrow(/two bots with one record/);
      expect(await everything(second)).toEqual(await everything(store));
    });
  });

  it('is not copied over another record', async () => {
    const { store, clock } = context;
    await fill(context);
    await withSecond(async (second) => {
      const { task } = await second.tasks.insert(newTask(clock));
      await expect(copyStore(store, second)).rejects.toThrow(/There is a record already/);
      expect(await second.tasks.get(task.id)).toBeDefined();
      await expect(assertNotMigrated(second)).resolves.toBeUndefined();
    });
  });

  it.each(['from', 'to'] as const)('is not copied while a bot works on it: %s', async (which) => {
    const { store, clock } = context;
    await fill(context);
    await withSecond(async (second) => {
      const stop = await acquireShared(which === 'from' ? store : second, () => {});
      await expect(copyStore(store, second)).rejects.toThrow(/A bot is at work/);
      stop();
      clock.advance(30_000);
      await copyStore(store, second, () => {});
      expect((await second.dump.counts()).task).toBe((await store.dump.counts()).task);
    });
  });

  it('is refused to bots while it is copied, and a copy that a bot came between to counts for nothing', async () => {
    const { store, clock } = context;
    await fill(context);
    await withSecond(async (second) => {
      const refused: Promise<unknown>[] = [];
      await copyStore(store, second, ({ done }) => {
        if (done !== 5) return;
        for (const each of [store, second])
          refused.push(acquireShared(each, () => {}).catch((error: unknown) => error));
      });
      for (const error of await Promise.all(refused)) expect(error).toBeInstanceOf(StoreUnavailable);
      (await acquireShared(second, () => {}))();
    });
    await withSecond(async (third) => {
      await store.dump.mark(undefined);
      const paused = copyStore(store, third, ({ done }) => {
        // The copying process stands still for longer than it keeps bots away.
        if (done === 5) clock.advance(30_000);
        if (done === 5) void acquireShared(store, () => {}).then((stop) => stop());
      });
      await expect(paused).rejects.toThrow(/A bot is at work/);
      await expect(assertNotMigrated(store)).resolves.toBeUndefined();
      await expect(assertNotMigrated(third)).rejects.toThrow(/half a copy/);
    });
  });

  it('is not worked on by bots of two versions: who stood still while one of another began ends in words', async () => {
    const { store, clock } = context;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const lost: StoreUnavailable[] = [];
      await acquireShared(store, (why) => lost.push(why));
      const newer = { locks: store.locks, version: store.version + 1 };
      await expect(acquireShared(newer, () => {})).rejects.toThrow(/another version works on it/);
      clock.advance(30_000);
      const stop = await acquireShared(newer, () => {});
      vi.advanceTimersToNextTimer();
      await expect.poll(() => lost[0]?.message).toMatch(/another version works on it/);
      stop();
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not copied where there is none', async () => {
    await withSecond(async (second) => {
      await expect(copyStore(context.store, second)).rejects.toThrow(/There is no record/);
      await expect(assertNotMigrated(second)).resolves.toBeUndefined();
    });
  });

  describe('checked', () => {
    const check = () => toldBy(checkStore(context.store));

    it('is well where everything is as it should be', async () => {
      await fill(context);
      expect(await check()).toEqual([]);
    });

    it('names each thing that is not', async () => {
      const { store, clock } = context;
      const stuck = await inState(context, 'rendering', { changes: {} });
      await store.tasks.recordAccepted(stuck.id, 'attempt-1', 'job-1');
      const [claimed] = await store.tasks.claimDue('one', 10);
      if (claimed) await store.tasks.save(claimed, { owner: 'one' });
      const twin = await inState(context, 'rendering', { dueAt: clock.now() + HOUR_MS });
      await store.tasks.recordAccepted(twin.id, 'attempt-2', 'job-1');
      const clip = { blob: 'clip-1', bytes: 4, sha256: sha256(Buffer.from('clip')), durationMs: 5_000 };
      const size = { width: 1280, height: 720 };
      const lost = await inState(context, 'delivered', { changes: { clip: { ...clip, size } } });
      const other = await inState(context, 'delivered', { changes: { clip: { ...clip, size } } });
      await store.blobs.write(other.id, 'clip-1', [Buffer.from('clap')], { maxBytes: 10 });
      const nobody = newTask(clock).id;
      await store.blobs.write(nobody, UPLOAD_BLOB, [Buffer.from('x')], { maxBytes: 10 });
      clock.advance(HOUR_MS + 1);
      const found = (await check()).join('\n');
      expect(found).toContain(`Task ${stuck.id} is rendering and nobody will ever look at it.`);
      expect(found).toMatch(/share the job job-1/);
      expect(found).toContain(`Task ${lost.id} has lost its clip-1.`);
      expect(found).toContain(`Task ${other.id} has another clip-1 than it should.`);
      expect(found).toContain(`The upload of task ${nobody} has no task.`);
      expect(found.split('\n')).toHaveLength(5);
    });
  });
}

/** Something of every kind, more than a page of tasks, in every state, leased and not. Returns a link's token. */
async function fill(context: Context): Promise<string> {
  const { store, clock } = context;
  for (let n = 0; n < 230; n++) await store.spend.open(spendRow(`attempt ${n}`));
  await store.spend.open({ ...spendRow(ODD), person: ODD, chat: ODD, cost: 3 });
  await store.spend.settle('attempt 1', { cost: 2, moderated: true });
  await store.durations.put(ODD, { [ODD]: [1, 2] });
  await store.cooldowns.park(ODD, 5 * HOUR_MS, 'no credits');
  await store.drafts.put({ key: 'young', data: { a: null } });
  await store.setOnce(ODD, 'of the first');
  await store.locks.hold(ODD, 'one', 5 * HOUR_MS);
  await store.tasks.insert(newTask(clock, { requestKey: 'known', scene: 'asked before', place: placeOf(ODD) }));
  for (const state of ['queued', 'rendering', 'unconfirmed', 'delivered', 'failed', 'cancelled'] as const) {
    clock.advance(1);
    const isOver = state === 'delivered' || state === 'failed' || state === 'cancelled';
    const { id } = await inState(context, state, isOver ? {} : { dueAt: clock.now() + HOUR_MS / 2 });
    await store.blobs.write(id, UPLOAD_BLOB, [Buffer.from(id)], { maxBytes: 100 });
    await store.tasks.recordAccepted(id, ODD, `job of ${id}`);
    await store.tasks.recordSent(id, ODD, `message of ${id}`);
    if (state === 'rendering') await store.tasks.ask(id, { type: 'cancel' });
  }
  const clip = await delivered(context);
  const shown = await show(context, clip);
  await store.tasks.star(shown.id, ODD, true);
  const token = await store.links.open(clip.id, ODD);
  const { task } = await store.tasks.insert(newTask(clock, { picture: { type: 'remote', ref: ODD } }));
  await store.blobs.write(task.id, 'clip-1', [Buffer.alloc(700_000, 7)], { maxBytes: 1_000_000 });
  await store.tasks.claimDue('somebody', 1);
  return token;
}

const placeOf = (chat: string) => ({ platform: 'test', chat, community: 'c', thread: 't', message: 'm' });
const spendRow = (attemptId: string) => ({ attemptId, person: 'p', provider: 'preview', cost: 1, request: 'r' });

async function everything(store: Store): Promise<unknown> {
  const entries: Entry[] = [];
  for (const type of ENTRY_TYPES) for await (const entry of store.dump.entries(type)) entries.push(entry);
  const blobs: unknown[] = [];
  for await (const { at, ...blob } of store.dump.blobs()) blobs.push(blob);
  return { entries: new Set(entries), blobs: new Set(blobs), counts: await store.dump.counts() };
}
