// @ts-check
import sharp from 'sharp';

/** Red, green and blue, each 0 to 1. @typedef {readonly [number, number, number]} Colour */

export const clamp = (/** @type {number} */ x, low = 0, high = 1) => Math.min(high, Math.max(low, x));

/** 0 below `low`, 1 above `high`, smooth between; the other way round where `low` is the larger. */
export function smooth(/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ x) {
  const t = clamp((x - low) / (high - low));
  return t * t * (3 - 2 * t);
}

/** `a` at 0, `b` at 1. @param {Colour} a @param {Colour} b @param {number} t @returns {Colour} */
export const mix = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];

/** As one writes it in a stylesheet. @param {string} hex @returns {Colour} */
export function colour(hex) {
  const value = Number.parseInt(hex, 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** Along stops that rise. @param {readonly (readonly [number, Colour])[]} stops @param {number} at @returns {Colour} */
export function along(stops, at) {
  const after = stops.findIndex(([stop]) => stop > at);
  const [from, to] = [stops.at(after === -1 ? -1 : Math.max(0, after - 1)), stops.at(after)];
  if (!from || !to) throw new Error('there are no stops');
  return from === to
    ? from[1]
    : mix(from[1], to[1], smooth(from[0], to[0], at) * 0.5 + (0.5 * (at - from[0])) / (to[0] - from[0]));
}

/** Numbers in 0 to 1 by place, the same each time. @param {number} x @param {number} y @param {number} seed */
export function random(x, y, seed) {
  let h = Math.imul(x | 0, 374761393) ^ Math.imul(y | 0, 668265263) ^ Math.imul(seed | 0, 2147483647 ^ 0x9e3779b9);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

/** Smooth in both ways, 0 to 1. */
function noise(/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ seed) {
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [smooth(0, 1, x - i), smooth(0, 1, y - j)];
  const [a, b] = [random(i, j, seed), random(i + 1, j, seed)];
  const [c, d] = [random(i, j + 1, seed), random(i + 1, j + 1, seed)];
  return a + (b - a) * u + (c - a) * v + (a - b - c + d) * u * v;
}

/** Clouds, mist, mountains: noise on noise, 0 to 1 and mostly about a half. */
export function fractal(/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ seed, octaves = 5) {
  let [sum, weight, all] = [0, 1, 0];
  for (let k = 0; k < octaves; k++) {
    sum += weight * noise(x * 2 ** k, y * 2 ** k, seed + k);
    all += weight;
    weight /= 2;
  }
  return sum / all;
}

/**
 * A picture whose pixels are what `at` says of places: x from 0 to width by height, y from 0 (above) to 1.
 * @param {{ width: number, height: number }} size @param {(x: number, y: number) => Colour} at
 */
export function painted({ width, height }, at) {
  const bytes = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const pixel = at((column + 0.5) / height, (row + 0.5) / height);
      // A little unrest: no bands in what is smooth.
      const grain = (random(column, row, 7) - 0.5) / 160;
      for (const [i, value] of pixel.entries()) bytes[3 * (row * width + column) + i] = 255 * clamp(value + grain);
    }
  return sharp(bytes, { raw: { width, height, channels: 3 } });
}

/**
 * How much of each place a drawing covers, 0 to 1: a function of x and y as above.
 * @param {{ width: number, height: number }} size @param {string} svg Its inside; 1000 units high.
 */
export async function mask({ width, height }, svg) {
  const box = `0 0 ${(1000 * width) / height} 1000`;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box}">${svg}</svg>`;
  const { data, info } = await sharp(Buffer.from(drawing)).raw().toBuffer({ resolveWithObject: true });
  return (/** @type {number} */ x, /** @type {number} */ y) => {
    const [column, row] = [Math.floor(x * height), Math.floor(y * height)];
    const isOutside = column < 0 || row < 0 || column >= info.width || row >= info.height;
    return isOutside ? 0 : (data[4 * (row * info.width + column) + 3] ?? 0) / 255;
  };
}
