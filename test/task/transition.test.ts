import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureSchema } from '../../src/task/failure.ts';
import { isOver, TASK_STATES, type Task, type TaskState } from '../../src/task/task.ts';
import { allowed, type EventType, type TaskEvent, transition } from '../../src/task/transition.ts';
import { someTask } from '../helpers/task.ts';

const FAILURE_TYPES = failureSchema.options.map((option) => option.shape.type.value);

const EVENTS: { [type in EventType]: Extract<TaskEvent, { type: type }> } = {
  pictureFitted: {
    type: 'pictureFitted',
    fitted: {
      original: { width: 4032, height: 3024 },
      fitted: { width: 1280, height: 720 },
      notes: [],
      blob: 'picture',
      sha256: 'f'.repeat(64),
      type: 'image/jpeg',
    },
  },
  submit: { type: 'submit', attempt: { id: 'a1', at: 5 } },
  refused: { type: 'refused' },
  accepted: { type: 'accepted' },
  doubted: { type: 'doubted' },
  retry: { type: 'retry' },
  jobLost: { type: 'jobLost' },
  clipStored: {
    type: 'clipStored',
    clip: { blob: 'clip-a1', bytes: 9, sha256: 'c'.repeat(64), size: { width: 1280, height: 720 }, durationMs: 5000 },
  },
  send: { type: 'send' },
  sendRefused: { type: 'sendRefused' },
  shown: { type: 'shown' },
  fail: { type: 'fail', failure: { type: 'moderation' } },
  cancel: { type: 'cancel' },
};
const OPEN_JOB = { attempts: [{ id: 'a1', at: 1 }], accepted: { a1: 'job' } };
const EVENT_TYPES = Object.keys(EVENTS) as EventType[];

/**
 * The table as people would tell it, written a second time on purpose: a column a state, a row an event, and where it
 * leads. Whoever changes the program's table has to say so here too.
 */
const R: TaskState = 'rendering';
const EXPECTED: Record<EventType, Partial<Record<TaskState, TaskState>>> = {
  pictureFitted: { received: 'queued' },
  submit: { queued: 'submitting' },
  refused: { submitting: 'queued' },
  accepted: { queued: R, submitting: R, unconfirmed: R, failed: R, cancelled: R },
  doubted: { submitting: 'unconfirmed' },
  retry: { unconfirmed: 'queued' },
  jobLost: { submitting: 'queued', rendering: 'queued' },
  clipStored: { rendering: 'ready' },
  send: { ready: 'delivering' },
  sendRefused: { delivering: 'ready' },
  shown: { delivering: 'delivered' },
  fail: Object.fromEntries(
    (['received', 'queued', 'submitting', 'unconfirmed', 'rendering', 'ready', 'delivering'] as const).map((s) => [
      s,
      'failed',
    ]),
  ),
  cancel: { received: 'cancelled', queued: 'cancelled', rendering: 'cancelled' },
};

