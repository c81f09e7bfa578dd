import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutAtStart, hasShapeOf, keptPart, middleOf } from '../../src/task/crop.ts';
import { nearestSize, sizesOf } from '../../src/task/shapes.ts';

const WIDE = { width: 1280, height: 720 };
const TALL = { width: 720, height: 1280 };
const SQUARE = { width: 960, height: 960 };
const LYING = { width: 1600, height: 900 };

describe('what is kept of a picture', () => {
  test.each([
    ['its middle', LYING, SQUARE, { x: 0.5, y: 0.5 }, { left: 350, top: 0, width: 900, height: 900 }, 0.5],
    ['its left', LYING, SQUARE, { x: 0, y: 0.5 }, { left: 0, top: 0, width: 900, height: 900 }, 0],
    ['its right', LYING, SQUARE, { x: 1, y: 0 }, { left: 700, top: 0, width: 900, height: 900 }, 1],
    ['a place', LYING, TALL, { x: 0.25, y: 0.9 }, { left: 147, top: 0, width: 506, height: 900 }, 147 / 1094],
    ['its top', { width: 900, height: 1600 }, WIDE, { x: 0.5, y: 0 }, { left: 0, top: 0, width: 900, height: 506 }, 0],
    ['all of it', LYING, WIDE, { x: 0.1, y: 0.1 }, { left: 0, top: 0, ...LYING }, undefined],
  ])('is %s', (_, picture, to, focus, part, atStart) => {
    expect(keptPart(picture, to, focus)).toEqual(part);
    expect(cutAtStart(part, picture)).toBe(atStart);
  });

  test('lies within it, has the shape, takes one side whole, and is found again by its middle', () => {
    const side = fc.integer({ min: 1, max: 10_000 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(side, side, fc.constantFrom(WIDE, TALL, SQUARE), share, share, (width, height, to, x, y) => {
        const picture = { width, height };
        const part = keptPart(picture, to, { x, y });
        expect(part.left >= 0 && part.top >= 0).toBe(true);
        expect(part.left + part.width <= width && part.top + part.height <= height).toBe(true);
        expect(part.width === width || part.height === height).toBe(true);
        const [wanted, has] = [to.width / to.height, part.width / part.height];
        expect(Math.abs(has - wanted) * part.height <= Math.max(1, wanted)).toBe(true);
        expect(keptPart(picture, to, middleOf(part, picture))).toEqual(part);
      }),
    );
  });

  test('is all of one that has nearly the shape', () => {
    expect(hasShapeOf({ width: 1366, height: 768 }, WIDE)).toBe(true);
    expect(hasShapeOf({ width: 1300, height: 720 }, WIDE)).toBe(false);
  });

  test('has of the sizes there are the shape that was chosen, else the nearest', () => {
    const sizes = [WIDE, TALL, SQUARE];
    const sizeOf = (shape: string) => nearestSize({ width: 1000, height: 900 }, sizesOf(shape, sizes));
    expect(['tall', 'auto', 'portrait'].map(sizeOf)).toEqual([TALL, SQUARE, SQUARE]);
  });
});
