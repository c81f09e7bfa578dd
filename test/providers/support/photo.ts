import sharp from 'sharp';
import type { Size } from '../../../src/task/picture.ts';

/** A made-up photograph: soft hills of colour, finer texture and hard edges. The same for the same size and seed. */
export async function photo(size: Size, seed = 1): Promise<Buffer> {
  const coarse = await noise(size, 90, seed);
  const middle = await noise(size, 24, seed + 1);
  const fine = await noise(size, 7, seed + 2);
  const pixels = Buffer.alloc(coarse.length);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = 0.5 * (coarse[i] ?? 0) + 0.3 * (middle[i] ?? 0) + 0.2 * (fine[i] ?? 0);
  }
  const { width: w, height: h } = size;
  const shapes = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">
    <circle cx="${w * 0.3}" cy="${h * 0.4}" r="${h * 0.12}" fill="#f5c542"/>
    <rect x="${w * 0.55}" y="${h * 0.3}" width="${w * 0.12}" height="${h * 0.4}" fill="#20344f"/>
    <path d="M0 ${h * 0.9}L${w * 0.5} ${h * 0.7}L${w} ${h * 0.85}" stroke="#fff" stroke-width="6" fill="none"/></svg>`;
  return sharp(pixels, { raw: { ...size, channels: 3 } })
    .composite([{ input: Buffer.from(shapes) }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

async function noise({ width, height }: Size, grainPx: number, seed: number): Promise<Buffer> {
  const small = { width: Math.ceil(width / grainPx), height: Math.ceil(height / grainPx), channels: 3 as const };
  const pixels = Buffer.alloc(small.width * small.height * 3);
  let state = seed * 2654435761;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[i] = state >>> 24;
  }
  return sharp(pixels, { raw: small }).resize(width, height, { fit: 'fill', kernel: 'cubic' }).raw().toBuffer();
}
