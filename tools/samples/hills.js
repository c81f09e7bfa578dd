// @ts-check
import { along, clamp, colour, fractal, mask, mix, painted, random, smooth } from './paint.js';

const SIZE = { width: 1600, height: 900 };
const SUN = { x: 1.06, y: 0.43 };
/** @type {[number, ReturnType<typeof colour>][]} */
const SKY = [
  [0, colour('5f86ad')],
  [0.2, colour('9fb4c4')],
  [0.36, colour('f2cfb0')],
  [0.5, colour('ffdfae')],
];
const MIST = colour('ffe3c4');
/** From the farthest: where they begin, how high they rise, how broad their shapes are, and their colour. */
const RIDGES = [
  { at: 0.52, rise: 0.3, grain: 1.5, seed: 11, colour: colour('dcae9c'), mist: 0.75 },
  { at: 0.57, rise: 0.26, grain: 1.8, seed: 23, colour: colour('b98d8e'), mist: 0.8 },
  { at: 0.65, rise: 0.28, grain: 1.5, seed: 37, colour: colour('8b7585'), mist: 0.85 },
  { at: 0.74, rise: 0.25, grain: 1.3, seed: 41, colour: colour('58606f'), mist: 0.75 },
  { at: 0.85, rise: 0.2, grain: 1.1, seed: 59, colour: colour('2f4450'), mist: 0.55 },
  { at: 0.99, rise: 0.22, grain: 0.9, seed: 60, colour: colour('14252d'), mist: 0 },
];

/** A spruce that stands at a place, 1000 units to the picture's height. */
function spruce(/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ height) {
  let [left, right] = ['', ''];
  const tiers = 9;
  for (let i = 1; i <= tiers; i++) {
    const half = (0.19 * height * i ** 0.9) / tiers ** 0.9;
    const [low, up] = [y - height * (1 - i / tiers) - height * 0.04, y - height * (1 - i / tiers) - height * 0.075];
    const sway = half * (0.85 + 0.3 * random(i, Math.round(x), 3));
    left = `L${x - half * 0.42} ${up} L${x - sway} ${low} ${left}`;
    right += `L${x + half * 0.42} ${up} L${x + sway} ${low} `;
  }
  const back = left
    .trim()
    .split(/(?=L)/)
    .map((point) => point.trim());
  return `<path d="M${x} ${y - height} ${right} L${x} ${y} ${back.join(' ')} Z"/><path d="M${x - 0.012 * height} ${y - height / 2}h${0.024 * height}V${y + 40}h${-0.024 * height}z"/>`;
}

/** Hills in the mist, at dawn. */
export async function hills() {
  /** @param {(typeof RIDGES)[number]} ridge @param {number} x */
  const edge = ({ at, rise, grain, seed }, x) => at - rise * (fractal(x * grain + seed, seed, seed, 6) - 0.35);
  const [far, front] = RIDGES.slice(-2);
  if (!far || !front) throw new Error('there are no ridges');
  const spruces = Array.from({ length: 46 }, (_, i) => {
    const x = 1778 * random(i, 1, 5);
    const beside = Math.abs(x - 960) / 900;
    const height = (60 + 190 * beside ** 1.5) * (0.6 + 0.7 * random(i, 2, 5));
    return spruce(x, 1000 * edge(front, x / 1000) + 14, height);
  });
  const small = Array.from({ length: 150 }, (_, i) => {
    const x = 1778 * random(i, 3, 5);
    return spruce(x, 1000 * edge(far, x / 1000) + 8, 16 + 44 * random(i, 4, 5) * random(i >> 3, 9, 5));
  });
  const birds = [
    [880, 235, 1],
    [925, 212, 0.8],
    [838, 205, 0.65],
    [985, 250, 0.6],
    [905, 262, 0.5],
  ].map(
    ([x = 0, y = 0, k = 1]) =>
      `<path d="M${x - 17 * k} ${y - 7 * k}q${10 * k} ${-3 * k} ${17 * k} ${7 * k}q${7 * k} ${-10 * k} ${17 * k} ${-7 * k}q${-10 * k} ${1 * k} ${-17 * k} ${10 * k}q${-7 * k} ${-9 * k} ${-17 * k} ${-10 * k}z"/>`,
  );
  const [isTree, isFar, isBird] = [
    await mask(SIZE, spruces.join('')),
    await mask(SIZE, small.join('')),
    await mask(SIZE, birds.join('')),
  ];
  return painted(SIZE, (x, y) => {
    const distance = Math.hypot(x - SUN.x, y - SUN.y);
    let pixel = along(SKY, y);
    const cloud = smooth(0.5, 0.78, fractal(x * 1.3 + 4, y * 7, 90)) * smooth(0.5, 0.1, y);
    pixel = mix(pixel, [1, 0.9, 0.82], 0.55 * cloud);
    pixel = mix(pixel, [1, 0.9, 0.66], 0.75 * Math.exp(-distance * 4.2));
    pixel = mix(pixel, [1, 0.985, 0.9], smooth(0.054, 0.046, distance) * 0.95 + 0.5 * Math.exp(-distance * 13));
    pixel = mix(pixel, colour('6b5a63'), 0.75 * isBird(x, y));
    for (const [i, ridge] of RIDGES.entries()) {
      const below = y - edge(ridge, x);
      const cover = Math.max(smooth(-0.0012, 0.0012, below), i === 4 ? isFar(x, y) : i === 5 ? isTree(x, y) : 0);
      if (cover === 0) continue;
      const next = RIDGES[i + 1] ?? ridge;
      const drift = fractal(x * 1.6 + 3 * i, y * 5, 70 + i, 4);
      const mist = ridge.mist * clamp(smooth(0, next.at - ridge.at + 0.09, below) + 0.7 * (drift - 0.5));
      const lit = mix(ridge.colour, [1, 0.8, 0.55], (0.34 - 0.05 * i) * Math.exp(-distance * 2.6));
      const shaded = mix(lit, [0.04, 0.08, 0.1], i === 5 ? 0.35 * smooth(0, 0.2, below) : 0);
      pixel = mix(pixel, mix(shaded, mix(MIST, lit, 0.06 * i), mist), cover);
    }
    return pixel;
  });
}
