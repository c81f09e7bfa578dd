import { Hono } from 'hono';
import { z } from 'zod';
import { press } from '../../../commands/press.ts';
import { findExisting } from '../../../commands/record.ts';
import type { CommandDeps } from '../../../commands/table.ts';
import type { Task } from '../../task/task.ts';
import { keySchema, type WebEnv, webOrigin } from './env.ts';
import { localeOf } from './language.ts';
import type { Limiter } from './limiter.ts';
import { Problem } from './problem.ts';
import { overLimit, type ShowReply } from './replies.ts';
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
  limiter: Limiter;
  viewer: Viewer;
  taskOf: (id: string) => Promise<Task>;
  answer: ShowReply;
}): Hono<WebEnv> {
  const { deps, limiter, viewer, taskOf, answer } = options;
  const routes = new Hono<WebEnv>();

  routes.get('/api/conversation', async (c) => {
    const before = c.req.query('before');
    const view = await viewer.conversation(before === undefined ? undefined : await taskOf(before));
    return c.json(view(localeOf(c)) satisfies Reads['/api/conversation']);
  });

  for (const { id: action, renews } of deps.actions)
    routes.post(`/api/tasks/:id/${action}`, async (c) => {
      const body = pressSchema.safeParse(await readJson(c.env.incoming));
      if (!body.success || (renews && body.data.key === undefined)) throw new Problem(400, ({ web }) => web.badKey);
      const { key, scene, options } = body.data;
      const requestKey = `web:${key ?? `${action}-${c.req.param('id')}`}`;
      // Told again it is answered as before, also where the task is gone since.
      const early = renews ? ((await findExisting(requestKey, deps.store)) ?? overLimit(limiter)) : undefined;
      const locale = localeOf(c);
      if (early) return answer(early, { refused: 400, locale });
      const task = await taskOf(c.req.param('id'));
      const told = {
        action,
        task,
        origin: webOrigin(locale, requestKey),
        answer: scene === undefined && options === undefined ? undefined : { scene, options },
      };
      return answer(await press(told, deps), { refused: renews ? 400 : 409, locale, taskId: task.id });
    });

  return routes;
}
