import type { KeyStatus } from '../define-provider.ts';
import { checkKeyAt } from '../http/check-key.ts';
import type { CallOptions } from '../http/client.ts';
import type { Answered } from '../http/exchange.ts';
import { createHttpProvider, type HttpProviderOptions } from '../http/http-provider.ts';
import type { JobStatus, ProviderProtocol } from '../http/protocol.ts';
import type { Provider, SubmitInput } from '../provider.ts';
import { failureOf, organizationAnswer, partOf, readAccepted, readFault, readRefusal, taskAnswer } from './answers.ts';
import { CAPABILITIES } from './capabilities.ts';

export type RunwayModel = 'gen4_turbo' | 'gen4.5';

export interface RunwayOptions extends HttpProviderOptions {
  model: RunwayModel;
  /** Jobs under way at once. */
  concurrency?: number;
}

/** The version of the vendor's description that all of this follows. */
const API_VERSION = '2024-11-06';
/** The vendor's prices. */
const CREDITS_PER_SECOND: Record<RunwayModel, number> = { gen4_turbo: 5, 'gen4.5': 12 };
/** The vendor's limit, in characters of a data URI. */
const MAX_IMAGE_CHARS = 5_242_880;

/** gen4 at Runway itself, by the vendor's published description; never tried against the service. Knows no motion. */
export const createRunway = ({ model, concurrency, ...rest }: RunwayOptions): Provider =>
  createHttpProvider(protocol(model, concurrency), rest);

/** Asks for the balance. */
export const checkKey = (
  { baseUrl }: Pick<RunwayOptions, 'baseUrl'>,
  key: string,
  how?: CallOptions,
): Promise<KeyStatus> => checkKeyAt(baseUrl, { path: '/v1/organization', headers: headersOf(key) }, keyStatus, how);

function keyStatus({ status, json }: Answered): KeyStatus {
  if (status !== 200) return { outcome: 'unreachable', reason: `HTTP ${status}` };
  const { success, data } = organizationAnswer.safeParse(json);
  if (!success) return { outcome: 'unreachable', reason: 'an answer that cannot be read' };
  return { outcome: 'works', credits: data.creditBalance };
}

/** The headers of every call. */
const headersOf = (secret: string): Record<string, string> => ({
  authorization: `Bearer ${secret}`,
  'x-runway-version': API_VERSION,
});

const protocol = (model: RunwayModel, concurrency = CAPABILITIES.concurrency): ProviderProtocol => ({
  name: 'runway',
  model,
  modelSetting: 'GEN4_MODEL',
  // gen4.5 must have words.
  capabilities: { ...CAPABILITIES, concurrency, wordless: model === 'gen4_turbo' },
  credits: (durationSeconds) => CREDITS_PER_SECOND[model] * durationSeconds,
  maxImageChars: MAX_IMAGE_CHARS,
  headers: headersOf,
  submit: (input, image) => submit(model, input, image),
  readAccepted,
  readRefusal,
  readFault,
  job: (id) => `/v1/tasks/${id}`,
  readJob,
  deletes: true,
});

function submit(model: RunwayModel, { scene, size, seed, duration }: SubmitInput, promptImage: string) {
  const worded = scene.trim() !== '';
  if (model === 'gen4.5' && !worded) return undefined; // must have words
  const ratio = `${size.width}:${size.height}`;
  const body = { model, promptImage, promptText: worded ? scene : undefined, ratio, duration, seed };
  return { path: '/v1/image_to_video', body };
}

function readJob(json: unknown): JobStatus | undefined {
  const { success, data } = taskAnswer.safeParse(json);
  if (!success) return undefined;
  const { id, status, progress, output, failure: said, failureCode: code, cost } = data;
  switch (status) {
    case 'PENDING':
    case 'THROTTLED': // over the tier's limit: waits there
      return { id, type: 'waiting' };
    case 'RUNNING':
      return { id, type: 'rendering', progress };
    case 'SUCCEEDED':
      return { id, type: 'done', url: output?.[0] };
    case 'FAILED':
      return { id, type: 'failed', failure: failureOf(code), about: partOf(code), said, code, credits: cost?.credits };
    case 'CANCELLED':
      return { id, type: 'gone' };
    default:
      return { id, type: 'odd', status, progress };
  }
}
