import { Hono } from 'hono';
import { z } from 'zod';
import { press } from '../../../commands/press.ts';
import { findExisting } from '../../../commands/record.ts';
import type { CommandDeps } from '../../../commands/table.ts';
import type { Task } from '../../task/task.ts';
import { keySchema, mayModerate, type WebEnv, webOrigin } from './env.ts';
import type { Pace } from './pace.ts';
import { Problem } from './problem.ts';
import { readerOf } from './reader.ts';
import type { ShowReply } from './replies.ts';
import { heldTogether } from './sender-limit.ts';
import { readJson } from './text-body.ts';
import type { Reads } from './view.ts';
import type { Viewer } from './viewer.ts';

/** The body of a press: all that is not in its path. */
const pressSchema = z.object({
  key: keySchema.optional(),
  scene: z.string().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});

/** The conversation, and presses in it: `POST /api/tasks/<id>/<action>`, with `{ key, scene?, options? }`. */
export function createActions(options: {
  deps: CommandDeps;
  pace: Pace;
  viewer: Viewer;
  taskOf: (id: string) => Promise<Task>;
  answer: ShowReply;
}): Hono<WebEnv> {
  const { deps, pace, viewer, taskOf, answer } = options;
  const routes = new Hono<WebEnv>();

  routes.get('/api/conversation', async (c) => {
    const before = c.req.query('before');
    const reader = readerOf(c);
    const view = await viewer.conversation({
      before: before === undefined ? undefined : await taskOf(before),
      by: c.req.query('mine') === 'true' ? reader.person.requester.id : undefined,
    });
    return c.json(view(reader) satisfies Reads['/api/conversation']);
  });

  for (const { id: action, renews } of deps.actions)
    routes.post(`/api/tasks/:id/${action}`, async (c) => {
      const body = pressSchema.safeParse(await readJson(c.env.incoming));
      if (!body.success || (renews && body.data.key === undefined)) throw new Problem(400, ({ web }) => web.badKey);
      const { key, scene, options } = body.data;
      const requestKey = `web:${key ?? `${action}-${c.req.param('id')}`}`;
      // Told again it is answered as before, also where the task is gone since.
      const reader = readerOf(c);
      const early = renews ? ((await findExisting(requestKey, deps.store)) ?? pace(reader.person)) : undefined;
      if (early) return answer(early, { refused: 400, reader });
      const task = await taskOf(c.req.param('id'));
      const told = {
        action,
        task,
        origin: webOrigin(c, reader.locale, requestKey),
        moderates: () => mayModerate(task, reader.person),
        answer: scene === undefined && options === undefined ? undefined : { scene, options },
      };
      return answer(await press(told, heldTogether(deps, reader.person.from)), {
        refused: renews ? 400 : 409,
        reader,
        taskId: task.id,
      });
    });

  return routes;
}
