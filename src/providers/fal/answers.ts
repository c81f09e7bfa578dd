import { z } from 'zod';
import type { RequestPart } from '../../task/failure.ts';
import { isCapped } from '../http/capped.ts';
import type { Answered } from '../http/exchange.ts';
import { isExternalId } from '../http/key-ring.ts';
import { type PlainClass, partNamed } from '../http/outcome.ts';
import type { JobStatus } from '../http/protocol.ts';

/*
 * Sources, read in November 2026 and never tried against the service: https://fal.ai/docs/documentation/model-apis/ with
 * inference/queue (submit, status, result, cancel), inference/webhooks, errors (what models refuse) and request-errors (what
 * the platform fails at); the vendor's `@fal-ai/client` 1.10.1. What accounts are refused with is from public reports.
 */

const submitAnswer = z.object({ request_id: z.string(), status_url: z.string().optional() });
const statusAnswer = z.object({ request_id: z.string().nullish().catch(undefined), status: z.string() });
const resultAnswer = z.object({ video: z.object({ url: z.string() }) });

/** `owner/alias` of an endpoint: what follows it stands in a submit alone. */
const appOf = (endpoint: string): string => endpoint.split('/').slice(0, 2).join('/');

/**
 * A job's id as we keep it: the path of its app and the id of the request, so that it is asked for where it is. The app is
 * the one that the answer names, whose address is not kept.
 */
export function readAccepted(json: unknown, endpoint: string): string | undefined {
  const { data } = submitAnswer.safeParse(json);
  return data && externalIdOf(appIn(data) ?? appOf(endpoint), data.request_id);
}

function appIn({ request_id: id, status_url: url }: z.infer<typeof submitAnswer>): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const [, app, told] = /^\/(.+)\/requests\/([^/]+)\/status$/.exec(new URL(url).pathname) ?? [];
  return told === id ? app : undefined;
}

/** `~` stands for the slashes; undefined where the id could not be asked for. */
function externalIdOf(app: string, requestId: string): string | undefined {
  const id = `${app.replaceAll('/', '~')}~${requestId}`;
  return isExternalId(id) && !requestId.includes('~') ? id : undefined;
}

/** The id of a job that a callback named. */
export const jobCalled = (requestId: string, endpoint: string): string =>
  externalIdOf(appOf(endpoint), requestId) ?? requestId;

const requestIn = (externalId: string): string => externalId.slice(externalId.lastIndexOf('~') + 1);

/** Where a request is: its result, or what stands below that. */
export const pathOf = (externalId: string, below = ''): string => {
  const app = externalId.slice(0, -requestIn(externalId).length - 1).replaceAll('~', '/');
  return `/${app}/requests/${requestIn(externalId)}${below}`;
};

export function readStatus(json: unknown, externalId: string): JobStatus | undefined {
  const { success, data } = statusAnswer.safeParse(json);
  if (!success) return undefined;
  const isOurs = data.request_id?.toLowerCase() === requestIn(externalId).toLowerCase();
  const id = data.request_id ? (isOurs ? externalId : data.request_id) : undefined;
  switch (data.status) {
    case 'IN_QUEUE':
      return { id, type: 'waiting' };
    case 'IN_PROGRESS': // how far is not told
      return { id, type: 'rendering' };
    case 'COMPLETED': // also of what failed, or was cancelled
      return { id, type: 'ended' };
    default:
      return { id, type: 'odd', status: data.status };
  }
}

/** What a model or the platform says against a request: a list of faults, or a sentence with a class. */
const faultsAnswer = z.object({
  detail: z.array(z.object({ loc: z.array(z.unknown()).catch([]), msg: z.unknown(), type: z.string().catch('') })),
});
const errorAnswer = z.object({ error_type: z.string().optional(), detail: z.unknown() });

/**
 * The end of a request whose status is COMPLETED: its clip, or the failure, which comes as the answer's own status. Undefined
 * where it may be the look that failed: any 5xx, whatever its body says, as nothing tells whose failure it is, and a clip
 * that is paid for would be made anew. A request that failed says why in its body.
 */
export function readResult({ status, json }: Answered): JobStatus | undefined {
  if (status >= 200 && status < 300) {
    const { success, data } = resultAnswer.safeParse(json);
    return success ? { type: 'done', url: data.video.url } : undefined;
  }
  if (status >= 500) return undefined;
  const [fault] = faultsAnswer.safeParse(json).data?.detail ?? [];
  if (fault) {
    const { type: code, msg: said, loc } = fault;
    const failure = FAULTS.get(code) ?? (status === 422 ? 'bad-input' : undefined);
    return { type: 'failed', failure, about: aboutIn(loc), said, code };
  }
  const { success, data } = errorAnswer.safeParse(json);
  const code = success ? data.error_type : undefined;
  if (code === 'client_cancelled') return { type: 'gone' };
  if (code === undefined || code === 'internal_error' || OF_LOOKS.includes(status)) return undefined;
  return { type: 'failed', failure: 'transient', code };
}

/** With a class of error these are said to the one who asks: key refused, not found, too slow, too often. */
const OF_LOOKS: readonly number[] = [401, 403, 404, 408, 429];

/** Types of faults that the errors page names. */
const FAULTS: ReadonlyMap<string, PlainClass> = new Map<string, PlainClass>(
  Object.entries({
    content_policy_violation: 'moderation',
    no_media_generated: 'try-another',
    image_load_error: 'bad-input',
    image_too_small: 'bad-input',
    image_too_large: 'bad-input',
    file_too_large: 'bad-input',
    unsupported_image_format: 'bad-input',
    generation_timeout: 'transient',
    internal_server_error: 'transient',
    downstream_service_error: 'transient',
    downstream_service_unavailable: 'transient',
  }),
);

const aboutIn = (loc: readonly unknown[]): RequestPart | undefined =>
  partNamed(loc, { scene: 'prompt', picture: 'image_url' });

/** Of a 422: its first fault in words. */
export function readSaid(json: unknown): unknown {
  const [fault] = faultsAnswer.safeParse(json).data?.detail ?? [];
  return fault?.msg ?? errorAnswer.safeParse(json).data?.detail;
}

/** Of a 422: names of fields. */
export const readFault = (json: unknown): RequestPart | undefined =>
  aboutIn(faultsAnswer.safeParse(json).data?.detail.flatMap(({ loc }) => loc) ?? []);

/** Why a submit was certainly not taken. 5xx leave it open: nothing says that they are before the queue. */
export function readRefusal({ status, json, text }: Answered, scene: string): PlainClass | undefined {
  if (status < 400 || status >= 500) return undefined;
  const words =
    scene.trim() === '' ? text : text.replaceAll(scene, ' ').replaceAll(JSON.stringify(scene).slice(1, -1), ' ');
  switch (status) {
    case 401:
      return 'auth';
    case 402:
      return 'no-credits';
    case 403: // "User is locked. Reason: Exhausted balance. Top up your balance …"; locked otherwise, people have to look
      return /\b(balance|top.?up|credits?)\b/i.test(words) ? 'no-credits' : 'auth';
    case 404: // no such endpoint, or not any more
      return 'no-model';
    case 408: // the request did not arrive whole
      return 'transient';
    case 429:
      return isCapped(words) ? 'quota' : 'transient';
    case 422: {
      const types = faultsAnswer.safeParse(json).data?.detail.map(({ type }) => type) ?? [];
      return types.includes('content_policy_violation') ? 'moderation' : 'bad-input';
    }
    case 400:
    case 413:
      return 'bad-input';
    default:
      return 'broken';
  }
}
