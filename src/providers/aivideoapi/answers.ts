import { z } from 'zod';
import type { RequestPart } from '../../task/failure.ts';
import { isCapped } from '../http/capped.ts';
import type { Answered } from '../http/exchange.ts';
import { isExternalId } from '../http/key-ring.ts';
import { type PlainClass, partNamed } from '../http/outcome.ts';

/** `status` is a sentence there, so only the id counts. */
const submitAnswer = z.object({ uuid: z.string().refine(isExternalId) });

/** Loose on purpose: only what a verdict needs must be right. `error_code` comes as text or as a number. */
export const statusAnswer = z.object({
  uuid: z.string().nullish().catch(undefined),
  status: z.string(),
  progress: z.unknown().optional(),
  url: z.string().nullish().catch(undefined),
  error: z.unknown().optional(),
  error_code: z.union([z.string(), z.number()]).nullish().catch(undefined),
});

export const readAccepted = (json: unknown): string | undefined => submitAnswer.safeParse(json).data?.uuid;

/** Only 200 and 422 are published; the rest goes by status, then by words (a guess). */
export function readRefusal(answer: Answered, scene: string): PlainClass | undefined {
  const { status } = answer;
  if (status < 400 || status >= 500) return undefined;
  if (status === 422) return 'bad-input'; // its body may quote the request, so its words count for nothing
  if (status === 401) return 'auth';
  if (status === 402) return 'no-credits';
  const words = wordsOf(answer, scene);
  if (status === 429 && DAILY.test(words)) return 'quota';
  if (CREDITS.test(words)) return 'no-credits';
  if ((status === 429 || status === 400) && isCapped(words)) return 'quota';
  if (status === 403) return 'auth';
  if (status === 429 || status === 408) return 'transient'; // 408: the request did not arrive whole
  return status === 400 || status === 413 ? 'bad-input' : 'broken';
}

const faultsAnswer = z.object({ detail: z.array(z.object({ loc: z.array(z.unknown()) })) });

const saidAnswer = z.object({ detail: z.union([z.string(), z.array(z.object({ msg: z.unknown() }))]) });

/** Of a 422: its first fault in words. */
export function readSaid(json: unknown): unknown {
  const { detail } = saidAnswer.safeParse(json).data ?? {};
  return Array.isArray(detail) ? detail[0]?.msg : detail;
}

/** Of a 422: names of fields. */
export function readFault(json: unknown): RequestPart | undefined {
  const { detail = [] } = faultsAnswer.safeParse(json).data ?? {};
  return partNamed(
    detail.flatMap(({ loc }) => loc),
    { scene: 'text_prompt', picture: 'img_prompt' },
  );
}

const DAILY = /(?<![a-z])(daily|per day)(?![a-z])/i;
const CREDITS = /(?<![a-z])(credits?|balance|quota)(?![a-z])/i;

/** The answer without the scene: one about a balance must not look like the end of the credits. */
function wordsOf({ text }: Answered, scene: string): string {
  const quoted = JSON.stringify(scene).slice(1, -1);
  return scene.trim() === '' ? text : text.replaceAll(scene, ' ').replaceAll(quoted, ' ');
}

/** The class of a failed job's code, or undefined for one that was never heard of. 000: another picture may work. */
export function failureOf(code: string | number | null | undefined): PlainClass | undefined {
  const text = String(code ?? '').trim();
  return FAILURES.get(text.padStart(3, '0'));
}

/** The part of the request that a failed job's code is about. */
export function partOf(code: string | number | null | undefined): RequestPart | undefined {
  return PARTS.get(
    String(code ?? '')
      .trim()
      .padStart(3, '0'),
  );
}

const PARTS = new Map<string, RequestPart>([
  ['001', 'scene'],
  ['002', 'picture'],
]);

const FAILURES = new Map<string, PlainClass>([
  ['000', 'try-another'],
  ['001', 'moderation'],
  ['002', 'moderation'],
]);
