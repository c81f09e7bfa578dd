import type { Reply } from '../../../commands/reply.ts';
import type { Action } from '../../../commands/table.ts';
import type { Task } from '../../task/task.ts';
import { buttonsFrom } from '../kit/card-view.ts';
import type { Feed } from './feed.ts';
import { Problem } from './problem.ts';
import type { Reader, Told } from './reader.ts';
import type { Answer, TaskView } from './view.ts';

/** Shows the page each kind of reply, once. `refused`: the status of a refusal. `taskId`: of the task that was pressed under. */
export type ShowReply = (
  reply: Reply | Problem,
  how: { refused: 400 | 409; reader: Reader; taskId?: string },
) => Promise<Response>;

export function createAnswer(deps: {
  feed: Feed;
  wake: () => void;
  /** Wakes the worker and tells the open pages. */
  changed: (task: Task) => Promise<Told<TaskView>>;
  /** Tells the open pages of all that shows the clip. */
  starred: (task: Task) => Promise<Told<TaskView>>;
  taskOf: (id: string) => Promise<Task>;
  actions: readonly Action[];
}): ShowReply {
  const { feed, wake, changed, starred, taskOf, actions } = deps;
  return async (reply, { refused, reader, taskId }) => {
    const { locale } = reader;
    if (reply instanceof Problem) throw reply;
    switch (reply.type) {
      case 'taken':
        return json({ task: (await changed(reply.task)).to(reader), say: reply.note }, reply.created ? 201 : 200);
      case 'refused':
        throw new Problem(refused, reply.text);
      case 'done':
        if (taskId !== undefined) await changed(await taskOf(taskId));
        else wake();
        return json(reply.isOnCard ? {} : { say: reply.text });
      case 'deleted':
        if (reply.task) feed.gone(reply.task.id);
        // What showed it elsewhere is the worker's to take away.
        wake();
        return json({ say: reply.text });
      case 'details':
        return json({ say: reply.text });
      case 'question':
        return json({ ask: { text: reply.text, value: reply.value } });
      case 'changed':
        return json({ task: (await starred(reply.task)).to(reader) });
      case 'menu': {
        const { text: say, link, task } = reply;
        const wanted = actions.filter(({ id }) => reply.actions.includes(id));
        return json({ say, link, menu: buttonsFrom(wanted, task, locale) });
      }
      case 'file':
        return json({ say: reply.text, file: { name: reply.name, content: reply.content } });
      case 'confirm': {
        const { text, label, question } = reply;
        return json({ confirm: { text, label, question } });
      }
      case 'where':
        throw new Problem(refused, ({ web }) => web.noOtherPlace);
      case 'settings': {
        const { text: title, fields, changes } = reply;
        return json({ settings: { title, fields, changes } });
      }
      case 'clips':
        return json({ open: taskId === undefined ? '/clips' : `/clips?story=${taskId}` });
      case 'choice':
        return json({
          say: reply.text,
          choose: { action: reply.action, tasks: reply.tasks.map(({ id, scene }) => ({ taskId: id, scene })) },
        });
    }
  };
}

/** What the page is told: nothing that it does not know. */
const json = (answer: Answer, status = 200): Response => Response.json(answer, { status });
