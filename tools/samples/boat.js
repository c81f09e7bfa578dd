// @ts-check
import { along, clamp, colour, fractal, mask, mix, painted, random, smooth } from './paint.js';

const SIZE = { width: 1600, height: 900 };
const HORIZON = 0.6;
const SUN = { x: 0.74, y: 0.555 };
/** @type {[number, ReturnType<typeof colour>][]} */
const SKY = [
  [0, colour('161c3f')],
  [0.2, colour('3b2f63')],
  [0.36, colour('85456f')],
  [0.48, colour('d9695f')],
  [0.56, colour('f79b56')],
  [0.6, colour('ffc56b')],
];
const HULL = 'M858 640 Q930 655 1052 637 Q1040 668 1015 676 L890 678 Q866 668 858 640 Z';
const RIGGING = 'M949 640V292h4V640z M1047 636L952 300l1.5-.5L1049 636z M950 292l-22 8 22 6z';
const MAIN_SAIL = 'M942 318 Q880 470 866 618 Q905 628 942 626 Z';
const FORE_SAIL = 'M958 330 Q1010 470 1040 622 Q995 634 958 628 Z';
const SAILOR = 'M886 640q-2-22 9-25a8 8 0 1 1 8 0q10 4 9 25z';

/** Sky at a place, with the sun, clouds that it lights from below, and first stars. */
function skyAt(/** @type {number} */ x, /** @type {number} */ y) {
  const distance = Math.hypot(x - SUN.x, y - SUN.y);
  let pixel = along(SKY, y);
  const [column, row] = [Math.floor(x * 150), Math.floor(y * 150)];
  const star = random(column, row, 17);
  if (star > 0.985) {
    const off = Math.hypot(x * 150 - column - 0.3 - 0.4 * random(column, row, 18), y * 150 - row - 0.5);
    pixel = mix(pixel, [1, 0.96, 0.9], smooth(0.16, 0.03, off) * smooth(0.34, 0.02, y) * (0.35 + 40 * (star - 0.985)));
  }
  const bank = fractal(x * 1.7 + 9, y * 9 + 2, 31, 6);
  const cloud = smooth(0.47, 0.66, bank) * smooth(0.02, 0.16, y) * smooth(0.585, 0.45, y);
  const under = clamp((bank - fractal(x * 1.7 + 9, (y + 0.012) * 9 + 2, 31, 6)) * 14 + 0.35);
  const lit = mix(colour('5a3a66'), mix(colour('ff9a6a'), colour('ffd08a'), Math.exp(-distance * 3)), under);
  pixel = mix(pixel, mix(lit, colour('3a2c5c'), smooth(0.35, 0.05, y) * 0.6), 0.78 * cloud);
  pixel = mix(pixel, colour('ffb765'), 0.75 * Math.exp(-distance * 4.5));
  return mix(pixel, [1, 0.95, 0.78], smooth(0.068, 0.063, distance) + 0.45 * Math.exp(-distance * 14));
}

/** A boat that sails home at dusk. */
export async function boat() {
  const drawn = (/** @type {string[]} */ ...paths) => mask(SIZE, paths.map((d) => `<path d="${d}"/>`).join(''));
  const [isHull, isMain, isFore] = [await drawn(HULL, RIGGING, SAILOR), await drawn(MAIN_SAIL), await drawn(FORE_SAIL)];
  const coast = (/** @type {number} */ x) =>
    HORIZON -
    0.075 * smooth(0.42, 0.1, x) * (0.4 + fractal(x * 3.2, 1, 51)) -
    0.1 * smooth(1.15, 1.7, x) * (0.3 + fractal(x * 3, 2, 52));

  /** All above the water. */
  function above(/** @type {number} */ x, /** @type {number} */ y) {
    let pixel = skyAt(x, y);
    const land = smooth(-0.0012, 0.0012, y - coast(x));
    pixel = mix(pixel, mix(colour('54365f'), colour('a85562'), smooth(0.5, 0.6, y) * 0.7), land * 0.96);
    const warm = Math.exp(-Math.abs(x - SUN.x) * 2.2);
    const shade = smooth(0.3, 0.63, y);
    pixel = mix(
      pixel,
      mix(mix(colour('7b4a6c'), colour('f2a06d'), warm), colour('ffd79a'), 0.35 * shade),
      0.94 * isMain(x, y),
    );
    pixel = mix(
      pixel,
      mix(mix(colour('5f3d66'), colour('d77f62'), warm), colour('ffc88a'), 0.3 * shade),
      0.94 * isFore(x, y),
    );
    return mix(pixel, mix(colour('1d1430'), colour('4a2440'), 0.4 * warm), isHull(x, y));
  }

  return painted(SIZE, (x, y) => {
    const water = 0.672;
    if (y < HORIZON) return above(x, y);
    const depth = y - HORIZON;
    // Waves are longer and farther apart where they are near.
    const far = 0.02 + depth;
    const wave = fractal((x - 0.9) / (far * 1.4) + 40, Math.log(far) * 13, 61, 4) - 0.5;
    const small = fractal((x - 0.9) / (far * 0.5) + 10, Math.log(far) * 34, 62, 3) - 0.5;
    const [dx, dy] = [0.05 * small * Math.sqrt(far) + 0.02 * wave, (0.9 * wave + 0.45 * small) * far * 0.8];
    const mirrored = above(x + dx, clamp(HORIZON - depth * 0.95 + dy, 0.01, HORIZON - 0.001));
    const [red, green, blue] = mix([1, 0.82, 0.7], [0.5, 0.42, 0.62], smooth(0, 0.25, depth));
    let pixel = mix(
      [mirrored[0] * red, mirrored[1] * green, mirrored[2] * blue],
      colour('1b1b42'),
      0.55 * smooth(0, 0.4, depth),
    );
    pixel = mix(pixel, colour('2a1d49'), clamp(-1.4 * (wave + small) * smooth(0, 0.05, depth)) * 0.6);
    const path = Math.exp(-(((x + dx * 2 - SUN.x) / (0.055 + 0.24 * depth)) ** 2));
    const glint = smooth(0.02, 0.16, small + 0.6 * wave + 0.1 * path);
    pixel = mix(pixel, [1, 0.8, 0.5], clamp(path * (0.12 + 0.9 * glint)) * (0.95 - 0.9 * depth));
    // The boat stands nearer than the horizon: its own reflection begins at its water line.
    const [bx, by] = [x + 1.3 * dx, 2 * water - y + 0.5 * dy];
    if (y > water - 0.004) {
      const sail = Math.max(isMain(bx, by), isFore(bx, by));
      const fade = 0.62 * Math.exp(-(y - water) * 4);
      pixel = mix(pixel, mix(colour('e08c68'), colour('43284f'), smooth(0, 0.25, y - water)), sail * fade);
      pixel = mix(pixel, colour('1d1430'), isHull(bx, by) * fade * 1.35);
    }
    const front = y < water ? Math.max(isHull(x, y), isMain(x, y), isFore(x, y)) : isHull(x, y);
    return front > 0 ? mix(pixel, above(x, y), front) : pixel;
  });
}
