import type { Size } from './shapes.ts';

/** A place in a picture: 0 is its left or upper edge, 1 its right or lower one. */
export interface Focus {
  x: number;
  y: number;
}

/** A part of a picture, in its pixels. */
export interface Area extends Size {
  left: number;
  top: number;
}

/** Losing up to this share of a side is rounding, not a crop worth telling (1366×768 is not quite 16:9). */
const SAME_SHAPE = 0.01;

/** Whether nothing need be cut off a picture to give it the shape of a size. */
export function hasShapeOf(picture: Size, to: Size): boolean {
  const across = picture.width / to.width;
  const down = picture.height / to.height;
  return 1 - Math.min(across, down) / Math.max(across, down) <= SAME_SHAPE;
}

/** As much of a side as has that length, around a place on it as far as there is room; whole pixels. */
function span(side: number, kept: number, at: number): [start: number, length: number] {
  const length = Math.max(1, Math.min(side, Math.round(kept)));
  return [Math.round(Math.min(side - length, Math.max(0, at * side - length / 2))), length];
}

/** The part of a picture that stays where it is cut to the shape of a size: around the focus, as far as there is room. */
export function keptPart(picture: Size, to: Size, focus: Focus): Area {
  const ratio = to.width / to.height;
  const [left, width] = span(picture.width, picture.height * ratio, focus.x);
  const [top, height] = span(picture.height, picture.width / ratio, focus.y);
  return { left, top, width, height };
}

/** The middle of a part: the focus by which the very same is kept. */
export const middleOf = ({ left, top, width, height }: Area, picture: Size): Focus => ({
  x: (left + width / 2) / picture.width,
  y: (top + height / 2) / picture.height,
});

/** How much of what is cut off lies left or above, 0 to 1; undefined where nothing is. */
export function cutAtStart({ left, top, width, height }: Area, picture: Size): number | undefined {
  const [across, down] = [picture.width - width, picture.height - height];
  if (Math.max(across, down) <= 0) return undefined;
  return across > down ? left / across : top / down;
}
