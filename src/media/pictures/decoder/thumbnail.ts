import type { Sharp } from 'sharp';
import type { ConvertOptions } from './requests.ts';

/** Telegram takes a JPEG below 200 kB with no side longer than this (https://core.telegram.org/bots/api#sendvideo). */
const MAX_SIDE_PX = 320;

/** How a fitted picture becomes a thumbnail: a JPEG, at most 320 pixels a side and below 200 kB. */
export const THUMBNAIL = {
  maxSide: MAX_SIDE_PX,
  ground: '#ffffff',
  to: { type: 'jpeg', quality: 80 },
} as const satisfies ConvertOptions;

/** The same of a picture that is open already; nothing that comes before it may resize. */
export const thumbnailOf = (picture: Sharp): Promise<Uint8Array> =>
  picture
    .resize(MAX_SIDE_PX, MAX_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: THUMBNAIL.ground })
    .toColourspace('srgb')
    .jpeg({ quality: THUMBNAIL.to.quality })
    .toBuffer();
