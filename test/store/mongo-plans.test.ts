import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { key, placeKey } from '../../src/store/keys.ts';
import { count, find, type Query, type Stage, waiting, without } from '../../src/store/mongo/queries.ts';
import { moderatedSince, ofRequest, openedSince, spentBetween, spentSince } from '../../src/store/mongo/spend.ts';
import type { Store } from '../../src/store/store.ts';
import { recordedTask } from '../../src/store/task-record.ts';
import { leastTaskId, type NewTask, TASK_STATES, type Task, type TaskState } from '../../src/task/task.ts';
import { HandClock, ids, known, newTask } from '../contract/store/tools.ts';
import { type MongoDatabase, noMongo, openMongoDatabase } from '../helpers/mongo.ts';

const PEOPLE = ['ada', 'ben', 'cyd', 'dot', 'eve'];
const PLACES = ['harbour', 'garden', 'attic'];
const TASKS = 600;
const OWNER = 'plans';
const HERE = { platform: 'test', chat: 'harbour' };
const THERE = { platform: 'test', chat: 'garden' };
const NEWEST = { createdAt: -1, _id: -1 } as const;

const deliveredTask = (told: NewTask, { now, stars }: { now: number; stars?: string[] }): Task => ({
  ...recordedTask(told, { rank: 0, now, stars }),
  state: 'delivered',
});

const statsSchema = z.object({ nReturned: z.number(), totalKeysExamined: z.number() });
const foundSchema = z.object({ queryPlanner: z.object({ winningPlan: z.unknown() }), executionStats: statsSchema });
/** An aggregation is explained as a query where it is nothing else, else as stages after one. */
const explainedSchema = z.union([
  foundSchema,
  z
    .object({ stages: z.tuple([z.object({ $cursor: foundSchema })], z.unknown()) })
    .transform(({ stages }) => stages[0].$cursor),
]);