describe('the transition table', () => {
  for (const state of TASK_STATES)
    for (const type of EVENT_TYPES) {
      const to = EXPECTED[type][state];
      test(`${type} ${to ? `takes a task that is ${state} to ${to}` : `cannot happen to a task that is ${state}`}`, () => {
        // An end is left for a job only that came to light after it.
        const task = someTask(state, type === 'accepted' ? OPEN_JOB : {});
        expect(allowed(task, type)).toBe(to !== undefined);
        if (!to) return expect(() => transition(task, EVENTS[type], 7)).toThrow(state);
        const next = transition(task, EVENTS[type], 7);
        expect(next.state).toBe(to);
        expect(next.at[to]).toBe(7);
      });
    }

  test.each(FAILURE_TYPES)('a job that comes to light brings back a task that ended by %s', (one) => {
    const failure = one === 'bad-picture' ? { type: one, picture: { type: 'empty' as const } } : { type: one };
    const clip = EVENTS.clipStored.clip;
    expect(allowed(someTask('failed', { failure, ...OPEN_JOB }), 'accepted')).toBe(true);
    expect(allowed(someTask('failed', { failure }), 'accepted')).toBe(false);
    expect(allowed(someTask('failed', { failure, clip, ...OPEN_JOB }), 'accepted')).toBe(false);
  });

  test.each(['fail', 'cancel'] as const)('by %s the jobs that are known are left, and bring nothing back', (type) => {
    const ended = transition(someTask('rendering', OPEN_JOB), EVENTS[type], 7);
    expect(ended.attempts).toEqual([{ id: 'a1', at: 1, over: 'left' }]);
    expect(allowed(ended, 'accepted')).toBe(false);
    const attempts = [...ended.attempts, { id: 'a2', at: 2 }];
    expect(allowed({ ...ended, attempts, accepted: { a1: 'job', a2: 'late' } }, 'accepted')).toBe(true);
  });

  test('a task brought back by a late job id is no failure any more', () => {
    expect(transition(someTask('failed', OPEN_JOB), EVENTS.accepted, 7).failure).toBeUndefined();
  });

  test('what paces the next try counts refusals in a row, through submit and send, and starts anew after success', () => {
    let task = someTask('queued');
    for (const type of ['submit', 'refused', 'submit', 'refused', 'submit'] as const)
      task = transition(task, EVENTS[type], 7);
    expect(task.tries).toBe(2);
    expect(transition(task, EVENTS.accepted, 7).tries).toBe(0);
    task = someTask('ready');
    for (const type of ['send', 'sendRefused', 'send', 'sendRefused'] as const)
      task = transition(task, EVENTS[type], 7);
    expect(task.tries).toBe(2);
  });

  test('a refused attempt is over, a doubted one is not', () => {
    const submitting = transition(someTask('queued'), EVENTS.submit, 7);
    expect(transition(submitting, EVENTS.refused, 8).attempts[0]?.over).toBe('refused');
    expect(transition(submitting, EVENTS.doubted, 8).attempts[0]?.over).toBeUndefined();
  });
});

describe('whatever happens in whatever order', () => {
  /** Runs the events that can happen, skips the others, and reports each state on the way. */
  function live(types: EventType[], first = someTask('received')): Task[] {
    const path = [first];
    for (const type of types) {
      const task = path.at(-1) as Task;
      if (allowed(task, type)) path.push(transition(task, EVENTS[type], path.length));
    }
    return path;
  }
  const lives = fc.array(fc.constantFrom(...EVENT_TYPES), { maxLength: 60 }).map((types) => live(types));

  test('what shows a clip is delivered or fails, and no job is ever made for it', () => {
    const shows = someTask('ready', { shows: '0'.repeat(24), clip: EVENTS.clipStored.clip });
    const paths = fc.array(fc.constantFrom(...EVENT_TYPES), { maxLength: 60 }).map((types) => live(types, shows));
    fc.assert(
      fc.property(paths, (path) => {
        for (const { state, attempts, clip } of path) {
          expect(['ready', 'delivering', 'delivered', 'failed']).toContain(state);
          expect(attempts).toEqual([]);
          expect(clip).toEqual(shows.clip);
        }
      }),
    );
  });

  test('a clip is shown only after it was stored, and stored only after a job was accepted', () => {
    fc.assert(
      fc.property(lives, (path) => {
        const states = path.map((task) => task.state);
        const first = (state: TaskState) => (states.includes(state) ? states.indexOf(state) : Number.POSITIVE_INFINITY);
        expect(first('delivered')).toBeGreaterThanOrEqual(first('ready'));
        expect(first('ready')).toBeGreaterThanOrEqual(first('rendering'));
        for (const task of path)
          if (task.state === 'ready' || task.state === 'delivered') expect(task.clip).toBeDefined();
      }),
    );
  });

  test('a doubtful attempt is followed by another one only by a person’s word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...EVENT_TYPES.filter((type) => type !== 'retry')), { maxLength: 60 }).map(live),
        (path) => {
          const doubted = path.findIndex((task) => task.state === 'unconfirmed');
          if (doubted < 0) return;
          const after = path.slice(doubted);
          const healed = after.findIndex((task) => task.state === 'rendering');
          const unhealed = healed < 0 ? after : after.slice(0, healed);
          for (const task of unhealed) expect(task.attempts).toHaveLength(path[doubted]?.attempts.length ?? -1);
        },
      ),
    );
  });

  test('nothing leads on from an end but a job that comes to light', () => {
    fc.assert(
      fc.property(lives, (path) => {
        const end = path.findIndex(isOver);
        expect(end < 0 || end === path.length - 1).toBe(true);
      }),
    );
  });
});
