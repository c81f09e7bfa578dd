import { afterEach, describe, expect, test } from 'vitest';
import { createAdmission } from '../../commands/admission.ts';
import { animate } from '../../commands/animate.ts';
import type { Reply } from '../../commands/reply.ts';
import { en } from '../../src/messages/en/index.ts';
import type { Submitted } from '../../src/providers/provider.ts';
import type { Store } from '../../src/store/store.ts';
import { LEASE_MS, RENEW_MS } from '../../src/store/tasks.ts';
import type { Task } from '../../src/task/task.ts';
import type { Clock } from '../../src/util/clock.ts';
import { known, spentSince, waitingOf } from '../contract/store/tools.ts';
import { manualClock } from '../helpers/clock.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { createRig, type Rig, scriptedProvider, succeeded } from '../helpers/rig.ts';

const LIMITS = [{ dailyBudget: 1 }, { dailyPerPerson: 1 }, { dailyPerChat: 1 }];

/** An answer that comes when the test says so. */
function held<T>() {
  let give: (value: T) => void = () => {};
  const value = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { value, give };
}

/** The store, with a look before and after each write that bears on what is counted. */
function watched(store: Store, look: () => Promise<void>): Store {
  const around =
    <A extends unknown[], T>(write: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      await look();
      const done = await write(...args);
      await look();
      return done;
    };
  const { tasks, spend } = store;
  return {
    ...store,
    tasks: { ...tasks, save: around(tasks.save), recordAccepted: around(tasks.recordAccepted) },
    spend: { ...spend, open: around(spend.open), settle: around(spend.settle) },
  };
}

/**
 * The promises about money, where the record decides whether they hold. `open` makes an empty store; its user closes it.
 * `countOf`: the same record's count, which waits after each of its questions; absent where nothing can come between them.
 */
