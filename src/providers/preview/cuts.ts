import type { Size } from '../../task/picture.ts';
import type { Box, Extent } from './corners.ts';

/** How many pixels each way there are for one of a part's nearest view: what lies between pixels is guessed, which blurs. */
const FINER = 1.06;
/** A part shows little more of the picture than each of its frames, by this factor each way, unless it is so short. */
const PART = { spread: 1.03, leastFrames: 8 };
/** Pixels around a view that interpolation looks at. */
const MARGIN_PX = 4;

/** Frames one after the other, for which the same of the picture is cut out; `times` is of the nearest. */
export interface Part extends Extent {
  /** How many. */
  frames: number;
}

/** What of the picture a part is made of. */
export interface Cut {
  /** Upright, in whole pixels of the picture; even, as the colour has half the resolution. */
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Frames that show about the same, together. */
export function partsOf(extents: readonly Extent[]): Part[] {
  const parts: Part[] = [];
  let widest = { width: 0, height: 0 };
  for (const extent of extents) {
    const part = parts.at(-1);
    const own = pixelsOf(extent);
    const grown = part && grow(part, extent);
    const most = { width: Math.max(widest.width, own.width), height: Math.max(widest.height, own.height) };
    if (grown && (grown.frames <= PART.leastFrames || isNear(pixelsOf(grown), most))) {
      parts.splice(-1, 1, grown);
      widest = most;
    } else {
      parts.push({ ...extent, frames: 1 });
      widest = own;
    }
  }
  return parts;
}

/** The size to which all cuts are scaled: as many pixels as the nearest view of each part needs, as far as the picture has them. */
export function groundOf(parts: readonly Part[], { size, picture }: { size: Size; picture: Size }): Size {
  const most = (side: keyof Size) => {
    const needed = parts.map((part) => {
      // The whole picture, at rest, is not taken between its pixels.
      if (part.times <= 1) return size[side];
      const has = (sideOf(part.box, side) * picture[side]) / size[side];
      return Math.min(has, FINER * pixelsOf(part)[side] + 2 * MARGIN_PX);
    });
    // In steps of four, as half of it is the colour's; down, so that a picture of the clip's size stays as it is.
    return size[side] + 4 * Math.max(0, Math.floor((Math.max(...needed) - size[side]) / 4));
  };
  return { width: most('width'), height: most('height') };
}

/** What is cut out for a part, with the margin around it. */
export function cutOf({ box }: Part, { size, picture, ground }: { size: Size; picture: Size; ground: Size }): Cut {
  const along = (from: number, to: number, side: keyof Size) => {
    const finer = picture[side] / size[side];
    const margin = (MARGIN_PX * (to - from)) / ground[side];
    const start = 2 * Math.max(0, Math.floor(((from - margin) * finer) / 2));
    const end = 2 * Math.min(Math.floor(picture[side] / 2), Math.ceil(((to + margin) * finer) / 2));
    return [start, end - start] as const;
  };
  const [left, width] = along(box.left, box.right, 'width');
  const [top, height] = along(box.top, box.bottom, 'height');
  return { left, top, width, height };
}

function grow(a: Part, b: Extent): Part {
  return {
    frames: a.frames + 1,
    times: Math.max(a.times, b.times),
    box: {
      left: Math.min(a.box.left, b.box.left),
      top: Math.min(a.box.top, b.box.top),
      right: Math.max(a.box.right, b.box.right),
      bottom: Math.max(a.box.bottom, b.box.bottom),
    },
  };
}

/** Sides in pixels, one of which is one of the clip in the nearest view. */
const pixelsOf = ({ box, times }: Extent): Size => ({
  width: times * sideOf(box, 'width'),
  height: times * sideOf(box, 'height'),
});

const sideOf = ({ left, top, right, bottom }: Box, side: keyof Size): number =>
  side === 'width' ? right - left : bottom - top;

const isNear = (pixels: Size, to: Size): boolean =>
  pixels.width <= PART.spread * to.width && pixels.height <= PART.spread * to.height;
