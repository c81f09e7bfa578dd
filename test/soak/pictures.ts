import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { Picture } from '../chaos/crowd.ts';
import { tinyPicture } from '../chaos/crowd.ts';

const MB = 1024 * 1024;
/** Of so many pictures one is a photo, which has to be decoded and cropped; the others only weigh much. */
const EACH_PHOTO = 8;
const PHOTO = { width: 2400, height: 1600 };

/** Pictures of 2 to 8 MB, one after another. */
export async function createPictures(): Promise<(n: number) => Picture> {
  const plain = await tinyPicture();
  const heavy = [2, 3, 4, 5, 6, 7, 8].map((mb) => ({ ...plain, bytes: padded(plain.bytes, mb * MB) }));
  const photo = { bytes: await noise(), type: 'image/jpeg' as const, ...PHOTO };
  return (n) => (n % EACH_PHOTO === 0 ? photo : (heavy[n % heavy.length] ?? photo));
}

/** Grain in every pixel: about 5 MB. */
const noise = (): Promise<Buffer> =>
  sharp(randomBytes(PHOTO.width * PHOTO.height * 3), { raw: { ...PHOTO, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();

/** The same PNG, and a chunk before its end that nobody has to know. */
function padded(png: Buffer, bytes: number): Buffer {
  const end = png.subarray(-12);
  const data = randomBytes(bytes - png.length - 12);
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('kiNo'), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length, 0);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return Buffer.concat([png.subarray(0, -12), chunk, end]);
}
