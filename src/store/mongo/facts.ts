import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { originalOf } from '../../task/lineage.ts';
import { key } from '../keys.ts';
import { requestFields } from '../task-record.ts';
import { type Facts, LEASE_MS } from '../tasks.ts';
import type { StoreClock } from './clock.ts';
import type { TaskCollection } from './collection.ts';
import { toTask } from './document.ts';
import { type FactField, find, without } from './queries.ts';
import { asking, calling, learning, starring } from './updates.ts';

const claimSchema = z.object({ claim: z.string().optional() });
const sentSchema = z.object({ sent: z.array(z.object({ name: z.string(), value: z.string() })) });

export function createFacts({ tasks, clock }: { tasks: TaskCollection; clock: StoreClock }): Facts {
  /** Adds a fact where none of that name stands yet. Returns the document, whichever holds. */
  async function learn(id: string, field: FactField, name: string, value: string, owner?: string): Promise<unknown> {
    const by = { owner, now: clock.now() };
    return tasks.alter(id, without(id, field, name), learning(field, { name, value }, by));
  }

  return {
    async recordAccepted(id, attemptId, jobId, owner) {
      const task = await learn(id, 'accepted', attemptId, jobId, owner);
      return task ? toTask(task) : undefined;
    },
    async recordSent(id, send, messageId, owner) {
      const task = await learn(id, 'sent', send, messageId, owner);
      return task ? sentSchema.parse(task).sent.find(({ name }) => name === send)?.value : undefined;
    },
    async ask(id, request) {
      const task = await tasks.alter(id, find.byId(id), asking(requestFields(request), clock.now()));
      return task ? toTask(task) : undefined;
    },
    async call(id, { attempt, callback, owner }) {
      if (owner !== undefined) await clock.fresh();
      const now = clock.now();
      const claim = randomBytes(8).toString('hex');
      const lease =
        owner === undefined ? undefined : { owner: key(owner), until: now + LEASE_MS, claim, starting: false };
      const found = await tasks.change(find.called(id, { attempt, callback }), calling(now, lease));
      return found ? { task: toTask(found), isClaimed: claimSchema.parse(found).claim === claim } : undefined;
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