export function describeMoney(
  openStore?: (clock: Clock) => Promise<Store>,
  countOf?: (afterEach: () => Promise<void>) => Store['count'],
): void {
  let rig: Rig;
  afterEach(() => rig.close());

  describe('one clip that may be made and is not yet', () => {
    test.each(LIMITS)('counts at each moment, also while it is refused and waits again: %j', async (limits) => {
      rig = await createRig({ limits, openStore });
      const answers: Submitted[] = [{ outcome: 'refused', failure: { type: 'transient' } }];
      rig.provider.script.submit = async () => answers.shift() ?? { outcome: 'accepted', jobId: 'job' };
      // The second job ends for a passing reason, and cost nothing: it is made again.
      const verdicts = [{ outcome: 'failed', failure: { type: 'transient' }, credits: 0 } as const];
      rig.provider.script.poll = async () => verdicts.shift() ?? { outcome: 'rendering' };
      const task = await rig.ask('anna');
      const { id } = task;
      const told: (string | undefined)[] = [];
      const look = async () => {
        told.push(await rig.admission.denialReason(task));
      };
      rig.startWorker({ store: watched(rig.store, look) });
      await rig.clock.until(async () => (await rig.task(id)).attempts.length === 3);
      await rig.until(id, 'rendering');
      expect(told.length).toBeGreaterThan(20);
      expect(told.filter((reason) => reason === undefined)).toEqual([]);
      // In the end it is one again, and not three.
      expect(await spentSince(rig.store, 0)).toEqual({ credits: 1, clips: 1 });
    });

    const moments = ['begins', 'is refused and waits again'].flatMap((what) =>
      LIMITS.flatMap((limits) => [1, 2, 3, 4].map((n) => ({ what, limits, n }))),
    );
    test.each(countOf ? moments : [])(
      'counts also where it $what after question $n of a look: $limits',
      async ({ what, limits, n }) => {
        rig = await createRig({ limits, openStore });
        const answer = held<Submitted>();
        rig.provider.script.submit = () => answer.value;
        const task = await rig.ask('anna');
        const { id } = task;
        const begins = async () => {
          rig.startWorker({ providers: [rig.provider] });
          await rig.clock.until(async () => rig.provider.submits.length > 0);
        };
        const isRefused = async () => {
          answer.give({ outcome: 'refused', failure: { type: 'transient' } });
          await rig.until(id, 'queued');
        };
        if (what !== 'begins') await begins();
        let asked = 0;
        const count = countOf?.(async () => {
          asked += 1;
          if (asked === n) await (what === 'begins' ? begins() : isRefused());
        });
        const { store, provider } = rig;
        const admission = createAdmission({
          store: { ...store, count: known(count) },
          providers: [provider],
          limits: { allow: ['*'], ...limits },
        });
        expect(await admission.denialReason(task)).toBeDefined();
        expect(asked).toBeGreaterThanOrEqual(n);
        answer.give({ outcome: 'accepted', jobId: 'job' });
      },
    );

    test('counts once in the end, also where the process died before it settled what was refused', async () => {
      rig = await createRig({ openStore });
      rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'transient' } });
      const { id } = await rig.ask();
      const { store } = rig;
      const dying = { ...store, spend: { ...store.spend, settle: () => new Promise<never>(() => {}) } };
      rig.startWorker({ store: dying, clock: manualClock(async () => {}) });
      await rig.clock.until(async () => (await rig.task(id)).attempts[0]?.over === 'refused');
      expect(await spentSince(store, 0)).toEqual({ credits: 1, clips: 1 });
      rig.provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'job' });
      rig.startWorker();
      await rig.until(id, 'delivered');
      expect(await spentSince(store, 0)).toEqual({ credits: 1, clips: 1 });
    });
  });

  describe('Try again, under a submit of unknown outcome', () => {
    const unknown = async (): Promise<Submitted> => ({ outcome: 'unknown', reason: 'no answer' });
    const doubtful = async (person?: string) => rig.until((await rig.ask(person)).id, 'unconfirmed');
    const press = (task: Task, choice: 'retry' | 'leave' = 'retry') => rig.press(task, choice);
    /** Until the worker has done all that it would by itself. */
    const quiet = () => rig.clock.advance(10_000);

    test.each([
      { limits: { dailyBudget: 1 }, calls: 1 },
      { limits: { dailyPerPerson: 1 }, calls: 1 },
      { limits: { dailyPerChat: 1 }, calls: 1 },
      { limits: { dailyBudget: 3 }, calls: 3 },
    ])('is admitted like any request, however often it is pressed: $limits', async ({ limits, calls }) => {
      rig = await createRig({ limits, openStore });
      rig.provider.script.submit = unknown;
      rig.startWorker();
      const task = await doubtful();
      const replies: Reply[] = [];
      for (let n = 0; n < 12; n++) {
        replies.push(await press(await rig.task(task.id)));
        await quiet();
      }
      expect(rig.provider.submits).toHaveLength(calls);
      expect(replies.filter(({ type }) => type === 'done')).toHaveLength(calls - 1);
      expect(replies.at(-1)).toMatchObject({ type: 'refused', text: expect.stringMatching(/today/i) });
      // It can still be left alone.
      expect(await press(task, 'leave')).toMatchObject({ type: 'done' });
      await rig.until(task.id, 'failed');
    });

    test('of many that are pressed at once no more are made than may be', async () => {
      rig = await createRig({ limits: { dailyBudget: 13 }, openStore });
      rig.provider.script.submit = unknown;
      rig.startWorker();
      const tasks: Task[] = [];
      for (let n = 0; n < 12; n++) tasks.push(await doubtful());
      const replies = await Promise.all(tasks.map((task) => press(task)));
      expect(replies.filter(({ type }) => type === 'done')).toHaveLength(1);
      await quiet();
      expect(rig.provider.submits).toHaveLength(13);
    });

    test('counts from the word on, once, and not any more where it is taken back', async () => {
      rig = await createRig({ limits: { dailyBudget: 3 }, openStore });
      rig.provider.script.submit = unknown;
      const first = rig.startWorker();
      const tasks = [await doubtful(), await doubtful()];
      // Nobody acts on the words yet.
      await first.stop();
      const [one, two] = tasks;
      if (!one || !two) throw new Error('two were asked for');
      expect((await Promise.all([press(one), press(one), press(one)])).map(({ type }) => type)).toEqual(
        Array(3).fill('done'),
      );
      expect(await press(two)).toMatchObject({ type: 'refused' });
      expect(await rig.request('zoe')).toMatchObject({ type: 'refused' });
      await press(one, 'leave');
      rig.startWorker();
      await rig.until(one.id, 'failed');
      expect(await spentSince(rig.store, 0)).toEqual({ credits: 2, clips: 2 });
      expect(await press(two)).toMatchObject({ type: 'done' });
      rig.provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'job' });
      await rig.until(two.id, 'delivered');
      expect(await spentSince(rig.store, 0)).toEqual({ credits: 3, clips: 3 });
    });

    test.each(LIMITS)('counts at each moment on its way: %j', async (limits) => {
      const [most] = Object.values(limits);
      rig = await createRig({ limits: { ...limits, [Object.keys(limits)[0] ?? '']: (most ?? 0) + 1 }, openStore });
      rig.provider.script.submit = unknown;
      const told: (string | undefined)[] = [];
      let isAsked = false;
      const look = async () => {
        if (isAsked) told.push(await rig.admission.denialReason(task));
      };
      rig.startWorker({ store: watched(rig.store, look) });
      const task = await doubtful('anna');
      expect(await rig.admission.denialReason(task)).toBeUndefined();
      rig.provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'job' });
      expect(await press(task)).toMatchObject({ type: 'done' });
      isAsked = true;
      await rig.until(task.id, 'delivered');
      expect(told.length).toBeGreaterThan(10);
      expect(told.filter((reason) => reason === undefined)).toEqual([]);
      expect(await spentSince(rig.store, 0)).toEqual({ credits: 2, clips: 2 });
    });

    test('of a provider that is not the one in use any more is admitted as one that is paid', async () => {
      rig = await createRig({ openStore });
      rig.provider.script.submit = unknown;
      rig.startWorker();
      const task = await doubtful();
      const { store, provider } = rig;
      const preview = { ...scriptedProvider({ paid: false }), name: 'preview' };
      for (const providers of [[preview, provider], [preview]]) {
        const admission = createAdmission({ store, providers, limits: { allow: ['*'], dailyBudget: 1 } });
        expect(await admission.denialReason(task)).toMatch(/budget/);
        expect(await admission.denialReason({ ...task, provider: 'preview' })).toBeUndefined();
      }
    });
  });

  describe('a request that is told again after its task was deleted', () => {
    const told = (key: string) => rig.request('anna', key);
    const taken = async (key: string): Promise<Task> => {
      const reply = await told(key);
      if (reply.type !== 'taken') throw new Error(reply.type);
      return reply.task;
    };

    test('makes none anew, whatever became of the first', async () => {
      rig = await createRig({ openStore });
      const delivered = await taken('test:delivered');
      const first = rig.startWorker();
      await rig.until(delivered.id, 'delivered');
      await first.stop();
      // Nothing was submitted of this one, and its picture never came.
      const cancelled = await taken('test:cancelled');
      await rig.press(cancelled, 'cancel');
      const second = rig.startWorker();
      await rig.until(cancelled.id, 'cancelled');
      await second.stop();
      for (const task of [delivered, cancelled]) {
        expect(await rig.press(task, 'delete')).toMatchObject({ type: 'deleted' });
        await rig.store.sweep({ keepMs: 1_000 });
        for (const hoursLater of [0, 24, 23]) {
          await rig.clock.advance(hoursLater * 3_600_000);
          expect(await told(task.requestKey)).toEqual({ type: 'refused', text: en.request.deletedBefore });
        }
      }
      expect(rig.provider.submits).toHaveLength(1);
      expect(await waitingOf(rig.store, { provider: 'scripted' })).toEqual({ clips: 0, credits: 0 });
    });

    test('is told where it is while it is there, also by who looked before it was', async () => {
      rig = await createRig({ openStore });
      rig.startWorker();
      const { store } = rig;
      // Between the look for the request and its record another process records it and begins.
      let first: Task | undefined;
      const stage: typeof store.blobs.stage = async (...told) => {
        first ??= await taken('test:same');
        await rig.until(first.id, 'delivered');
        return store.blobs.stage(...told);
      };
      const late = { ...rig, store: { ...store, blobs: { ...store.blobs, stage } } };
      const asked = { requester: { id: 'test:anna', name: 'Anna' }, place: { platform: 'test', chat: 'room' } };
      const request = { ...asked, locale: 'en', scene: 'waves', options: {}, picture: await tinyPng() };
      const reply = await animate({ ...request, requestKey: 'test:same' }, late);
      expect(reply).toMatchObject({ type: 'taken', created: false, task: { id: first?.id } });
    });
  });

  describe('a worker that is paused after it saved that it submits', () => {
    /** Its machine stands still from the answer of that save on, until `wake`. */
    async function pausedAtSubmit(): Promise<{ task: Task; wake: () => void; woken: Promise<void> }> {
      rig = await createRig({ openStore });
      const { store } = rig;
      const pause = held<void>();
      const end = held<void>();
      const { id } = await rig.ask();
      const save: typeof store.tasks.save = async (task, by) => {
        const saved = await store.tasks.save(task, by);
        if (task.state === 'submitting') await pause.value;
        if (!saved) end.give();
        return saved;
      };
      rig.startWorker({
        store: { ...store, tasks: { ...store.tasks, save } },
        clock: manualClock(async () => {}),
      });
      const task = await rig.until(id, 'submitting');
      return { task, wake: () => pause.give(), woken: end.value };
    }

    test('calls nothing when it wakes up after another took over and the person ended it', async () => {
      const { task, wake, woken } = await pausedAtSubmit();
      await rig.clock.advance(LEASE_MS);
      rig.startWorker();
      await rig.until(task.id, 'unconfirmed');
      await rig.press(await rig.task(task.id), 'leave');
      await rig.until(task.id, 'failed');
      wake();
      await woken;
      expect(rig.provider.submits).toEqual([]);
      expect((await rig.task(task.id)).failure).toEqual({ type: 'doubt' });
      // It is certain now that this one cost nothing.
      await rig.clock.until(async () => (await spentSince(rig.store, 0)).credits === 0);
    });

    test('begins anew where nobody took over, and no key is to blame', async () => {
      const { task, wake } = await pausedAtSubmit();
      await rig.clock.advance(LEASE_MS - RENEW_MS + 1);
      wake();
      await rig.until(task.id, 'rendering');
      expect(await rig.store.cooldowns.get('scripted')).toBeUndefined();
      rig.startWorker();
      const { attempts } = await rig.until(task.id, 'delivered');
      expect(attempts.map(({ over }) => over)).toEqual(['refused', undefined]);
      expect(rig.provider.submits).toHaveLength(1);
      expect(await spentSince(rig.store, 0)).toEqual({ credits: 1, clips: 1 });
    });
  });

  describe('a job whose acceptance comes to light after the task has ended', () => {
    /** The first submit was doubtful, the person said to try again, and the task ended in that state all the same. */
    async function endedAs(state: 'cancelled' | 'failed'): Promise<Task> {
      rig = await createRig({ openStore });
      rig.provider.script.submit = async () => ({ outcome: 'unknown', reason: 'no answer' });
      const first = rig.startWorker();
      const { id } = await rig.ask();
      const task = await rig.until(id, 'unconfirmed');
      await first.stop();
      rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'bad-input' } });
      await rig.press(task, 'retry');
      if (state === 'cancelled') await rig.press(task, 'cancel');
      rig.startWorker({ tickMs: 20_000 });
      return rig.until(id, state);
    }
    const comeToLight = ({ id, attempts }: Task) =>
      rig.store.tasks.recordAccepted(id, attempts[0]?.id ?? '', 'job-late');
    /** Nothing is done any more, whatever wakes the task. */
    async function expectRest({ id }: Task, state: Task['state']): Promise<void> {
      await rig.clock.advance(60_000);
      const { length } = rig.provider.polls;
      await rig.store.tasks.ask(id, { type: 'wake' });
      await rig.clock.advance(3_600_000);
      expect((await rig.task(id)).state).toBe(state);
      expect(rig.provider.polls).toHaveLength(length);
    }

    test('is looked at and stopped where the person had cancelled', async () => {
      const task = await endedAs('cancelled');
      rig.provider.script.poll = async () => ({ outcome: 'rendering' });
      await comeToLight(task);
      await rig.until(task.id, 'rendering');
      await rig.until(task.id, 'cancelled');
      expect(rig.provider.polls).toEqual(['job-late']);
      expect(rig.provider.cancels).toEqual(['job-late']);
      await expectRest(task, 'cancelled');
    });

    test.each(['cancelled', 'failed'] as const)('brings its clip where that is ready, after %s', async (state) => {
      const task = await endedAs(state);
      await comeToLight(task);
      await rig.until(task.id, 'delivered');
      expect(rig.chat.shown.filter(({ kind }) => kind === 'clip')).toHaveLength(1);
      await expectRest(task, 'delivered');
    });

    test('is looked at until it ends where the other attempt was refused', async () => {
      const task = await endedAs('failed');
      rig.provider.script.poll = async () => ({ outcome: 'rendering' });
      await comeToLight(task);
      await rig.until(task.id, 'rendering');
      rig.provider.script.poll = async () => ({ outcome: 'failed', failure: { type: 'try-another' }, credits: 0 });
      await rig.until(task.id, 'failed');
      expect((await rig.task(task.id)).failure).toEqual({ type: 'try-another' });
      expect(await spentSince(rig.store, 0)).toEqual({ credits: 0, clips: 0 });
      await expectRest(task, 'failed');
    });

    test('does not come to light twice: what was given up or stopped is left alone', async () => {
      rig = await createRig({ openStore });
      rig.provider.script.poll = async () => ({ outcome: 'rendering' });
      rig.startWorker({ tickMs: 20_000 });
      const [late, stopped] = [await rig.ask(), await rig.ask()];
      for (const { id } of [late, stopped]) await rig.until(id, 'rendering');
      await rig.press(stopped, 'cancel');
      await rig.until(stopped.id, 'cancelled');
      await rig.clock.advance(2 * 3_600_000);
      await rig.until(late.id, 'failed');
      expect((await rig.task(late.id)).failure).toEqual({ type: 'deadline' });
      await expectRest(stopped, 'cancelled');
      await expectRest(late, 'failed');
    });
  });

  describe('what all in one chat have waiting or under way', () => {
    test.each([true, false])('is so many clips at most, where clips cost something: %s', async (paid) => {
      rig = await createRig({ limits: { maxWaitingPerChat: 3 }, provider: scriptedProvider({ paid }), openStore });
      const replies = await Promise.all(Array.from({ length: 12 }, () => rig.request()));
      const taken = replies.flatMap((reply) => (reply.type === 'taken' ? [reply.task] : []));
      expect(taken).toHaveLength(3);
      const text = en.request.chatTooManyWaiting(3);
      expect(replies.filter(({ type }) => type !== 'taken')).toEqual(Array(9).fill({ type: 'refused', text }));
      // Another thread of it is no other chat, another chat is.
      const [asked] = taken;
      if (!asked) throw new Error('three were taken');
      const place = { ...asked.place, thread: 'another' };
      expect(await rig.admission.denialReason({ ...asked, place })).toBe(text);
      expect(await rig.admission.denialReason({ ...asked, place: { ...place, chat: 'attic' } })).toBeUndefined();
      rig.startWorker();
      await rig.until(asked.id, 'delivered');
      await rig.ask();
    });
  });

  describe('what one person has waiting or under way', () => {
    test.each([true, false])('is so many clips at most, where clips cost something: %s', async (paid) => {
      rig = await createRig({ limits: { maxWaitingPerPerson: 3 }, provider: scriptedProvider({ paid }), openStore });
      const replies = await Promise.all(Array.from({ length: 12 }, () => rig.request('anna')));
      const taken = replies.flatMap((reply) => (reply.type === 'taken' ? [reply.task] : []));
      expect(taken).toHaveLength(3);
      const text = en.request.tooManyWaiting(3, { isShared: false });
      expect(replies.filter(({ type }) => type !== 'taken')).toEqual(Array(9).fill({ type: 'refused', text }));
      await rig.ask('ben');
      rig.provider.script.poll = async () => ({ outcome: 'rendering' });
      const worker = rig.startWorker();
      await rig.clock.advance(60_000);
      // Two of them are being made now.
      expect(await rig.request('anna')).toMatchObject({ type: 'refused' });
      rig.provider.script.poll = async () => succeeded();
      await rig.until(taken[0]?.id ?? '', 'delivered');
      await worker.stop();
      await rig.ask('anna');
    });
  });
}
