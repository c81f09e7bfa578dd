import { describe, expect, test } from 'vitest';
import { actions } from '../../commands/index.ts';
import { cardOf, fingerprint } from '../../src/chat/kit/card-view.ts';
import { parseScene } from '../../src/providers/preview/parse-scene.ts';
import type { Task } from '../../src/task/task.ts';
import { backoffMs } from '../../src/util/backoff.ts';
import { someFitted, someTask } from '../helpers/task.ts';

describe('a card says', () => {
  test.each([
    ['how many are before it', someTask('queued'), 1, 'Queued (2nd)'],
    ['that it is next', someTask('queued'), 0, 'Queued, next in turn'],
    ['no exact place far back', someTask('queued'), 100, 'Queued, more than 100 before you'],
    [
      'no time before there is ground for one',
      someTask('rendering', { at: { rendering: 0 }, progress: 0.05 }),
      undefined,
      'Rendering 5 %',
    ],
    [
      'how long it will take',
      someTask('rendering', { at: { rendering: 0 }, progress: 0.25 }),
      undefined,
      'Rendering 25 %, ready in about 3 min',
    ],
    [
      'why it failed',
      someTask('failed', { failure: { type: 'moderation' } }),
      undefined,
      expect.stringContaining('content rules'),
    ],
  ])('%s', (_what, task, ahead, status) => {
    const queue = ahead === undefined ? undefined : { ahead, stuck: false };
    expect(cardOf(task, 60_000, { actions, queue }).status).toEqual(status);
  });

  test('what was done to the picture', () => {
    const fitted = {
      original: { width: 4032, height: 3024 },
      fitted: { width: 1280, height: 720 },
      notes: [{ type: 'upright' as const }, { type: 'cropped' as const, from: { width: 4032, height: 3024 } }],
      blob: 'picture' as const,
      sha256: 'a'.repeat(64),
      type: 'image/jpeg',
    };
    expect(cardOf(someTask('queued', { fitted }), 0, { actions, queue: { ahead: 0, stuck: false } }).facts).toEqual([
      '5 s',
      'motion 5',
      'seed 42',
      'turned upright',
      'a quarter cut off above and below, from 4032×3024',
    ]);
  });

  test.each([
    ['received', ['cancel']],
    ['rendering', ['cancel']],
    ['unconfirmed', ['retry', 'leave']],
    ['delivering', []],
    ['delivered', ['again', 'edit', 'star', 'share', 'more']],
  ] as const)('what can be pressed while it is %s', (state, buttons) => {
    expect(cardOf(someTask(state), 0, { actions }).buttons.map(({ action }) => action)).toEqual(buttons);
  });
});

describe('every card that has ended has a way on', () => {
  const [found, wanted] = [{ width: 640, height: 480 }, [{ width: 1280, height: 720 }]];
  const unfitted = { fitted: undefined };
  test.each<[string, Partial<Task>, string]>([
    ['cancelled', {}, 'Again, Edit scene'],
    ['cancelled before its picture was looked at', unfitted, 'Another picture'],
    ['that nobody answered', { failure: { type: 'transient' } }, 'Again, Edit scene'],
    ['of no use', { failure: { type: 'try-another' } }, 'Again, Edit scene, Another picture'],
    ['whose words were refused', { failure: { type: 'moderation', about: 'scene' } }, 'Edit scene'],
    ['whose picture was refused', { failure: { type: 'moderation', about: 'picture' } }, 'Another picture'],
    ['of which something was refused', { failure: { type: 'moderation' } }, 'Edit scene, Another picture'],
    ['whose words were too many', { failure: { type: 'bad-input', about: 'scene' } }, 'Shorter scene'],
    ['not accepted', { failure: { type: 'bad-input' } }, 'Shorter scene, Another picture'],
    ['whose picture is gone', { ...unfitted, failure: { type: 'picture-gone' } }, 'Another picture'],
    [
      'of a bad picture',
      { ...unfitted, failure: { type: 'bad-picture', picture: { type: 'heic' } } },
      'Another picture',
    ],
    [
      'of a picture of another shape',
      { ...unfitted, failure: { type: 'bad-picture', picture: { type: 'wrong-size', found, wanted } } },
      'Use crop, Another picture',
    ],
  ])('one %s', (_what, changes, ways) => {
    const task = someTask(changes.failure ? 'failed' : 'cancelled', changes);
    const labels = cardOf(task, 0, { actions }).buttons.map(({ label }) => label);
    expect(labels.join()).toBe(`${ways}, Delete, Details`.replaceAll(', ', ','));
  });
});

