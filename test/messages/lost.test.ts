import { expect, test } from 'vitest';
import { locales, messagesFor } from '../../src/messages/messages.ts';

const { note } = messagesFor('en');
const WIDE = { width: 1280, height: 720 };
const TALL = { width: 720, height: 1280 };
const SQUARE = { width: 960, height: 960 };

/** What is said of a crop. */
const said = (from: { width: number; height: number }, to: typeof WIDE, atStart?: number, words = note): string =>
  words({ type: 'cropped', from, atStart }, to);

test.each([
  [{ width: 2000, height: 1500 }, WIDE, 'a quarter cut off above and below'],
  [{ width: 3000, height: 2000 }, WIDE, 'a sixth cut off above and below'],
  [{ width: 4000, height: 3000 }, TALL, 'three fifths cut off left and right'],
  [{ width: 3000, height: 2000 }, SQUARE, 'a third cut off left and right'],
  [{ width: 2000, height: 2000 }, WIDE, 'two fifths cut off above and below'],
  [{ width: 6400, height: 2000 }, WIDE, 'two fifths cut off left and right'],
  [{ width: 1920, height: 1200 }, WIDE, 'a tenth cut off above and below'],
  [{ width: 9000, height: 1200 }, WIDE, 'three quarters cut off left and right'],
])('of %o at %o the share that is lost is told', (from, to, words) => {
  expect(said(from, to)).toBe(`${words}, from ${from.width}×${from.height}`);
});

test.each([
  [{ width: 2000, height: 1500 }, WIDE, 1, 'above'],
  [{ width: 2000, height: 1500 }, WIDE, 0.02, 'below'],
  [{ width: 2000, height: 1500 }, WIDE, 0.7, 'above and below'],
  [{ width: 2000, height: 1500 }, SQUARE, 0.95, 'on the left'],
  [{ width: 2000, height: 1500 }, SQUARE, 0, 'on the right'],
  [{ width: 2000, height: 1500 }, SQUARE, 0.3, 'left and right'],
])('of %o at %o, %d of it at the start, it is told where', (from, to, atStart, side) => {
  expect(said(from, to, atStart)).toBe(`a quarter cut off ${side}, from 2000×1500`);
});

test('of what nobody misses nothing is said, but that it is larger', () => {
  expect(said({ width: 1600, height: 925 }, WIDE)).toBe('resized from 1600×925');
  expect(said({ width: 800, height: 462 }, WIDE)).toBe('enlarged from 800×462');
});

test('every language tells each share and each side in words of its own', () => {
  for (const locale of locales) {
    const { note: words } = messagesFor(locale);
    const shares = Array.from({ length: 30 }, (_, n) => said({ width: 1280 + 400 * n, height: 720 }, WIDE, 0.5, words));
    const sides = [0, 0.5, 1].flatMap((at) =>
      [WIDE, TALL].map((to) => said({ width: 960, height: 960 }, to, at, words)),
    );
    const worded = shares.map((line) => line.replace(/\d+×720/, ''));
    expect(new Set(worded).size, locale).toBeGreaterThanOrEqual(8);
    expect(new Set(sides).size, locale).toBe(6);
  }
});
