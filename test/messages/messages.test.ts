import { describe, expect, test } from 'vitest';
import { messagesFor } from '../../src/messages/messages.ts';
import { type Failure, failureSchema } from '../../src/task/failure.ts';
import type { PictureProblem } from '../../src/task/picture.ts';

const FAILURE_TYPES = failureSchema.options.map((option) => option.shape.type.value);

const words = messagesFor('en');
const size = { width: 300, height: 200 };
const PROBLEMS: PictureProblem[] = [
  ...(
    [
      'empty',
      'truncated',
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
  ).map((type) => ({
    type,
  })),
  { type: 'too-small', found: size, minSide: 320 },
  { type: 'too-many-pixels', found: { width: 30000, height: 30000 }, maxPixels: 50_000_000 },
  { type: 'too-many-bytes', maxBytes: 25 * 1024 * 1024 },
  { type: 'wrong-size', found: size, wanted: [{ width: 1280, height: 720 }] },
];

describe('what people read', () => {
  test.each(PROBLEMS)('a picture that is $type is refused with a way out', (problem) => {
    expect(words.picture(problem)).toMatch(/(Send|Save|Export) .*\.$/);
  });

  test.each(FAILURE_TYPES)('a failure (%s) is told in whole sentences, without undefined or jargon', (name) => {
    const failure: Failure = name === 'bad-picture' ? { type: name, picture: { type: 'heic' } } : { type: name };
    const sentence = words.failure(failure, 1);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|HTTP|\b[45]\d\d\b/);
  });

  test.each([
    [1_000, 'a few seconds'],
    [12_000, 'about 20 s'],
    [49_000, 'about 50 s'],
    [65_000, 'about 1 min'],
    [200_000, 'about 3 min'],
  ])('%i ms are said as %s', (ms, said) => {
    expect(words.status.rendering(0.5, ms)).toBe(`Rendering 50 %, ready in ${said}`);
  });

  test.each([
    [59_000, 'just now'],
    [200_000, '3 min ago'],
    [7_200_000, '2 hours ago'],
    [35 * 3_600_000, '35 hours ago'],
    [36 * 3_600_000, '2 days ago'],
    [720 * 3_600_000, '30 days ago'],
  ])('an age of %i ms is said as %s', (ms, said) => {
    expect(words.clips.ago(ms)).toBe(said);
  });

  test('another language falls back to English', () => {
    expect(messagesFor('xx-YY')).toBe(words);
  });
});

test.each([
  ['de-AT', 'de'],
  ['de_DE.UTF-8', 'de'],
  ['DE', 'de'],
  ['en-US', 'en'],
])('a locale of %s is spoken to in %s', (locale, spoken) => {
  expect(messagesFor(locale)).toBe(messagesFor(spoken));
});

test.each(['xx', 'C', '', '__proto__', 'constructor'])(
  'a locale %j without words is spoken to in English',
  (locale) => {
    expect(messagesFor(locale)).toBe(words);
  },
);