describe.skipIf(noMongo)('how MongoDB answers, with hundreds of tasks of all kinds on record', () => {
  const clock = new HandClock();
  let database: MongoDatabase;
  let store: Store;
  /** Of a line, and shown. */
  let first: Task | undefined;
  const p = key('preview');

  beforeAll(async () => {
    database = await openMongoDatabase();
    store = database.store(clock);
    for (let i = 0; i < TASKS; i++) {
      const id = PEOPLE[i % PEOPLE.length] ?? '';
      const place = { platform: 'test', chat: PLACES[i % PLACES.length] ?? '' };
      clock.advance(i % 3);
      await store.tasks.insert(
        newTask(clock, { requester: { id, name: id }, place, cost: 1, provider: i % 4 ? 'preview' : 'other' }),
      );
      if (i % 10 === 0)
        await store.spend.open({
          attemptId: `a${i}`,
          person: id,
          chat: `c${i % 3}`,
          provider: 'preview',
          cost: 1,
          request: `r ${i}`,
        });
      if (i % 30 === 0) await store.spend.settle(`a${i}`, { cost: 1, moderated: true });
    }
    // Half stay received; of the rest all states, some due, some held, some claimed to be started.
    const claimed = await store.tasks.claimDue(OWNER, TASKS / 2);
    const states: TaskState[] = [...TASK_STATES, 'queued', 'queued', 'queued'];
    for (const [i, task] of claimed.entries()) {
      const by = { owner: OWNER, ...(i % 5 === 0 ? { dueAt: clock.now() } : {}) };
      await store.tasks.save({ ...task, state: states[i % states.length] ?? 'queued' }, by);
    }
    for (let i = 0; i < 5; i++) await store.tasks.claimStart(OWNER, 'preview', 1000);
    // Clips of one person and of others, here and elsewhere, a few of them starred, among ten times as many of other kinds.
    for (let i = 0; i < 120; i++) {
      clock.advance(i % 2);
      const told = newTask(clock, { requester: { id: i % 2 ? 'ada' : 'ben', name: 'A' }, place: i % 3 ? HERE : THERE });
      const stars = i % 4 === 0 || i % 7 === 0 ? ['ben'] : undefined;
      await store.dump.put({
        type: 'task',
        task: deliveredTask(told, { now: clock.now(), stars }),
        endedAt: clock.now(),
      });
    }
    [first] = await store.tasks.clips({ in: { person: 'ada' } }, { limit: 1 });
    const { id } = known(first);
    clock.advance(1);
    for (const lineage of [{ story: id }, { story: id }, { shows: id }, { shows: id }]) {
      const task = deliveredTask(newTask(clock, lineage), { now: clock.now() });
      await store.dump.put({ type: 'task', task, endedAt: clock.now() });
    }
  }, 180_000);
  afterAll(() => database?.drop());

  /** The plan is by an index alone, in its order, and reads at most twice what it is for. */
  function expectGood(explained: unknown, least = 1): void {
    const { queryPlanner, executionStats } = explainedSchema.parse(explained);
    const plan = JSON.stringify(queryPlanner.winningPlan);
    expect(plan).toMatch(/IXSCAN|IDHACK|EXPRESS|COUNT_SCAN|DISTINCT_SCAN/);
    expect(plan).not.toMatch(/"(COLLSCAN|SORT)"/);
    expect(executionStats.nReturned).toBeGreaterThanOrEqual(least);
    expect(executionStats.totalKeysExamined).toBeLessThanOrEqual(2 * Math.max(1, executionStats.nReturned));
  }

  async function expectGoodFind({ filter, sort, limit, fields }: Query, least = 1): Promise<void> {
    const query = database.db.models.tasks.find(filter, fields ?? {});
    if (sort) query.sort(sort);
    if (limit !== undefined) query.limit(limit);
    expectGood(await query.explain('executionStats'), least);
  }

  const expectGoodSum = async (stages: Stage[], model: 'tasks' | 'spend' = 'tasks') =>
    expectGood(await database.db.models[model].collection.aggregate(stages).explain('executionStats'));

  const newest = async (): Promise<Task> =>
    known((await store.tasks.conversation({ platform: 'test', chat: 'harbour' }, { limit: 20 })).at(-1));

  it('claims of what is due: look, take, see', async () => {
    await expectGoodFind(find.due(clock.now(), 20), 20);
    const due = await database.db.models.tasks.find(find.due(clock.now(), 20).filter).limit(20).lean();
    await expectGoodFind(
      find.stillDue(
        due.map(({ _id }) => _id),
        clock.now(),
      ),
      20,
    );
    const claimed = await store.tasks.claimDue('other', 20);
    const [{ claim = '' } = {}] = await database.db.models.tasks.find({ _id: claimed[0]?.id }).lean();
    await expectGoodFind(find.claimed(ids(claimed), claim), 20);
    await expectGoodFind(find.held(ids(claimed), key('other')), 20);
  });

  it('the oldest that is due', () => expectGoodFind(find.oldestDue(clock.now())));

  it('a claim to start', async () => {
    await expectGoodFind(find.start(p));
    await expectGoodFind(find.startable([key('nowhere'), p]));
    await expectGoodSum(count.inFlight(p, 10));
    await expectGoodSum(count.inFlight(p, 1000));
  });

  it('saves, facts and requests', async () => {
    const [task] = await store.tasks.claimDue('saver', 1);
    const { id, version } = known(task);
    await expectGoodFind(find.decidable(id, key('saver'), version));
    await expectGoodFind(without(id, 'accepted', 'a1'));
    await expectGoodFind(find.byId(id));
    await expectGoodFind(find.called(id, { attempt: 'a1', callback: 'hash' }), 0);
    await expectGoodFind(find.byIds(ids(await store.tasks.claimDue('saver', 20))), 20);
  });

  it('a request key', async () => {
    const { requestKey } = await newest();
    await expectGoodFind(find.byRequestKey(key(requestKey)));
    const some = await database.db.models.tasks.find({}, { requestKey: 1 }).limit(20).lean();
    await expectGoodFind(find.byRequestKeys(some.map((each) => each.requestKey)), 20);
  });

  it('the ranks that a new one follows from', async () => {
    for (const stage of ['waiting', 'running'] as const)
      await expectGoodFind(find.highestRank({ provider: p, requester: key('ada'), stage }));
    await expectGoodFind(find.highestRank({ provider: p, requester: key('nobody'), stage: 'waiting' }), 0);
    await expectGoodFind(find.highestRank({ provider: p, stage: 'running' }));
    await expectGoodFind(find.lowestRank({ provider: p, stage: 'waiting' }));
  });

  it('a position in the queue', async () => {
    const queued = await database.db.models.tasks
      .find({ provider: p, state: 'queued' })
      .sort({ rank: 1, _id: 1 })
      .lean();
    const last = known(queued.at(-1));
    await expectGoodSum(count.aheadByRank(p, last.rank));
    // As if many had the same rank: those before it are counted, those after it are not looked at.
    await database.db.models.tasks.updateMany({ _id: { $in: queued.map(({ _id }) => _id) } }, { $set: { rank: 7 } });
    const third = known(queued.toSorted((a, b) => (a._id < b._id ? -1 : 1))[2]);
    await expectGoodSum(count.aheadById(p, { id: third._id, rank: 7 }));
  });

  it('what waits, with its cost, for all, for one person and in one place', async () => {
    const one = { provider: p, requester: key('ada') };
    const here = { provider: p, place: placeKey(HERE) };
    for (const of of [{ provider: p }, one, here]) await expectGoodSum(waiting(of));
    for (const of of [one, here]) await expectGoodSum(count.underWay(of));
  });

  it('pages of a conversation', async () => {
    const before = await newest();
    const place = placeKey(HERE);
    await expectGoodFind(find.conversation(place, { limit: 20 }), 20);
    await expectGoodFind(find.conversation(place, { limit: 20, before }), 20);
  });

  it('pages of clips in a place, by one in it, and of a person, starred or not, and their scenes', async () => {
    const [place, requester] = [placeKey(HERE), key('ada')];
    for (const isStarred of [false, true])
      for (const of of [{ place }, { place, requester }, { requester }]) {
        const which = { isStarred, ...of };
        // What is passed by, failures and shows, is in the page's proportion: no index holds every clip for that.
        const limit = isStarred ? 3 : 10;
        await expectGoodFind(find.clips(which, limit, undefined), limit);
        const [, second] = await database.db.models.tasks
          .find(find.clips(which, limit, undefined).filter)
          .sort(NEWEST)
          .lean();
        const cut = { createdAt: known(second).createdAt, id: known(second)._id };
        await expectGoodFind(find.clips(which, limit, cut), limit);
        await expectGoodFind(find.scenes(which, limit, cut), limit);
      }
  });

  it('a story and what shows a clip', async () => {
    const { id } = known(first);
    await expectGoodFind(find.story(id, 5, undefined), 3);
    await expectGoodFind(find.story(id, 2, { createdAt: known(first).at.received ?? 0, id }), 2);
    await expectGoodFind(find.shows(id, 5), 2);
  });

  it('what a person has, and what they starred', async () => {
    await expectGoodFind(find.ofPerson(key('ada'), { limit: 20 }), 20);
    await expectGoodFind(
      find.ofPerson(key('ada'), { limit: 5, before: known((await store.tasks.ofPerson('ada', { limit: 9 }))[3]) }),
      5,
    );
    await expectGoodFind(find.starredBy('ben', { limit: 10 }), 10);
  });
  it('what was recorded since an instant', () => expectGoodFind(find.since(leastTaskId(0), 20), 20));

  it('the number of those in a state that something is left to do for', async () => {
    for (const state of ['received', 'queued', 'submitting']) await expectGoodSum(count.open(state));
  });

  it('what became of the clips of a time, and which waits for longest', async () => {
    const [from, to] = [leastTaskId(0), leastTaskId(clock.now() + 1)];
    for (const state of ['delivered', 'failed', 'received']) await expectGoodSum(count.recorded(state, from, to));
    await expectGoodFind(find.oldestIn('received'));
  });

  it('what ended long ago', () => expectGoodFind(find.ended(clock.now() + 1, 20)));

  it('what was spent', async () => {
    await expectGoodSum(spentSince(0, {}), 'spend');
    await expectGoodSum(spentSince(0, { person: key('ada') }), 'spend');
    await expectGoodSum(spentSince(0, { provider: p }), 'spend');
    await expectGoodSum(spentSince(0, { person: key('ada'), provider: p }), 'spend');
    await expectGoodSum(spentSince(0, { chat: key('c1'), provider: p }), 'spend');
    await expectGoodSum(moderatedSince(0, key('ada')), 'spend');
    await expectGoodSum(openedSince(0), 'spend');
    await expectGoodSum(spentBetween(0, clock.now() + 1), 'spend');
    const { spend } = database.db.models;
    expectGood(await spend.find(ofRequest(key('r 30'))).explain('executionStats'));
  });
});
