import type { ConvertOptions } from './requests.ts';

/**
 * How a fitted picture becomes a thumbnail. Telegram takes a JPEG below 200 kB with no side longer than 320 pixels
 * (https://core.telegram.org/bots/api#sendvideo).
 */
export const THUMBNAIL: ConvertOptions = { maxSide: 320, ground: '#ffffff', to: { type: 'jpeg', quality: 80 } };
