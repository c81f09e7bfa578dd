import { withChanges } from '../../../util/with-changes.ts';
import { type MessageRef, readButton, writeRef } from '../ids.ts';
import type { RequestDeps } from './deps.ts';
import { redraw, type ShownButton } from './redraw.ts';

/** Between two edits of one message's labels: of many stars in a row the last is shown. */
const BETWEEN_MS = 3_000;
/** Messages whose labels are looked after at once; those of more stay as they are until the next star. */
const MAX_MESSAGES = 1_000;

/** Changes labels (`RequestDeps.relabel`): at once, and then no more often than every few seconds a message, however often it is asked for. */
export function createRelabel(
  deps: Pick<RequestDeps, 'api' | 'clock' | 'log' | 'store' | 'actions'>,
): RequestDeps['relabel'] {
  const { store, actions, clock, log } = deps;
  /** By message: whether it is to be done once more. */
  const underWay = new Map<string, boolean>();

  async function relabel(shown: MessageRef, taskId: string): Promise<void> {
    const task = await store.tasks.get(taskId);
    if (!task) return;
    const change = (button: ShownButton): ShownButton => {
      const id = readButton(button.custom_id);
      const action = id?.taskId === taskId ? actions.find((each) => each.id === id.action) : undefined;
      const label = action?.labelOf?.(task, task.locale) ?? button.label;
      return label === button.label ? button : withChanges(button, { label });
    };
    const reason = await redraw(shown, change, deps);
    if (reason !== undefined) log.warn({ task: taskId, reason }, 'the label of a button could not be changed');
  }

  async function run(key: string, shown: MessageRef, taskId: string): Promise<void> {
    try {
      do {
        underWay.set(key, false);
        await relabel(shown, taskId);
        await clock.sleep(BETWEEN_MS);
      } while (underWay.get(key));
    } catch (error) {
      log.warn({ err: error, task: taskId }, 'the labels of a message could not be changed');
    } finally {
      underWay.delete(key);
    }
  }

  return (shown, taskId) => {
    const key = writeRef(shown);
    if (underWay.has(key)) underWay.set(key, true);
    else if (underWay.size < MAX_MESSAGES) void run(key, shown, taskId);
  };
}
