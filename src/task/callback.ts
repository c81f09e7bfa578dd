import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../util/hash.ts';
import type { Attempt, Task } from './task.ts';

/** Every callback's path begins so. */
export const CALLBACK_PREFIX = '/callbacks';

/** A secret for one attempt's callback, and its hash for the record. */
export function newCallback(): { secret: string; hash: string } {
  const secret = randomBytes(24).toString('base64url');
  return { secret, hash: sha256(secret) };
}

export const callbackPath = (taskId: string, attemptId: string, secret: string): string =>
  `${CALLBACK_PREFIX}/${taskId}/${attemptId}/${secret}`;

/** The attempt that a callback is for; undefined where its secret is not the one that was handed out. */
export function attemptOfCallback(task: Task, attemptId: string, secret: string): Attempt | undefined {
  const attempt = task.attempts.find((each) => each.id === attemptId);
  if (attempt?.callback === undefined) return undefined;
  const [told, known] = [sha256(secret), attempt.callback].map((hash) => Buffer.from(hash, 'hex'));
  return told && known && told.length === known.length && timingSafeEqual(told, known) ? attempt : undefined;
}
