import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoStore } from '../../src/store/mongo/open.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { known, newTask, sha256, whole } from '../contract/store/tools.ts';
import { mongoProgram, noMongoProgram } from '../helpers/mongo.ts';
import { type MongoServer, startMongoServer } from '../helpers/mongo-server.ts';

/** What an operation may take, and a little for a machine that is busy with the whole suite. */
const LONGEST_MS = 12_000;
const BACK_MS = 30_000;
const ROOM = { maxBytes: 1e9 };

describe.skipIf(noMongoProgram)('a MongoDB that goes away', () => {
  let server: MongoServer;
  let store: Store;
  const clock = { now: () => store.now(), sleep: async () => {} };

  beforeAll(async () => {
    server = await startMongoServer({ program: mongoProgram() });
    store = await openMongoStore({ url: server.url });
  });
  afterAll(async () => {
    await store?.close();
    await server?.close();
  });

  /** Every operation of the port, each at least once. */
  function everything(): Record<string, () => Promise<unknown>> {
    const task = newTask(clock);
    const id = task.id;
    return {
      insert: () => store.tasks.insert(task),
      get: () => store.tasks.get(id),
      byRequestKey: () => store.tasks.byRequestKey('x'),
      claimDue: () => store.tasks.claimDue('nobody', 1),
      claimStart: () => store.tasks.claimStart('nobody', 'none', 1),
      renew: () => store.tasks.renew('nobody', [id]),
      recordAccepted: () => store.tasks.recordAccepted(id, 'a', 'j'),
      recordSent: () => store.tasks.recordSent(id, 'card', 'm'),
      ask: () => store.tasks.ask(id, { type: 'wake' }),
      conversation: () => store.tasks.conversation({ platform: 'x', chat: 'y' }, { limit: 1 }),
      clips: () => store.tasks.clips({ in: { person: 'ada' } }, { limit: 1 }),
      story: () => store.tasks.story(id, { limit: 1 }),
      showsOf: () => store.tasks.showsOf(id, 1),
      star: () => store.tasks.star(id, 'ada', true),
      links: () => store.links.open(id, 'ada'),
      counts: () => store.tasks.counts(),
      oldestDue: () => store.tasks.oldestDue(),
      write: () => store.blobs.write(id, 'clip', [Buffer.alloc(2_000_000)], ROOM),
      stat: () => store.blobs.stat(id, 'clip'),
      names: () => store.blobs.names(id),
      drafts: () => store.drafts.put({ key: 'k', data: 1 }),
      take: () => store.drafts.take('k'),
      spend: () => store.spend.open({ attemptId: 'a', person: 'p', provider: 'x', cost: 1, request: 'r' }),
      count: () => store.count({ spent: {}, waiting: { provider: 'x' }, since: 0, lately: 0 }),
      // Of one kind nothing is written again for a minute.
      durations: () => store.durations.put(id, 1),
      cooldowns: () => store.cooldowns.park('k', 1, 'r'),
      hold: () => store.locks.hold('l', 'o', 1),
      setOnce: () => store.setOnce('k', 'v'),
      sweep: () => store.sweep({ keepMs: 1e9 }),
      remove: () => store.tasks.remove(id),
    };
  }

  /** Each throws the plain error, and in time; all at once, as a busy program would. */
  async function expectAllUnavailable(): Promise<void> {
    const began = performance.now();
    const told = await Promise.all(
      Object.entries(everything()).map(async ([name, operation]) => {
        const error: unknown = await operation().then(
          () => 'worked',
          (thrown: unknown) => thrown,
        );
        return { name, plain: error instanceof StoreUnavailable, ms: performance.now() - began, error };
      }),
    );
    for (const { name, plain, ms, error } of told) {
      expect({ name, plain, error: plain ? '' : error }).toEqual({ name, plain: true, error: '' });
      expect(ms).toBeLessThan(LONGEST_MS);
    }
  }

  async function expectAllWork(): Promise<void> {
    for (const operation of Object.values(everything())) await operation();
  }

  /** Tries until it is there again; a call that fails takes its time by itself. */
  async function untilBack(): Promise<void> {
    for (const end = performance.now() + BACK_MS; ; ) {
      try {
        await store.tasks.counts();
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || performance.now() > end) throw error;
      }
    }
  }

  it('killed: every call says so in time; started again: every call works, with nothing done about it', async () => {
    await expectAllWork();
    await server.kill();
    await expectAllUnavailable();
    await expectAllUnavailable();
    const before = store.now();
    await server.start();
    await untilBack();
    await expectAllWork();
    expect(store.now()).toBeGreaterThanOrEqual(before);
  });

  it('silent, as behind a network that swallows everything: the same', { timeout: 120_000 }, async () => {
    await expectAllWork();
    await server.pause();
    try {
      await expectAllUnavailable();
    } finally {
      server.resume();
    }
    await untilBack();
    await expectAllWork();
  });

  it('killed and started in the midst of work: what was acknowledged is on record', { timeout: 180_000 }, async () => {
    const inserted = new Set<string>();
    const saved = new Map<string, number>();
    const facts = new Map<string, string>();
    const blobs = new Map<string, string>();
    const unplain: unknown[] = [];
    let done = 0;
    let refused = 0;
    let stop = false;

    /** Works until told to stop; what throws is tried again with something new. */
    async function worker(step: (n: number) => Promise<void>): Promise<void> {
      for (let n = 0; !stop; n++) {
        try {
          await step(n);
          done++;
        } catch (error) {
          refused++;
          if (!(error instanceof StoreUnavailable)) unplain.push(error);
        }
      }
    }
    const inserting = (name: string) => async (n: number) => {
      const task = newTask(clock, { requestKey: `${name} ${n}`, requester: { id: name, name } });
      const { task: told } = await store.tasks.insert(task);
      inserted.add(told.id);
    };
    const claiming = (owner: string) => async () => {
      for (const task of await store.tasks.claimDue(owner, 5)) {
        const now = await store.tasks.save({ ...task, polls: task.polls + 1 }, { owner, dueAt: store.now() });
        if (now) saved.set(now.id, Math.max(now.polls, saved.get(now.id) ?? 0));
        const job = await store.tasks.recordAccepted(task.id, 'a1', `job of ${owner}`);
        if (job?.accepted.a1) facts.set(task.id, job.accepted.a1);
      }
    };
    const storing = (name: string) => async (n: number) => {
      const bytes = Buffer.alloc(1_200_000, n % 251);
      const { sha256: hash } = await store.blobs.write('2'.repeat(24), name, [bytes], ROOM);
      blobs.set(name, hash);
    };

    const untilMore = async (count: () => number, more: number) => {
      const end = performance.now() + BACK_MS;
      for (const from = count(); count() < from + more; await new Promise((resolve) => setTimeout(resolve, 5)))
        if (performance.now() > end) throw new Error('nothing happens any more');
    };
    const work = Promise.all([
      ...['i1', 'i2', 'i3'].map((name) => worker(inserting(name))),
      ...['c1', 'c2'].map((owner) => worker(claiming(owner))),
      ...['one', 'two'].map((name) => worker(storing(name))),
    ]);
    try {
      for (let round = 0; round < 3; round++) {
        await untilMore(() => done, 60);
        await server.kill();
        await untilMore(() => refused, 3);
        await server.start();
      }
      await untilBack();
      await untilMore(() => done, 60);
    } finally {
      stop = true;
      await work;
    }

    expect(unplain).toEqual([]);
    expect(inserted.size).toBeGreaterThan(50);
    expect(saved.size).toBeGreaterThan(10);
    for (const id of inserted) expect((await store.tasks.get(id))?.id).toBe(id);
    for (const [id, polls] of saved) expect(known(await store.tasks.get(id)).polls).toBeGreaterThanOrEqual(polls);
    for (const [id, job] of facts) expect(known(await store.tasks.get(id)).accepted.a1).toBe(job);
    for (const name of blobs.keys()) {
      const bytes = await whole(store.blobs.read('2'.repeat(24), name));
      const hash = (await store.blobs.stat('2'.repeat(24), name))?.sha256;
      expect(sha256(bytes)).toBe(hash);
    }
  });
});
