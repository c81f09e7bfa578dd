import { createHttpProvider, type HttpProviderOptions } from '../http/http-provider.ts';
import type { JobStatus, ProviderProtocol } from '../http/protocol.ts';
import type { Provider, SubmitInput } from '../provider.ts';
import { failureOf, readSubmit, taskAnswer } from './answers.ts';

export type RunwayModel = 'gen4_turbo' | 'gen4.5';

export interface RunwayOptions extends HttpProviderOptions {
  model: RunwayModel;
  /** Jobs under way at once. The vendor's first tier runs one or two; more would only wait there. */
  concurrency?: number;
}

/** The version of the vendor's description that all of this follows. */
const API_VERSION = '2024-11-06';
const CONCURRENCY = 2;
/** The vendor's prices. */
const CREDITS_PER_SECOND: Record<RunwayModel, number> = { gen4_turbo: 5, 'gen4.5': 12 };
/** The vendor's limits: UTF-16 units of text, characters of a data URI. */
const MAX_SCENE_CHARS = 1000;
const MAX_IMAGE_CHARS = 5_242_880;

/** gen4 at Runway itself, by the vendor's published description; never tried against the service. Knows no motion. */
export const createRunway = ({ model, concurrency, ...rest }: RunwayOptions): Provider =>
  createHttpProvider(protocol(model, concurrency), rest);

/** What every call to Runway carries. */
export const runwayHeaders = (secret: string): Record<string, string> => ({
  authorization: `Bearer ${secret}`,
  'x-runway-version': API_VERSION,
});

const protocol = (model: RunwayModel, concurrency = CONCURRENCY): ProviderProtocol => ({
  name: 'runway',
  model,
  capabilities: {
    sizes: [
      { width: 1280, height: 720 },
      { width: 720, height: 1280 },
    ],
    durations: [5, 10],
    maxSceneChars: MAX_SCENE_CHARS,
    minPollMs: 5_000, // "should not expect updates more frequent than once every five seconds"
    concurrency,
    paid: true,
    ignoresMotion: true,
    local: false,
  },
  credits: (durationSeconds) => CREDITS_PER_SECOND[model] * durationSeconds,
  maxImageChars: MAX_IMAGE_CHARS,
  headers: runwayHeaders,
  submit: (input, image) => submit(model, input, image),
  readSubmit,
  job: (id) => `/v1/tasks/${id}`,
  readJob,
  deletes: true,
});

function submit(model: RunwayModel, { scene, size, seed, duration }: SubmitInput, promptImage: string) {
  const worded = scene.trim() !== '';
  if (model === 'gen4.5' && !worded) return undefined; // must have words
  const ratio = `${size.width}:${size.height}`;
  const body = { model, promptImage, ...(worded ? { promptText: scene } : {}), ratio, duration, seed };
  return { path: '/v1/image_to_video', body };
}

function readJob(json: unknown): JobStatus | undefined {
  const { success, data } = taskAnswer.safeParse(json);
  if (!success) return undefined;
  const { id, status, progress, output, failureCode: code, cost } = data;
  switch (status) {
    case 'PENDING':
    case 'THROTTLED': // over the tier's limit: waits there
      return { id, is: 'waiting' };
    case 'RUNNING':
      return { id, is: 'rendering', progress };
    case 'SUCCEEDED':
      return { id, is: 'done', url: output?.[0] };
    case 'FAILED':
      return { id, is: 'failed', failure: failureOf(code), code, credits: cost?.credits };
    case 'CANCELLED':
      return { id, is: 'gone' };
    default:
      return { id, is: 'odd', status, progress };
  }
}