describe('a service that takes nothing for now', () => {
  const queue = { ahead: 0, stuck: false };
  const said = (reason: string, cost: number, nextAt = 100_000) =>
    cardOf(someTask('queued', { cost }), 0, { actions, queue, outage: { reason, nextAt } }).status;

  test('is no queue: the card says so, when it is tried next, and that nothing was spent', () => {
    expect(said('unreachable', 1)).toBe(
      'The service cannot be reached. It is tried again within 2 minutes; nothing was spent.',
    );
    expect(said('transient', 1)).toMatch(/^The service is too busy to take clips\./);
  });

  test('nothing is said of spending where a clip costs nothing', () => {
    expect(said('unreachable', 0, -5)).toBe('The service cannot be reached. It is tried again within a minute.');
  });

  test('while a clip is made there the card says that it is', () => {
    const task = someTask('rendering', { at: { rendering: 0 }, progress: 0.4, tries: 3 });
    expect(cardOf(task, 0, { actions }).status).toMatch(/cannot be reached\. Your clip is being made there/);
  });
});

test.each([
  ['queued', 'Stopping it.'],
  ['rendering', 'Stopping it, unless it is already done.'],
  ['cancelled', 'Cancelled'],
  ['ready', 'Sending your clip'],
] as const)('who cancelled what is %s reads on the card: %s', (state, status) => {
  const card = cardOf(someTask(state, { requests: { cancel: true } }), 0, { actions, queue: undefined });
  expect(card.status).toBe(status);
  expect(card.buttons.map(({ action }) => action)).not.toContain('cancel');
});

test.each([
  ['resized', 640, 'enlarged from 640×360'],
  ['cropped', 640, 'a quarter cut off above and below, enlarged from 640×480'],
  ['cropped', 4000, 'a quarter cut off above and below, from 4000×3000'],
  ['padded', 640, 'enlarged, edges added around 640×480'],
] as const)('a picture %s from %i is said to be', (type, width, said) => {
  const from = { width, height: type === 'resized' ? 360 : (width * 3) / 4 };
  const size = { width: 1280, height: 720 };
  const fitted = { ...someFitted(size), notes: [{ type, from }] };
  expect(cardOf(someTask('queued', { fitted }), 0, { actions }).facts).toContain(said);
});

test.each([
  ['waves roll in, slow zoom', 'understood: zoom in, slowly; the rest needs AI'],
  ['zoom in, then pan left quickly', 'understood: zoom in, then pan left, quickly'],
  ['pan right while zooming out', 'understood: pan right and zoom out'],
  ['the lamp flickers', 'understood: no camera move, so a gentle one was chosen; the rest needs AI'],
  ['keep still', 'understood: keep still'],
])('of "%s" a preview says what it understood', (scene, said) => {
  expect(cardOf(someTask('queued', { scene }), 0, { actions, understood: parseScene(scene) }).facts).toContain(said);
});

test('a card is the same while no more of the progress is told', () => {
  const task = someTask('rendering', { at: { rendering: 0 } });
  const at = (progress: number) => fingerprint(cardOf({ ...task, progress }, 1_000, { actions }));
  expect(at(0.0512)).toBe(at(0.0548));
  expect(at(0.05)).not.toBe(at(0.06));
});

test('a card is the same in another state that says the same, and another where that is an end', () => {
  const outage = { reason: 'unreachable', nextAt: 60_000 } as const;
  const task = someTask('queued');
  const of = (state: Task['state']) => fingerprint(cardOf({ ...task, state }, 0, { actions, outage }));
  expect(of('submitting')).toBe(of('queued'));
  expect(of('cancelled')).not.toBe(of('failed'));
});

describe('waiting before another try', () => {
  const limits = { baseMs: 1_000, maxMs: 60_000 };
  test('doubles up to a limit, also after thousands of tries', () => {
    const most = [0, 1, 2, 3, 6, 5_000].map((tries) => backoffMs(tries, limits, () => 1));
    expect(most).toEqual([1_000, 2_000, 4_000, 8_000, 60_000, 60_000]);
  });

  test('never comes to less than half, so that nobody is hammered', () => {
    expect(backoffMs(4, limits, () => 0)).toBe(8_000);
  });
});
