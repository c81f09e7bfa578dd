import type { Reply } from '../../../commands/reply.ts';
import type { Task } from '../../task/task.ts';
import { words } from './env.ts';
import type { Feed } from './feed.ts';
import type { Limiter } from './limiter.ts';
import { Problem } from './problem.ts';
import type { TaskView } from './view.ts';

/** Shows the page each kind of reply, once. `refused`: the status of a refusal. `taskId`: of the task that was pressed under. */
export type ShowReply = (reply: Reply | Problem, how: { refused: 400 | 409; taskId?: string }) => Promise<Response>;

export function createAnswer(deps: {
  feed: Feed;
  wake: () => void;
  /** Wakes the worker and tells the open pages. */
  changed: (task: Task) => Promise<TaskView>;
  taskOf: (id: string) => Promise<Task>;
}): ShowReply {
  const { feed, wake, changed, taskOf } = deps;
  return async (reply, { refused, taskId }) => {
    if (reply instanceof Problem) throw reply;
    switch (reply.type) {
      case 'taken':
        return Response.json({ task: await changed(reply.task) }, { status: reply.created ? 201 : 200 });
      case 'refused':
        throw new Problem(refused, reply.text);
      case 'done':
        if (taskId !== undefined) await changed(await taskOf(taskId));
        else wake();
        return Response.json(reply.isOnCard ? {} : { say: reply.text });
      case 'deleted':
        if (reply.task) feed.gone(reply.task.id);
        return Response.json({ say: reply.text });
      case 'details':
        return Response.json({ say: reply.text });
      case 'question':
        return Response.json({ ask: { text: reply.text, value: reply.value } });
      case 'changed':
        await changed(reply.task);
        return Response.json({});
      case 'menu':
      case 'where':
      case 'clips':
        return Response.json({ say: reply.text });
      case 'choice':
        return Response.json({
          say: reply.text,
          choose: { action: reply.action, tasks: reply.tasks.map(({ id, scene }) => ({ taskId: id, scene })) },
        });
    }
  };
}

/** Why nothing new may be asked for at present; counts what may. */
export function overLimit(limiter: Limiter): Problem | undefined {
  const waitMs = limiter.take('');
  return waitMs > 0 ? new Problem(429, words.web.tooFast(waitMs), waitMs) : undefined;
}
