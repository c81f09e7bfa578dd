import { randomBytes } from 'node:crypto';
import { sha256 } from '../util/hash.ts';

/** Every callback's path begins so. */
export const CALLBACK_PREFIX = '/callbacks';

/** A secret for one attempt's callback, and its hash for the record. */
export function newCallback(): { secret: string; hash: string } {
  const secret = randomBytes(24).toString('base64url');
  return { secret, hash: callbackHash(secret) };
}

export const callbackPath = (taskId: string, attemptId: string, secret: string): string =>
  `${CALLBACK_PREFIX}/${taskId}/${attemptId}/${secret}`;

/** As an attempt has it on record. */
export const callbackHash = (secret: string): string => sha256(secret);
