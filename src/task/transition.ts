import type { Failure } from './failure.ts';
import type { Attempt, Clip, Fitted, Task, TaskState } from './task.ts';

/** What can happen to a task. `submitting` and `delivering` mean that a call is on the wire now. */
export type TaskEvent =
  | { type: 'pictureFitted'; fitted: Fitted }
  | { type: 'submit'; attempt: Attempt }
  /** The provider certainly did not take the attempt: it may be made again. */
  | { type: 'refused' }
  /** An attempt's job id is on record. */
  | { type: 'accepted' }
  /** Nobody knows whether the attempt was taken. */
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

/** The one table. What is not in it cannot happen. */
export const TRANSITIONS: Record<TaskState, Partial<Record<EventType, TaskState>>> = {
  received: { pictureFitted: 'queued', fail: 'failed', cancel: 'cancelled' },
  queued: { submit: 'submitting', accepted: 'rendering', fail: 'failed', cancel: 'cancelled' },
  submitting: { accepted: 'rendering', refused: 'queued', doubted: 'unconfirmed', jobLost: 'queued', fail: 'failed' },
  unconfirmed: { accepted: 'rendering', retry: 'queued', fail: 'failed' },
  rendering: { clipStored: 'ready', jobLost: 'queued', fail: 'failed', cancel: 'cancelled' },
  ready: { send: 'delivering', fail: 'failed' },
  delivering: { shown: 'delivered', sendRefused: 'ready', fail: 'failed' },
  delivered: {},
  // Only where doubt alone ended it; see `allowed`.
  failed: { accepted: 'rendering' },
  cancelled: {},
};

/** Whether the event can happen to the task as it stands. */
export const allowed = (task: Task, event: EventType): boolean =>
  TRANSITIONS[task.state][event] !== undefined && (task.state !== 'failed' || task.failure?.type === 'doubt');

/** The task after the event. Throws on an event that cannot happen there: that is a programming error. */
export function transition(task: Task, event: TaskEvent, now: number): Task {
  const state = TRANSITIONS[task.state][event.type];
  if (state === undefined || !allowed(task, event.type))
    throw new Error(`${event.type} cannot happen to a task that is ${task.state}`);
  const { throws, ...kept } = task;
  const next: Task = {
    ...kept,
    state,
    // Whatever comes after `received`, where the platform keeps it is not needed any more, and may hold a signature.
    picture: { type: 'upload' },
    tries: 0,
    at: { ...task.at, [state]: now },
  };
  switch (event.type) {
    case 'pictureFitted':
      return { ...next, fitted: event.fitted };
    case 'submit':
      return { ...next, attempts: [...task.attempts, event.attempt], progress: undefined, tries: task.tries };
    case 'send':
      return { ...next, tries: task.tries };
    case 'refused':
      // `tries` counts through submit and refusal (send and refusal alike): it paces the next try.
      return { ...next, attempts: endLast(task.attempts, 'refused'), tries: task.tries + 1 };
    case 'jobLost':
      return { ...next, attempts: task.attempts.map((a) => ({ ...a, over: a.over ?? 'lost' })), progress: undefined };
    case 'accepted':
      return { ...next, failure: undefined };
    case 'clipStored':
      return { ...next, clip: event.clip, progress: 1 };
    case 'sendRefused':
      return { ...next, tries: task.tries + 1 };
    case 'fail':
      return { ...next, failure: event.failure };
    default:
      return next;
  }
}

const endLast = (attempts: Attempt[], over: Attempt['over']): Attempt[] =>
  attempts.map((attempt, i) => (i === attempts.length - 1 ? { ...attempt, over } : attempt));
