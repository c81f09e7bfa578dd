import sharp from 'sharp';

/** A picture of one colour, small as a file, large enough to be taken. */
export const tinyPng = (width = 1280, height = 720): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#3366aa' } })
    .png()
    .toBuffer();
