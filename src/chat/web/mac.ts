import { createHmac, timingSafeEqual } from 'node:crypto';

export const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Digests have one length, so that the time of the comparison tells nothing. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(mac('', a), mac('', b));
