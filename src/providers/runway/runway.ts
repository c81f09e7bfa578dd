import type { KeyStatus } from '../define-provider.ts';
import { checkKeyAt } from '../http/check-key.ts';
import type { CallOptions } from '../http/client.ts';
import type { Answered } from '../http/exchange.ts';
import { createHttpProvider, type HttpProviderOptions } from '../http/http-provider.ts';
import type { JobStatus, ProviderProtocol } from '../http/protocol.ts';
import type { Model, Provider, SubmitInput } from '../provider.ts';
import {
  failureOf,
  organizationAnswer,
  partOf,
  readAccepted,
  readEstimate,
  readFault,
  readRefusal,
  readSaid,
  taskAnswer,
} from './answers.ts';
import { type RunwayModel, runwayModels } from './models.ts';

export interface RunwayOptions extends HttpProviderOptions {
  /** The usual one. */
  model: RunwayModel;
  /** Those that requests may choose beside it. */
  offered?: readonly RunwayModel[];
  /** Jobs under way at once. */
  concurrency?: number;
}

/** The version of the vendor's description that all of this follows. */
const API_VERSION = '2024-11-06';
/** The vendor's limit, in characters of a data URI. */
const MAX_IMAGE_CHARS = 5_242_880;

/** gen4 at Runway itself, by the vendor's published description; never tried against the service. Knows no motion. */
export const createRunway = ({ model, offered = [], concurrency, ...rest }: RunwayOptions): Provider =>
  createHttpProvider(protocol(runwayModels({ usual: model, offered, concurrency })), rest);

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

const pathOf = (id: string): string => `/v1/tasks/${id}`;

/** `models`: the usual one first. */
function protocol(models: readonly Model[]): ProviderProtocol {
  const [usual] = models;
  if (!usual) throw new TypeError('Runway has a model at least');
  return {
    name: 'runway',
    models,
    model: usual.name,
    modelSetting: 'GEN4_MODEL',
    capabilities: usual.capabilities,
    credits: (duration) => usual.credits({ duration }),
    maxImageChars: MAX_IMAGE_CHARS,
    headers: headersOf,
    submit: (input, image, last) =>
      submit(models.find(({ name }) => name === input.model) ?? usual, input, image, last),
    readAccepted,
    readEstimate,
    readRefusal,
    readFault,
    readSaid,
    job: pathOf,
    readJob,
    cancel: { method: 'DELETE', path: pathOf },
  };
}

function submit({ name: model, capabilities: can }: Model, input: SubmitInput, image: string, last?: string) {
  const { scene, size, seed, duration, sound } = input;
  const worded = scene.trim() !== '';
  if (!can.wordless && !worded) return undefined; // must have words
  const first = { uri: image, position: 'first' };
  const body = {
    model,
    promptImage: last === undefined ? image : [first, { uri: last, position: 'last' }],
    promptText: worded ? scene : undefined,
    ratio: `${size.width}:${size.height}`,
    duration,
    seed,
    // Left out it is the vendor's choice, and costs more.
    audio: can.sound ? sound === true : undefined,
  };
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
      return { id, type: 'done', url: output?.[0], credits: cost?.credits };
    case 'FAILED':
      return { id, type: 'failed', failure: failureOf(code), about: partOf(code), said, code, credits: cost?.credits };
    case 'CANCELLED':
      return { id, type: 'gone' };
    default:
      return { id, type: 'odd', status, progress };
  }
}
