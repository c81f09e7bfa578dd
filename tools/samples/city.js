// @ts-check
import sharp from 'sharp';
import { random } from './paint.js';

const [WIDTH, HEIGHT] = [1104, 1472];
/** Rings of paper around the moon, from the outermost. */
const RINGS = ['10183a', '172350', '22326b', '324486', '4a5b9f', '7079b3', 'a09bc0', 'd6b9bd'];
const MOON = { x: 640, y: 470 };
/** Rows of houses, from the farthest: their paper, the light in their windows, where they stand and how tall they are. */
const ROWS = [
  { paper: '6a6ba6', light: 'f6c9a0', base: 1130, tall: 420, wide: 74, lit: 0.22, seed: 3 },
  { paper: '454a8a', light: 'ffca85', base: 1190, tall: 400, wide: 92, lit: 0.34, seed: 8 },
  { paper: '2a2f68', light: 'ffbf66', base: 1290, tall: 370, wide: 118, lit: 0.45, seed: 21 },
  { paper: '171b47', light: 'ffb650', base: 1420, tall: 330, wide: 150, lit: 0.5, seed: 34 },
];

/** Edges of cut paper: not quite round. */
function ring(/** @type {number} */ radius, /** @type {number} */ seed) {
  const points = Array.from({ length: 90 }, (_, i) => {
    const angle = (i / 90) * 2 * Math.PI;
    const wave = Math.sin(angle * 5 + seed * 2) * 0.016 + Math.sin(angle * 3 + seed * 5) * 0.022;
    const r = radius * (1 + wave);
    return `${(MOON.x + r * Math.cos(angle)).toFixed(1)} ${(MOON.y + r * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}

/** @param {typeof ROWS[number]} row */
function houses({ paper, light, base, tall, wide, lit, seed }) {
  let [x, shape, windows] = [-20, `M-20 ${HEIGHT}`, ''];
  for (let i = 0; x < WIDTH + 20; i++) {
    const r = (/** @type {number} */ k) => random(i, k, seed);
    const width = wide * (0.7 + 0.6 * r(1));
    const middle = Math.abs((x + width / 2) / WIDTH - 0.52);
    const top = base - tall * (0.35 + 0.5 * r(2) + 0.5 * middle);
    const [end, kind] = [x + width, r(3)];
    if (kind < 0.3) shape += `L${x} ${top}L${x + width / 2} ${top - width * 0.55}L${end} ${top}`;
    else if (kind < 0.45) shape += `L${x} ${top}L${end} ${top - width * 0.3}`;
    else if (kind < 0.6)
      shape += `L${x} ${top}h${width * 0.38}v${-width * 0.5}h${width * 0.05}v${-width * 0.5}h${width * 0.03}v${width}L${end} ${top}`;
    else shape += `L${x} ${top}h${width * 0.62}v${-width * 0.2}h${width * 0.2}v${width * 0.2}L${end} ${top}`;
    const columns = Math.max(2, Math.round(width / (wide * 0.26)));
    const step = width / (columns + 0.6);
    for (let row = 0; row * step * 1.35 < HEIGHT - top; row++)
      for (let column = 0; column < columns; column++) {
        if (random(i * 40 + column, row, seed + 5) > lit) continue;
        const [wx, wy] = [x + step * (column + 0.5), top + step * (0.6 + 1.35 * row)];
        const arched = kind < 0.3 ? step * 0.25 : 1.5;
        windows += `<rect x="${wx.toFixed(1)}" y="${wy.toFixed(1)}" width="${(step * 0.55).toFixed(1)}" height="${(step * 0.8).toFixed(1)}" rx="${arched.toFixed(1)}" opacity="${(0.55 + 0.45 * random(column, row, i)).toFixed(2)}"/>`;
      }
    x = end;
  }
  return `<g filter="url(#cut)"><path d="${shape}V${HEIGHT}Z" fill="#${paper}"/></g><g fill="#${light}" filter="url(#glow)">${windows}</g>`;
}

const CAT =
  'M486 1216c-14-42-12-84 6-116-10-16-14-38-10-62l2-20 19 17c12-5 27-5 39 0l19-17 2 20c4 24 0 46-10 62 26 26 36 72 30 116 34-4 58-20 60-48 1-16-10-26-8-38 2-14 22-14 28 4 14 44-20 82-74 82z';
const ROOF = `M-20 1390L300 1204h500l330 170V${HEIGHT}H-20Z`;
const leaf = (
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ turn,
  /** @type {number} */ size,
) =>
  `<path transform="translate(${x} ${y}) rotate(${turn}) scale(${size})" d="M0 0C30-34 92-40 150 0C92 40 30 34 0 0Z"/>`;

/** A cat on a roof above a city at night, cut out of paper. */
export async function city() {
  const rings = RINGS.slice(1).map(
    (paper, i) => `<path d="${ring(860 - 96 * i, i)}" fill="#${paper}" filter="url(#cut)"/>`,
  );
  const stars = Array.from({ length: 46 }, (_, i) => {
    const [x, y, r] = [WIDTH * random(i, 1, 2), 760 * random(i, 2, 2), 1.5 + 3.2 * random(i, 3, 2) ** 3];
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}"/>`;
  });
  const cloud = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ k) =>
    `<path transform="translate(${x} ${y}) scale(${k})" d="M0 60c-34 0-40-46-4-52 4-44 66-54 86-18 30-18 70 0 68 32 40-2 44 38 8 38z"/>`;
  const branch = (/** @type {readonly (readonly [number, number, number, number])[]} */ leaves) =>
    leaves.map((each) => leaf(...each)).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <defs>
      <filter id="cut" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur in="SourceAlpha" stdDeviation="13"/><feOffset dx="3" dy="-7"/>
        <feColorMatrix values="0 0 0 0 0.02 0 0 0 0 0.03 0 0 0 0 0.12 0 0 0 0.62 0"/><feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge></filter>
      <filter id="lift" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur in="SourceAlpha" stdDeviation="12"/><feOffset dx="2" dy="12"/>
        <feColorMatrix values="0 0 0 0 0.02 0 0 0 0 0.03 0 0 0 0 0.12 0 0 0 0.5 0"/><feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge></filter>
      <filter id="glow" x="-5%" y="-5%" width="110%" height="110%"><feGaussianBlur stdDeviation="6" result="b"/><feMerge><feMergeNode in="b"/><feMergeNode in="SourceGraphic"/></feMerge></filter>
      <filter id="halo" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="36" result="b"/><feMerge><feMergeNode in="b"/><feMergeNode in="SourceGraphic"/></feMerge></filter>
    </defs>
    <rect width="100%" height="100%" fill="#${RINGS[0]}"/>
    ${rings.join('')}
    <g fill="#fff3d6" opacity="0.9">${stars.join('')}</g>
    <circle cx="${MOON.x}" cy="${MOON.y}" r="168" fill="#ffe9bd" filter="url(#halo)"/>
    <g fill="#f4d49b" opacity="0.55"><circle cx="590" cy="420" r="30"/><circle cx="690" cy="510" r="42"/><circle cx="612" cy="548" r="18"/><circle cx="712" cy="408" r="16"/></g>
    <g fill="#f3dfe0" filter="url(#lift)">${cloud(330, 500, 1.5)}${cloud(730, 590, 1.15)}</g>
    <g fill="#c3b6d6" filter="url(#lift)">${cloud(80, 330, 1.2)}${cloud(900, 300, 1)}</g>
    ${ROWS.map(houses).join('')}
    <g filter="url(#cut)"><path d="${ROOF}" fill="#0a0d2a"/></g>
    <g stroke="#20265a" stroke-width="5" fill="none" opacity="0.8">${[0, 1, 2, 3].map((i) => `<path d="M${240 - 95 * i} ${1240 + 54 * i}H${868 + 100 * i}"/>`).join('')}</g>
    <g filter="url(#cut)"><path d="${CAT}" fill="#05071a"/></g>
    <g fill="#ffc65c"><ellipse cx="510" cy="1058" rx="6" ry="8"/><ellipse cx="540" cy="1058" rx="6" ry="8"/></g>
    <g fill="#0b1033" filter="url(#lift)">${branch([
      [-30, 60, 20, 1.6],
      [-20, 190, -8, 1.3],
      [-40, 20, -22, 1.7],
      [90, -30, 62, 1.5],
      [240, -40, 78, 1.1],
    ])}</g>
    <g fill="#0b1033" filter="url(#lift)">${branch([
      [1140, 40, 160, 1.6],
      [1130, 170, 196, 1.2],
      [1010, -40, 112, 1.4],
      [880, -40, 96, 0.95],
    ])}</g>
  </svg>`;
  return sharp(Buffer.from(svg));
}
