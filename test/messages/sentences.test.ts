import { describe, expect, test } from 'vitest';
import { en } from '../../src/messages/en/index.ts';
import { type Failure, failureSchema } from '../../src/task/failure.ts';
import type { PictureProblem } from '../../src/task/picture.ts';

const size = { width: 640, height: 480 };
const isShared = false;
const PARTS = [undefined, 'scene', 'picture'] as const;

/** All that a failure can be. */
const failures = failureSchema.options.flatMap((option): Failure[] => {
  const type = option.shape.type.value;
  if (type === 'bad-picture') return [{ type, picture: { type: 'heic' } }];
  if (type === 'moderation' || type === 'bad-input')
    return PARTS.map((about) => ({ type, about, reason: 'It is dark' }));
  if (type === 'broken') return [{ type }, { type, why: 'disk-full' }];
  return [{ type }];
});
const problems: PictureProblem[] = [
  ...(
    [
      'empty',
      'truncated',
      'too-heavy',
      'invisible',
      'heic',
      'svg',
      'bmp',
      'tiff',
      'jxl',
      'jp2',
      'ico',
      'cgbi',
      'pdf',
      'text',
      'video',
      'unknown-type',
    ] as const
  ).map((type) => ({ type })),
  { type: 'too-small', found: size, minSide: 320 },
  { type: 'too-many-pixels', found: size, maxPixels: 50_000_000 },
  { type: 'too-many-bytes', maxBytes: 25 * 1024 * 1024 },
  { type: 'wrong-size', found: size, wanted: [size] },
];

/** All texts of an object that are no functions. */
function textsIn(words: object): string[] {
  return Object.values(words).flatMap((value) => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? textsIn(value) : [];
  });
}

/** What a person can read, by situation; in each of them whole sentences. */
const SITUATIONS: Record<string, string[]> = {
  'a picture that cannot be used': problems.flatMap((problem) => [en.picture(problem), en.picture(problem, 'last')]),
  'a clip that cost nothing failed': failures.map((failure) => en.failure(failure, 0)),
  'a clip that costs something failed': failures.map((failure) => en.failure(failure, 1)),
  'an outage': [true, false].flatMap((isUnreachable) =>
    [1, 200_000, 9e9].map((leftMs) => en.status.outage({ isUnreachable, leftMs, cost: 1 })),
  ),
  'a request': [
    ...textsIn(en.request),
    en.request.sceneTooLong(1_200, 1_000),
    en.request.personHadEnough(3, { isShared }),
    en.request.personHadEnough(3, { isShared: !isShared }),
    en.request.tooManyWaiting(3, { isShared }),
    en.request.tooManyWaiting(3, { isShared: !isShared }),
    en.request.moderationPause(3_600_000),
    en.request.chatHadEnough(3),
    en.request.chatTooManyWaiting(3),
    en.request.tooManyShown(5),
    ...[0, 1, 2].flatMap((clips) => [
      en.request.left.person(clips, { isShared }),
      en.request.left.person(clips, { isShared: !isShared }),
      en.request.left.chat(clips),
      en.request.left.budget(clips),
    ]),
  ],
  'an option that it does not take': Object.values(en.commands.animate.options).map(({ wrong }) => wrong),
  'a card that is at work': [
    en.status.keysTrouble(1),
    en.status.late,
    en.status.unconfirmed,
    en.status.unseen,
    en.status.stopping,
    en.status.stoppingPerhaps,
  ],
  'beside a card': [en.didNotWork, en.doubt],
};
const entries = Object.entries(SITUATIONS);

describe.each(entries)('%s', (_situation, sentences) => {
  test('is told in whole sentences of plain words', () => {
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z][^\n]*[.?]$/);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object|HTTP|\(task |\.\.|\s\s|\s[.,;]/);
    }
  });

  test('is told apart from all else of its kind', () => {
    expect(sentences.filter((sentence, i) => sentences.indexOf(sentence) !== i)).toEqual(EXPECTED_TWICE(sentences));
  });
});

/** Failures that only the operator tells apart: no credits, a limit, a key, a model. */
const EXPECTED_TWICE = (sentences: readonly string[]): string[] =>
  sentences.filter((sentence) => sentence.startsWith('The service takes no more clips')).slice(1);

test('nothing is said of spending where clips cost nothing', () => {
  const all = [...failures.map((failure) => en.failure(failure, 0)), en.status.keysTrouble(0)];
  expect(all.filter((sentence) => /spent|credit/.test(sentence))).toEqual([]);
});

test('Details fit an answer to a press, and tell seed, cost and times', () => {
  const told = {
    id: '0'.repeat(24),
    options: { seed: 4_294_967_295, motion: 10, duration: 10 as const, fit: 'strict' as const },
    credits: 1_200,
    isSure: false,
    askedAt: Date.UTC(2026, 10, 29, 14, 5),
    endedAt: Date.UTC(2026, 10, 29, 14, 7),
  };
  const text = en.details(told);
  expect(text.length).toBeLessThanOrEqual(200);
  expect(text).toBe(
    `10 s · motion 10 · seed 4294967295 · Strict\nCost: at most 1,200 credits\nAsked for on 29 Nov 2026, 14:05 UTC, ended after about 2 min\nId: ${told.id}`,
  );
});
