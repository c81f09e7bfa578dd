import type { FailureType, RequestPart } from '../../task/failure.ts';
import type { Submitted, Verdict } from '../provider.ts';
import { type Answered, STOPPED, type Unanswered } from './exchange.ts';

/** A class that needs no more words. */
export type PlainClass = Exclude<FailureType, 'bad-picture'>;

/** The outcome of a submit that got no answer: what was not sent was not accepted, of what was sent nobody knows. */
export function withoutAnswer({ sent, reason }: Unanswered): Submitted {
  if (sent) return { outcome: 'unknown', reason };
  if (reason === STOPPED) return refused('transient');
  return { outcome: 'refused', failure: { type: 'transient', why: 'unreachable' } };
}

/** An answer to a submit that leaves it open whether the job was accepted. */
export const inDoubt = ({ status }: Answered, why: string): Submitted => ({
  outcome: 'unknown',
  reason: `${why} (HTTP ${status})`,
});

/** Certainly not accepted. `after`: an answer that may say how long to wait. */
export const refused = (failure: PlainClass, after?: Answered): Submitted => ({
  outcome: 'refused',
  failure: { type: failure },
  retryAfterMs: after?.retryAfterMs,
});

/** The part of a request that names of its fields are about; undefined where they are about none, or about both. */
export function partNamed(
  names: readonly unknown[],
  { scene, picture }: { scene: string; picture: string },
): RequestPart | undefined {
  const [isScene, isPicture] = [names.includes(scene), names.includes(picture)];
  if (isScene === isPicture) return undefined;
  return isScene ? 'scene' : 'picture';
}

/** We could not look. The reason holds nothing that the service wrote. */
export const unreachable = (reason: string, after?: Answered): Verdict => ({
  outcome: 'unreachable',
  reason,
  retryAfterMs: after?.retryAfterMs,
});

/** Rendering, with what was told of its progress where that is a number from 0 to 1. */
export const rendering = (told: unknown): Verdict => ({
  outcome: 'rendering',
  progress: typeof told === 'number' && told >= 0 && told <= 1 ? told : undefined,
});
