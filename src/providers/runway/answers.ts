import { z } from 'zod';
import type { RequestPart } from '../../task/failure.ts';
import { isCapped } from '../http/capped.ts';
import type { Answered } from '../http/exchange.ts';
import { isExternalId } from '../http/key-ring.ts';
import { type PlainClass, partNamed } from '../http/outcome.ts';

const createAnswer = z.object({ id: z.string().refine(isExternalId) });
/** Comes with a create since the vendor's clients of version 4.14. */
const estimate = z.object({ estimatedCost: z.object({ credits: z.number().min(0) }) });
const errorAnswer = z.object({ error: z.string(), issues: z.array(z.unknown()).optional() });

/** Loose on purpose: only what a verdict needs must be right. */
export const taskAnswer = z.object({
  id: z.string().nullish().catch(undefined),
  status: z.string(),
  progress: z.unknown().optional(),
  output: z.array(z.string()).nullish().catch(undefined),
  failure: z.unknown().optional(),
  failureCode: z.string().nullish().catch(undefined),
  cost: z
    .object({ credits: z.number().min(0) })
    .nullish()
    .catch(undefined),
});

/** `GET /v1/organization`, as far as a person wants to know. */
export const organizationAnswer = z.object({ creditBalance: z.number() });

export const readAccepted = (json: unknown): string | undefined => createAnswer.safeParse(json).data?.id;

export const readEstimate = (json: unknown): number | undefined => estimate.safeParse(json).data?.estimatedCost.credits;

export function readRefusal({ status, json }: Answered, scene: string): PlainClass | undefined {
  // Published as load shed before any work; 500 and 504 are not.
  if (status === 502 || status === 503) return 'transient';
  if (status < 400 || status >= 500) return undefined;
  const { error, issues } = errorAnswer.safeParse(json).data ?? { error: '' };
  const words = scene.trim() === '' ? error : error.replaceAll(scene, ' ');
  switch (status) {
    case 400: // what is no fault of the request's is a 400 too, but one without issues
      return issues === undefined ? (troubleOf(words) ?? 'bad-input') : 'bad-input';
    case 413:
      return 'bad-input';
    case 401:
      return 'auth';
    case 402:
      return 'no-credits';
    case 403: // "Model variant … is not available"; what else it could be is not published
      return troubleOf(words) ?? 'auth';
    case 429:
      return isCapped(words) ? 'quota' : 'transient';
    case 408: // the request did not arrive whole
      return 'transient';
    default:
      return 'broken';
  }
}

const faultsAnswer = z.object({ issues: z.array(z.object({ path: z.array(z.unknown()) })) });

/** Its first fault in words, or the error itself. */
export function readSaid(json: unknown): unknown {
  const { issues: [first] = [] } = saidAnswer.safeParse(json).data ?? {};
  return first?.message ?? errorAnswer.safeParse(json).data?.error;
}
const saidAnswer = z.object({ issues: z.array(z.object({ message: z.unknown() })).optional() });

/** Of a 400 with issues: names of fields. */
export function readFault(json: unknown): RequestPart | undefined {
  const { issues = [] } = faultsAnswer.safeParse(json).data ?? {};
  return partNamed(
    issues.flatMap(({ path }) => path),
    { scene: 'promptText', picture: 'promptImage' },
  );
}

/** What is wrong with model or account, as far as words tell it. A month's cap may be counted in credits: it comes first. */
function troubleOf(words: string): PlainClass | undefined {
  if (/\bmodel\b.*\b(unavailable|not available)\b/i.test(words)) return 'no-model';
  if (isCapped(words)) return 'quota';
  return /\bcredits?\b/i.test(words) ? 'no-credits' : undefined;
}

/**
 * The class of a failed task's code, or undefined for one that was never heard of. The vendor's set is open, so codes are
 * matched by their beginning. None at all is transient.
 */
export function failureOf(code: string | null | undefined): PlainClass | undefined {
  const parts = (code ?? '').trim().toUpperCase().split('.');
  const begins = (prefix: string) => prefix.split('.').every((part, i) => parts[i] === part);
  if (parts.includes('SAFETY')) return 'moderation';
  if (begins('INTERNAL.BAD_OUTPUT')) return 'try-another';
  if (begins('ASSET.INVALID')) return 'bad-input';
  const transient = ['', 'INTERNAL', 'THIRD_PARTY.UNAVAILABLE', 'INPUT_PREPROCESSING.INTERNAL'].some(begins);
  return transient ? 'transient' : undefined;
}

/** The part of the request that a failed task's code is about: `SAFETY.INPUT.IMAGE`. */
export function partOf(code: string | null | undefined): RequestPart | undefined {
  const parts = (code ?? '').trim().toUpperCase().split('.');
  return parts.includes('INPUT') ? partNamed(parts, { scene: 'TEXT', picture: 'IMAGE' }) : undefined;
}
