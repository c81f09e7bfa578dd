import { afterEach, describe, expect, test } from 'vitest';
import { createAdmission } from '../../commands/admission.ts';
import type { Submitted } from '../../src/providers/provider.ts';
import type { Store } from '../../src/store/store.ts';
import type { Clock } from '../../src/util/clock.ts';
import { manualClock } from '../helpers/clock.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

const LIMITS = [{ dailyBudget: 1 }, { dailyPerPerson: 1 }];

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

/** The promises about money, where the record decides whether they hold. `open` makes an empty store; its user closes it. */
export function describeMoney(openStore?: (clock: Clock) => Promise<Store>): void {
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
      const { id, requester, place } = await rig.ask('anna');
      const told: (string | undefined)[] = [];
      const look = async () => {
        told.push(await rig.admission.denialReason({ requester, place, locale: 'en' }, 1));
      };
      rig.startWorker({ store: watched(rig.store, look) });
      await rig.clock.until(async () => (await rig.task(id)).attempts.length === 3);
      await rig.until(id, 'rendering');
      expect(told.length).toBeGreaterThan(20);
      expect(told.filter((reason) => reason === undefined)).toEqual([]);
      // In the end it is one again, and not three.
      expect(await rig.store.spend.since(0, {})).toEqual({ credits: 1, clips: 1 });
    });

    const moments = ['begins', 'is refused and waits again'].flatMap((what) =>
      LIMITS.flatMap((limits) => [1, 2, 3, 4].map((n) => ({ what, limits, n }))),
    );
    test.each(moments)(
      'counts also where it $what after question $n of a look: $limits',
      async ({ what, limits, n }) => {
        rig = await createRig({ limits, openStore });
        const answer = held<Submitted>();
        rig.provider.script.submit = () => answer.value;
        const { id, requester, place } = await rig.ask('anna');
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
        const then =
          <A extends unknown[], T>(question: (...of: A) => Promise<T>) =>
          async (...of: A): Promise<T> => {
            const told = await question(...of);
            asked += 1;
            if (asked === n) await (what === 'begins' ? begins() : isRefused());
            return told;
          };
        const { store, provider } = rig;
        const { since, opened } = store.spend;
        const watching = {
          ...store,
          spend: { ...store.spend, since: then(since), opened: then(opened) },
          tasks: { ...store.tasks, waiting: then(store.tasks.waiting) },
        };
        const admission = createAdmission({ store: watching, provider, limits: { allow: ['*'], ...limits } });
        expect(await admission.denialReason({ requester, place, locale: 'en' }, 1)).toBeDefined();
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
      expect(await store.spend.since(0, {})).toEqual({ credits: 1, clips: 1 });
      rig.provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'job' });
      rig.startWorker();
      await rig.until(id, 'delivered');
      expect(await store.spend.since(0, {})).toEqual({ credits: 1, clips: 1 });
    });
  });
}
