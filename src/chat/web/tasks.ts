import { Hono } from 'hono';
import { z } from 'zod';
import { answerDoubt } from '../../../commands/answer.ts';
import { cancel } from '../../../commands/cancel.ts';
import { deleteTask } from '../../../commands/delete.ts';
import type { Store } from '../../store/store.ts';
import type { Task } from '../../task/task.ts';
import { WEB_LOCALE, WEB_REQUESTER, type WebEnv, words } from './env.ts';
import { Problem } from './problem.ts';
import type { Viewer } from './viewer.ts';

/** What is there, and what can be done to it: the conversation, cancel, delete. */
export function createTaskRoutes(options: {
  store: Store;
  viewer: Viewer;
  taskOf: (id: string) => Promise<Task>;
  /** Wakes the worker and tells the open pages. */
  changed: (task: Task) => Promise<unknown>;
  gone: (taskId: string) => void;
}): Hono<WebEnv> {
  const { store, viewer, taskOf, changed, gone } = options;
  const routes = new Hono<WebEnv>();
  const by = { by: WEB_REQUESTER.id, locale: WEB_LOCALE };

  routes.get('/api/conversation', async (c) => {
    const before = c.req.query('before');
    return c.json(await viewer.conversation(before === undefined ? undefined : await taskOf(before)));
  });

  routes.post('/api/tasks/:id/cancel', async (c) => {
    const { id: taskId } = await taskOf(c.req.param('id'));
    const reply = await cancel({ taskId, ...by }, { store });
    if (reply.type !== 'done') throw new Problem(409, reply.type === 'refused' ? reply.text : '');
    await changed(await taskOf(taskId));
    return c.json({ say: reply.text });
  });

  routes.post('/api/tasks/:id/answer', async (c) => {
    const { id: taskId } = await taskOf(c.req.param('id'));
    const choice = z.enum(['retry', 'leave']).safeParse(c.req.query('choice'));
    if (!choice.success) throw new Problem(400, words.web.badKey);
    const reply = await answerDoubt({ taskId, ...by, choice: choice.data }, { store });
    if (reply.type !== 'done') throw new Problem(409, reply.type === 'refused' ? reply.text : '');
    await changed(await taskOf(taskId));
    return c.json({ say: reply.text });
  });

  routes.delete('/api/tasks/:id', async (c) => {
    const { id: taskId } = await taskOf(c.req.param('id'));
    const reply = await deleteTask({ taskId, ...by }, { store });
    if (reply.type !== 'done') throw new Problem(409, reply.type === 'refused' ? reply.text : '');
    gone(taskId);
    return c.body(null, 204);
  });

  return routes;
}
