import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFault as ofAivideoapi } from '../../src/providers/aivideoapi/answers.ts';
import { fitToShow } from '../../src/providers/http/fit-to-show.ts';
import { readFault as ofRunway, partOf } from '../../src/providers/runway/answers.ts';

describe('a service’s own words about a failure', () => {
  test.each([
    ['The image shows a public figure.', 'The image shows a public figure'],
    ['Too dark:  try again\n(with more light)!', 'Too dark: try again (with more light)!'],
    ['Das Bild zeigt „niemanden“.', 'Das Bild zeigt niemanden“'],
    ['**Faces** of <b>children</b> are not allowed', 'Faces of children are not allowed'],
    ['The image was refused, see https://evil.example/x?a=1 for the rules', 'The image was refused, see for the rules'],
    ['The picture shows a [public figure](https://evil.example)', 'The picture shows a public figure'],
    ['@everyone: the picture shows a public figure', 'the picture shows a public figure'],
    ['Prompt rejected by the safety system (request 0192837465)', 'Prompt rejected by the safety system'],
    [`${'The picture is too dark. '.repeat(20)}`, `${'The picture is too dark. '.repeat(6)}The…`],
    ['Das Bild zeigt niemanden, größer bitte.', 'Das Bild zeigt niemanden, größer bitte'],
  ])('%j are shown as %j', (said, shown) => {
    expect(fitToShow(said)).toBe(shown);
  });

  test.each([
    'see https://evil.example/x',
    'see evil.example for more',
    'write to @someone',
    'run /start now',
    'the key is key-0123456789abcdef',
    'invalid key sk4f9a8b7c6d5e4f3a2b1c0',
    `data ${'A'.repeat(60)}`,
    'x'.repeat(10_000),
    'no',
    '',
    undefined,
    42,
    { error: 'The image is too dark' },
  ])('are not shown where little of them is plain words: %j', (said) => {
    expect(fitToShow(said)).toBeUndefined();
  });

  test('whatever they are, no markup and no address comes through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (said) => {
        const shown = fitToShow(said);
        expect(shown ?? '').not.toMatch(/[*_~`|<>@#[\]\\/]|:\/\/|[\p{Cc}\p{Cf}]/u);
        expect((shown ?? '').length).toBeLessThanOrEqual(200);
      }),
    );
  });
});

test.each([
  ['SAFETY.INPUT.TEXT', 'scene'],
  ['SAFETY.INPUT.IMAGE', 'picture'],
  ['SAFETY.OUTPUT.VIDEO', undefined],
  [undefined, undefined],
])('Runway’s code %s is about: %s', (code, part) => {
  expect(partOf(code)).toBe(part);
});

test('a refusal that names a field is about that part of the request, one that names both about neither', () => {
  const detail = (...names: string[]) => ({ detail: names.map((name) => ({ loc: ['body', name], msg: 'x' })) });
  expect(ofAivideoapi(detail('text_prompt'))).toBe('scene');
  expect(ofAivideoapi(detail('img_prompt'))).toBe('picture');
  expect(ofAivideoapi(detail('img_prompt', 'text_prompt'))).toBeUndefined();
  expect(ofAivideoapi('nonsense')).toBeUndefined();
  expect(ofRunway({ error: 'no', issues: [{ path: ['promptText'], message: 'x' }] })).toBe('scene');
  expect(ofRunway({ error: 'no', issues: [{ path: ['promptImage'] }] })).toBe('picture');
  expect(ofRunway({ error: 'no' })).toBeUndefined();
});
