/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

export const isSameSize = (one: Size, other: Size): boolean => one.width === other.width && one.height === other.height;

/** The shapes of a clip, in the order in which they are offered; `auto`: the one that is nearest to the picture's. */
export const SHAPES = ['auto', 'wide', 'tall', 'square', 'landscape', 'portrait', 'ultrawide'] as const;
export type Shape = (typeof SHAPES)[number];
type Named = Exclude<Shape, 'auto'>;

/** Their width by their height. */
export const RATIOS: Readonly<Record<Named, number>> = {
  wide: 16 / 9,
  tall: 9 / 16,
  square: 1,
  landscape: 4 / 3,
  portrait: 3 / 4,
  ultrawide: 21 / 9,
};
const isNamed = (shape: Shape): shape is Named => shape !== 'auto';

/** How far a size is from a ratio of width by height: 0 for that very one. */
const apart = ({ width, height }: Size, ratio: number): number => Math.abs(Math.log(width / height / ratio));

/** The size of the nearest shape, of which least is cut off; the first of several, undefined of none. */
export const nearestSize = ({ width, height }: Size, sizes: readonly Size[]): Size | undefined =>
  sizes.toSorted((one, other) => apart(one, width / height) - apart(other, width / height))[0];

/** The shape that a size has. */
export function shapeOf(size: Size): Shape {
  const [nearest = 'square'] = SHAPES.filter(isNamed).toSorted(
    (one, other) => apart(size, RATIOS[one]) - apart(size, RATIOS[other]),
  );
  return nearest;
}

/** Those of a model's sizes that a clip of this shape may have: all, where it is none that the model has. */
export function sizesOf<S extends Size>(shape: string | undefined, sizes: readonly S[]): readonly S[] {
  const own = sizes.filter((size) => shapeOf(size) === shape);
  return own.length > 0 ? own : sizes;
}
