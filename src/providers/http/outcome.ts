import type { FailureType } from '../../task/failure.ts';
import type { Submitted, Verdict } from '../provider.ts';
import type { Answered, Unanswered } from './exchange.ts';

/** A class that needs no more words. */
export type PlainClass = Exclude<FailureType, 'bad-picture'>;

/** The outcome of a submit that got no answer: what was not sent was not accepted, of what was sent nobody knows. */
export const withoutAnswer = ({ sent, reason }: Unanswered): Submitted =>
  sent ? { outcome: 'unknown', reason } : refused('transient');

/** An answer to a submit that leaves it open whether the job was accepted. */
export const inDoubt = ({ status }: Answered, why: string): Submitted => ({
  outcome: 'unknown',
  reason: `${why} (HTTP ${status})`,
});

/** Certainly not accepted. `after`: an answer that may say how long to wait. */
export const refused = (failure: PlainClass, after?: Answered): Submitted => ({
  outcome: 'refused',
  failure: { type: failure },
  ...waitOf(after),
});

/** We could not look. The reason holds nothing that the service wrote. */
export const unreachable = (reason: string, after?: Answered): Verdict => ({
  state: 'unreachable',
  reason,
  ...waitOf(after),
});

const waitOf = (answer: Answered | undefined): { retryAfterMs?: number } =>
  answer?.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };

/** From 0 to 1, or undefined for what is no progress. */
export const asProgress = (told: unknown): number | undefined =>
  typeof told === 'number' && told >= 0 && told <= 1 ? told : undefined;

/** A progress in the form of a verdict's. */
export const rendering = (told: unknown): Verdict => {
  const progress = asProgress(told);
  return { state: 'rendering', ...(progress === undefined ? {} : { progress }) };
};
