import type { Focus } from '../../task/crop.ts';
import type { Size } from '../../task/shapes.ts';

/** Longer side of the picture that is looked at: what draws the eye is large, and this takes a few milliseconds. */
export const LOOK_PX = 96;
/** How much further from the middle counts less, as a share of half a side; people put things near the middle. */
const MIDDLE_SPREAD = 0.75;
/** Share of the shorter side within which what draws the eye is taken together. */
const REACH = 0.16;
/** How much skin counts above everything else: eyes go to people. */
const SKIN = 2.5;
const MAX_SKIN_SATURATION = 0.6;

/**
 * Where a picture draws the eye: what differs most in light and colour from the rest of it (after R. Achanta and others,
 * Frequency-tuned Salient Region Detection, 2009), has edges, or may be skin. The middle, where all of it is alike. `rgb`:
 * three bytes a pixel, of a picture of no more than `LOOK_PX` a side.
 */
export function eyeIn(rgb: Uint8Array, { width, height }: Size): Focus {
  const drawing = saliency(rgb, { width, height });
  const gathered = blurred(drawing, { width, height }, Math.max(1, Math.round(REACH * Math.min(width, height))));
  const middle = middleWeights({ width, height });
  let [best, x, y] = [0, 0.5, 0.5];
  for (const [i, value] of gathered.entries()) {
    const weighed = value * (middle[i] ?? 0);
    if (weighed > best * (1 + Number.EPSILON)) {
      best = weighed;
      [x, y] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    }
  }
  return { x, y };
}

/** How much each pixel draws the eye, from nothing on. */
function saliency(rgb: Uint8Array, size: Size): Float64Array {
  const count = size.width * size.height;
  const planes = [0, 1, 2].map(() => new Float64Array(count));
  const [light, redGreen, blueYellow] = planes;
  const skin = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const [r = 0, g = 0, b = 0] = rgb.subarray(3 * i, 3 * i + 3);
    if (light) light[i] = 0.3 * r + 0.59 * g + 0.11 * b;
    if (redGreen) redGreen[i] = r - g;
    if (blueYellow) blueYellow[i] = b - (r + g) / 2;
    skin[i] = isSkin(r, g, b) ? 1 : 0;
  }
  const drawing = new Float64Array(count);
  for (const plane of planes) {
    const mean = plane.reduce((sum, value) => sum + value, 0) / count;
    const near = blurred(plane, size, 1);
    const around = blurred(plane, size, Math.round(size.height / 4));
    for (let i = 0; i < count; i++) {
      const value = near[i] ?? 0;
      drawing[i] = (drawing[i] ?? 0) + (value - mean) ** 2 + (value - (around[i] ?? 0)) ** 2;
    }
  }
  for (let i = 0; i < count; i++) drawing[i] = Math.sqrt(drawing[i] ?? 0) * (1 + SKIN * (skin[i] ?? 0));
  return drawing;
}

/** After J. Kovač and others, Human Skin Colour Clustering for Face Detection, 2003, but no colour as full as an orange's. */
const isSkin = (r: number, g: number, b: number): boolean =>
  r > 95 && g > 40 && b > 20 && r - g > 15 && g > b && r - b < MAX_SKIN_SATURATION * r;

/** Means of the square around each pixel, of so many pixels each way; what lies outside is not counted. */
function blurred(plane: Float64Array, { width, height }: Size, reach: number): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  const at = (x: number, y: number) => sums[y * (width + 1) + x] ?? 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      sums[(y + 1) * (width + 1) + x + 1] = (plane[y * width + x] ?? 0) + at(x, y + 1) + at(x + 1, y) - at(x, y);
  return plane.map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    const sum = at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
    return sum / ((right - left) * (bottom - top));
  });
}

function middleWeights({ width, height }: Size): Float64Array {
  const far = (at: number, side: number) => (((2 * at + 1) / side - 1) / MIDDLE_SPREAD) ** 2;
  return new Float64Array(width * height).map((_, i) =>
    Math.exp(-(far(i % width, width) + far(Math.floor(i / width), height)) / 2),
  );
}
