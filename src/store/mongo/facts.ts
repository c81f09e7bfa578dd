import { z } from 'zod';
import { originalOf } from '../../task/lineage.ts';
import { requestFields } from '../task-record.ts';
import type { Facts } from '../tasks.ts';
import type { StoreClock } from './clock.ts';
import type { TaskCollection } from './collection.ts';
import { toTask } from './document.ts';
import type { Fact } from './models.ts';
import { type FactField, find, without } from './queries.ts';
import { asking, calling, learning, leaseFor, starring } from './updates.ts';

const claimSchema = z.object({ claim: z.string().optional() });
const sentSchema = z.object({ sent: z.array(z.object({ name: z.string(), value: z.string() })) });

interface FactDeps {
  tasks: TaskCollection;
  clock: StoreClock;
}

/** Adds a fact where none of that name stands yet. Returns the document, whichever holds. */
export const learnFact = (
  { tasks, clock }: FactDeps,
  { id, field, fact, owner }: { id: string; field: FactField; fact: Fact; owner?: string },
): Promise<unknown> =>
  tasks.alter(id, without(id, field, fact.name), learning(field, fact, { owner, now: clock.now() }));

export function createFacts({ tasks, clock }: FactDeps): Facts {
  return {
    async recordAccepted(id, attemptId, jobId, owner) {
      const fact = { name: attemptId, value: jobId };
      const task = await learnFact({ tasks, clock }, { id, field: 'accepted', fact, owner });
      return task ? toTask(task) : undefined;
    },
    async recordSent(id, send, messageId, owner) {
      const fact = { name: send, value: messageId };
      const task = await learnFact({ tasks, clock }, { id, field: 'sent', fact, owner });
      return task ? sentSchema.parse(task).sent.find(({ name }) => name === send)?.value : undefined;
    },
    async ask(id, request) {
      const task = await tasks.alter(id, find.byId(id), asking(requestFields(request), clock.now()));
      return task ? toTask(task) : undefined;
    },
    async call(id, { attempt, callback, owner }) {
      if (owner !== undefined) await clock.fresh();
      const now = clock.now();
      const lease = owner === undefined ? undefined : leaseFor(owner, { now, starting: false });
      const found = await tasks.change(find.called(id, { attempt, callback }), calling(now, lease));
      if (!found) return undefined;
      return { task: toTask(found), isClaimed: lease !== undefined && claimSchema.parse(found).claim === lease.claim };
    },
    // The one that is shown before those that show it: see `copyStars`.
    async star(id, person, isOn) {
      const change = starring(person, isOn);
      const found = await tasks.change(find.byId(id), change);
      if (!found) return undefined;
      const task = toTask(found);
      if (task.shows !== undefined) await tasks.changeAll(find.byId(task.shows), change);
      await tasks.changeAll(find.shows(originalOf(task)), change);
      return task;
    },
  };
}
