import sharp from 'sharp';

/** Size of the mark in pixels of the clip; even, because the clip's colour has half its resolution. */
export const MARK_SIZE = { width: 168, height: 34 };

/** Letters as strokes, so that no font is needed on the machine: x-height 0 to 50, capitals from −20, then the width. */
const LETTERS: Record<string, [path: string, width: number]> = {
  p: ['M0 0V70M0 25C0 9 9 0 21 0S42 9 42 25 33 50 21 50 0 41 0 25', 42],
  r: ['M0 0V50M0 21C1 8 9 0 21 1', 21],
  e: ['M0 24H41C41 9 33 0 21 0S0 9 0 25 9 50 22 50C30 50 36 47 39 41', 41],
  v: ['M0 0L18 50L36 0', 36],
  i: ['M0 0V50M0-19V-18.9', 0],
  w: ['M0 0L14 50L28 2L42 50L56 0', 56],
  ',': ['M1 49L-4 62', 0],
  n: ['M0 0V50M0 21C1 8 9 0 20 0S37 7 37 21V50', 37],
  o: ['M0 25C0 9 9 0 22 0S44 9 44 25 35 50 22 50 0 41 0 25Z', 44],
  A: ['M0 50L24-20L48 50M8 28H40', 48],
  I: ['M0-20V50', 0],
};
const WORDS = 'preview, no AI';
const GAP = 17;
const SPACE = 26;
const STROKE = 8.5;
/** Pixels per unit of the letters. */
const SCALE = 0.24;

/** The mark on every clip, as raw RGBA: a soft dark pill with light letters, legible on any picture. */
export async function drawMark(): Promise<Buffer> {
  const { width, height } = MARK_SIZE;
  const { paths, advance } = layOut(WORDS);
  const left = (width - advance * SCALE) / 2;
  const top = height / 2 - 15 * SCALE;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" rx="${height / 2}" fill="#000" fill-opacity=".5"/>
    <g transform="translate(${left} ${top}) scale(${SCALE})" fill="none" stroke="#fff" stroke-opacity=".94"
      stroke-width="${STROKE}" stroke-linecap="round" stroke-linejoin="round">${paths}</g></svg>`;
  return sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
}

function layOut(words: string): { paths: string; advance: number } {
  let x = 0;
  let paths = '';
  for (const letter of words) {
    const [path, width] = LETTERS[letter] ?? ['', SPACE - GAP];
    if (path) paths += `<path transform="translate(${x} 0)" d="${path}"/>`;
    x += width + GAP;
  }
  return { paths, advance: x - GAP };
}
