import { withChanges } from '../../../util/with-changes.ts';
import { type MessageRef, readButton, readRef, writeRef } from '../ids.ts';
import type { RequestDeps } from './deps.ts';
import { redraw, type ShownButton } from './redraw.ts';

/** Between two edits of a task's labels: of many stars in a row the last is shown. */
const BETWEEN_MS = 3_000;
/** Tasks whose labels are looked after at once; those of more stay as they are until the next star. */
const MAX_TASKS = 1_000;

/** Changes labels (`RequestDeps.relabel`): at once, and then no more often than every few seconds a task, however often it is asked for. */
export function createRelabel(
  deps: Pick<RequestDeps, 'api' | 'clock' | 'log' | 'store' | 'actions'>,
): RequestDeps['relabel'] {
  const { store, actions, clock, log } = deps;
  /** By task: the message that was pressed under since, where it is to be done once more. */
  const underWay = new Map<string, MessageRef | undefined>();

  async function relabel(shown: MessageRef, taskId: string): Promise<void> {
    const task = await store.tasks.get(taskId);
    if (!task) return;
    const change = (button: ShownButton): ShownButton => {
      const id = readButton(button.custom_id);
      const action = id?.taskId === taskId ? actions.find((each) => each.id === id.action) : undefined;
      const label = action?.labelOf?.(task, task.locale) ?? button.label;
      return label === button.label ? button : withChanges(button, { label });
    };
    // Its card and its clip say the same.
    const refs = new Set([writeRef(shown), task.sent.clip, task.sent.card]);
    for (const ref of refs) {
      const message = readRef(ref);
      const reason = message && (await redraw(message, change, deps, { wakes: ref === writeRef(shown) }));
      if (reason !== undefined) log.warn({ task: taskId, reason }, 'the label of a button could not be changed');
    }
  }

  async function run(first: MessageRef, taskId: string): Promise<void> {
    try {
      for (let shown: MessageRef | undefined = first; shown; shown = underWay.get(taskId)) {
        underWay.set(taskId, undefined);
        await relabel(shown, taskId);
        await clock.sleep(BETWEEN_MS);
      }
    } catch (error) {
      log.warn({ err: error, task: taskId }, 'the labels of a task could not be changed');
    } finally {
      underWay.delete(taskId);
    }
  }

  return (shown, taskId) => {
    if (underWay.has(taskId)) underWay.set(taskId, shown);
    else if (underWay.size < MAX_TASKS) void run(shown, taskId);
  };
}
