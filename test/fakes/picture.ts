import { imageSize } from 'image-size';

/** The size of a picture in a data URI, as `1280x720`, or what is wrong with it. */
export function sizeOfDataUri(uri: string): { size: string } | { wrong: string } {
  const [, type, base64] = /^data:image\/(jpeg|jpg|png|webp);base64,([A-Za-z0-9+/]+={0,2})$/.exec(uri) ?? [];
  if (type === undefined || base64 === undefined) return { wrong: 'is no data URI of a JPEG, PNG or WebP' };
  try {
    const { width, height, type: real } = imageSize(Buffer.from(base64, 'base64'));
    if ((real === 'jpg' ? 'jpeg' : real) !== (type === 'jpg' ? 'jpeg' : type)) return { wrong: `is a ${real}` };
    return { size: `${width}x${height}` };
  } catch {
    return { wrong: 'is no picture' };
  }
}
