import { describe, expect, test } from 'vitest';
import { actions } from '../../commands/index.ts';
import { cardOf } from '../../src/chat/kit/card-view.ts';
import { backoffMs } from '../../src/util/backoff.ts';
import { someTask } from '../helpers/task.ts';

describe('a card says', () => {
  test.each([
    ['how many are before it', someTask('queued'), 1, 'Queued (2nd)'],
    ['that it is next', someTask('queued'), 0, 'Queued, you are next'],
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
      'cropped from 4032×3024',
    ]);
  });

  test.each([
    ['received', ['cancel']],
    ['rendering', ['cancel']],
    ['unconfirmed', ['retry', 'leave']],
    ['delivering', []],
    ['delivered', ['again', 'edit', 'delete']],
  ] as const)('what can be pressed while it is %s', (state, buttons) => {
    expect(cardOf(someTask(state), 0, { actions }).buttons.map(({ action }) => action)).toEqual(buttons);
  });
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
