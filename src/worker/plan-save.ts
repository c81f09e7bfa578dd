import type { Provider } from '../providers/provider.ts';
import { wordRow } from '../store/spend.ts';
import type { Failure } from '../task/failure.ts';
import type { Task, TaskState } from '../task/task.ts';
import { transition } from '../task/transition.ts';
import { withChanges } from '../util/with-changes.ts';
import type { Outcome, Settlement } from './outcome.ts';

/** For its card: a task that has just been queued is next looked at then. */
const QUEUED_WAIT_MS = 5_000;

export interface SavePlan {
  next: Task;
  /** The state that it passes through, where two moves are one save. */
  between?: TaskState;
  /** On the store's clock; absent: nothing is left to do. */
  dueAt?: number;
  /** The run keeps the task and goes on with it. */
  goOn: boolean;
}

/** What is settled with the save. A person's word on a doubt counts by the task itself from then on, or is not needed any more. */
export function settledWith(task: Task, next: Task, { settled = [] }: Outcome): readonly Settlement[] {
  const doubtful = task.state === 'unconfirmed' && next.state !== 'unconfirmed' ? task.attempts.at(-1) : undefined;
  return doubtful ? [...settled, { attemptId: wordRow(doubtful.id), cost: 0 }] : settled;
}

/** The save that a step's outcome comes to: the task, when it is due again, and whether its run goes on at once. */
export function planSave(
  task: Task,
  outcome: Outcome,
  { now, provider, stopping }: { now: number; provider: Provider | undefined; stopping: boolean },
): SavePlan {
  const changed = outcome.changes ? withChanges(task, outcome.changes) : task;
  if (outcome.type === 'rest') return { next: changed, goOn: false };
  if (outcome.type === 'advance') {
    const first = transition(changed, outcome.event, now);
    const next = outcome.next ? transition(first, outcome.next, now) : first;
    const between = outcome.next && first.state;
    const wait = outcome.wait ?? waitIn(next.state, provider);
    return wait === undefined ? { next, between, goOn: true } : { next, between, dueAt: now + wait, goOn: false };
  }
  if (!outcome.hold) return { next: changed, dueAt: now + outcome.wait, goOn: false };
  // At a stop the task is let go of, for the next run.
  return stopping ? { next: changed, dueAt: now, goOn: false } : { next: changed, goOn: true };
}

/** How long a task that has just come to a state waits for its next step there; undefined: not at all. */
function waitIn(state: TaskState, provider: Provider | undefined): number | undefined {
  switch (state) {
    case 'queued':
      return QUEUED_WAIT_MS;
    case 'unconfirmed':
      return 0;
    case 'rendering':
      // A local job is held by the run that started it: no other could look at it.
      return provider?.capabilities.local ? undefined : provider?.capabilities.minPollMs;
    default:
      return undefined;
  }
}

/** The failure of a task whose step throws again and again: where it may have cost something it says so. */
export function poisoned(state: TaskState): Failure {
  if (state === 'unconfirmed' || state === 'submitting') return { type: 'doubt' };
  return { type: state === 'ready' || state === 'delivering' ? 'undeliverable' : 'broken' };
}
