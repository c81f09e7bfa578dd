import { withChanges } from '../util/with-changes.ts';
import type { Failure } from './failure.ts';
import { type Attempt, type Clip, type Fitted, isOver, openJobs, type Task, type TaskState } from './task.ts';

/** The events of a task. `submitting` and `delivering` mean that a call is on the wire now. */
export type TaskEvent =
  | { type: 'pictureFitted'; fitted: Fitted }
  | { type: 'submit'; attempt: Attempt }
  /** The provider certainly did not take the attempt: it may be made again. */
  | { type: 'refused' }
  /** An attempt's job id is on record. */
  | { type: 'accepted' }
  /** The attempt may or may not have been taken. */
  | { type: 'doubted' }
  /** A person's word: try again although it may cost twice. */
  | { type: 'retry' }
  /** Every job is gone without a verdict (free providers). */
  | { type: 'jobLost' }
  | { type: 'clipStored'; clip: Clip }
  | { type: 'send' }
  | { type: 'sendRefused' }
  | { type: 'shown' }
  | { type: 'fail'; failure: Failure }
  | { type: 'cancel' };
export type EventType = TaskEvent['type'];

/** The one table. A pair that is not in it cannot happen. */
export const TRANSITIONS: Record<TaskState, Partial<Record<EventType, TaskState>>> = {
  received: { pictureFitted: 'queued', fail: 'failed', cancel: 'cancelled' },
  queued: { submit: 'submitting', accepted: 'rendering', fail: 'failed', cancel: 'cancelled' },
  submitting: { accepted: 'rendering', refused: 'queued', doubted: 'unconfirmed', jobLost: 'queued', fail: 'failed' },
  unconfirmed: { accepted: 'rendering', retry: 'queued', fail: 'failed' },
  rendering: { clipStored: 'ready', jobLost: 'queued', fail: 'failed', cancel: 'cancelled' },
  ready: { send: 'delivering', fail: 'failed' },
  delivering: { shown: 'delivered', sendRefused: 'ready', fail: 'failed' },
  delivered: {},
  // Only by a job that came to light after the end; see `allowed`.
  failed: { accepted: 'rendering' },
  cancelled: { accepted: 'rendering' },
};

/**
 * Whether the event can happen to the task as it stands. An end leads on only where there is a job that was not known of
 * (those that were are `left`, see below) and no clip: it was paid for, so it is looked after like any other.
 */
export function allowed(task: Task, event: EventType): boolean {
  if (TRANSITIONS[task.state][event] === undefined) return false;
  return !isOver(task) || (openJobs(task).length > 0 && task.clip === undefined);
}

/** The task after the event. Throws on an event that cannot happen there: that is a programming error. */
export function transition(task: Task, event: TaskEvent, now: number): Task {
  const state = TRANSITIONS[task.state][event.type];
  if (state === undefined || !allowed(task, event.type))
    throw new Error(`${event.type} cannot happen to a task that is ${task.state}`);
  const { throws, ...kept } = task;
  return withChanges<Task>(kept, {
    state,
    // After `received` the place where the platform keeps it is not needed any more, and may hold a signature.
    picture: { type: 'upload' },
    last: task.last && { type: 'upload' },
    tries: 0,
    at: withChanges(task.at, { [state]: now }),
    ...changesBy(event, task),
  });
}

function changesBy(event: TaskEvent, task: Task): Partial<Task> {
  const { attempts, tries } = task;
  switch (event.type) {
    case 'pictureFitted':
      return { fitted: event.fitted };
    case 'submit':
      return { attempts: [...attempts, event.attempt], progress: undefined, tries };
    case 'send':
      return { tries };
    case 'refused': {
      // `tries` counts through submit and refusal (send and refusal alike): it paces the next try.
      const last = attempts.length - 1;
      return {
        attempts: attempts.map((a, i) => (i === last ? withChanges(a, { over: 'refused' }) : a)),
        tries: tries + 1,
      };
    }
    case 'jobLost':
      return { attempts: attempts.map((a) => (a.over ? a : withChanges(a, { over: 'lost' }))), progress: undefined };
    case 'accepted':
      return { failure: undefined };
    case 'clipStored':
      return { clip: event.clip, progress: 1 };
    case 'sendRefused':
      return { tries: tries + 1 };
    case 'fail':
      return { attempts: leave(task), failure: event.failure };
    case 'cancel':
      return { attempts: leave(task) };
    default:
      return {};
  }
}

/** Of the jobs that are known nothing more is expected at an end. */
function leave(task: Task): Attempt[] {
  const open = openJobs(task).map(({ attempt }) => attempt);
  return task.attempts.map((each) => (open.includes(each) ? withChanges(each, { over: 'left' }) : each));
}
