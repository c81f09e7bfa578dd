import sharp from 'sharp';

const made = new Map<string, Promise<Buffer>>();

/** A picture of one colour, small as a file, large enough to be taken. Made once: its pixels take their time. */
export async function tinyPng(width = 1280, height = 720): Promise<Buffer> {
  const key = `${width}x${height}`;
  const create = { width, height, channels: 3, background: '#3366aa' } as const;
  const png = made.get(key) ?? sharp({ create }).png().toBuffer();
  made.set(key, png);
  return Buffer.from(await png);
}
