import { z } from 'zod';
import type { Tasks } from '../store.ts';
import { requestFields } from '../task-record.ts';
import type { StoreClock } from './clock.ts';
import type { TaskCollection } from './collection.ts';
import { toTask } from './document.ts';
import { type FactField, find, without } from './queries.ts';
import { asking, learning } from './updates.ts';

export type News = Pick<Tasks, 'recordAccepted' | 'recordSent' | 'ask'>;

const sentSchema = z.object({ sent: z.array(z.object({ name: z.string(), value: z.string() })) });

/** Facts and requests: told by anybody at any time, fenced by nothing. */
export function createNews({ tasks, clock }: { tasks: TaskCollection; clock: StoreClock }): News {
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
  };
}
