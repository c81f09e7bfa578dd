import sharp from 'sharp';
import type { Pixels } from './pixels.ts';

/** What transparent pictures lie on. */
const LIGHT = '#ffffff';
const DARK = '#1c1c1e';

/** Pixels that nothing can be seen through, and what they lie on, where they lie on anything. */
export async function onGround(pixels: Pixels): Promise<{ pixels: Pixels; ground?: string }> {
  const { data, raw } = pixels;
  if (raw.channels === 3) return { pixels };
  const ground = await groundFor(pixels);
  const flat = await sharp(data, { raw }).flatten({ background: ground }).raw().toBuffer();
  return { pixels: { data: flat, raw: { ...raw, channels: 3 } }, ground };
}

/** White, as on a page, unless the picture would vanish there (a white logo), then nearly black. */
async function groundFor({ data, raw }: Pixels): Promise<string> {
  const small = await sharp(data, { raw }).resize(64, 64, { fit: 'inside' }).png().toBuffer();
  const contrastOn = async (background: string) => {
    const flat = await sharp(small).flatten({ background }).greyscale().png().toBuffer();
    const { channels } = await sharp(flat).stats();
    return channels[0]?.stdev ?? 0;
  };
  return (await contrastOn(LIGHT)) * 2 < (await contrastOn(DARK)) ? DARK : LIGHT;
}
