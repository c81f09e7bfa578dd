import type { Task } from '../task/task.ts';
import { transition } from '../task/transition.ts';
import { openGate } from './gate.ts';
import type { Outcome, StepContext } from './outcome.ts';
import { start } from './submit.ts';

/**
 * What becomes of a task whose picture has just been made to fit: where a slot is free, and none that waits comes before it,
 * it is started in the same save, instead of being queued, looked for and claimed. Else it is queued.
 */
export async function startAtOnce(task: Task, fitted: Outcome, context: StepContext): Promise<Outcome> {
  const { store, provider, room, visitor, stopping } = context;
  if (fitted.type !== 'advance' || fitted.event.type !== 'pictureFitted' || stopping.aborted) return fitted;
  if (!room.hasRoom(provider.name)) return fitted;
  // At once, which a store may make one question of.
  const opened = openGate(provider, store);
  // Told where it is awaited.
  opened.catch(() => {});
  const turn = await store.tasks.turn(task, provider.capabilities.concurrency);
  let isStarted = false;
  try {
    const gate = await opened;
    if (!gate || !turn) return fitted;
    // From here on it is with the service, and is not put off once the call is named on record.
    if (visitor.goTo(provider.name) !== undefined) return fitted;
    const started = await start(transition(task, fitted.event, store.now()), gate, context);
    if (started.type !== 'advance' || started.event.type !== 'submit') return fitted;
    isStarted = true;
    const { handoff, settled } = started;
    const { type, event, changes } = fitted;
    return { type, event, changes, next: started.event, handoff, settled, after: turn.release };
  } finally {
    if (!isStarted) turn?.release();
  }
}
