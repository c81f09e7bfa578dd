import { createHttpProvider, type HttpProviderOptions } from '../http/http-provider.ts';
import type { JobStatus, ProviderProtocol } from '../http/protocol.ts';
import type { Provider, SubmitInput } from '../provider.ts';
import { failureOf, readSubmit, statusAnswer } from './answers.ts';

export interface AivideoapiOptions extends Omit<HttpProviderOptions, 'secrets'> {
  keys: readonly string[];
  /** Stands before the key in the header. The vendor publishes none; half of the public clients send `Bearer `. */
  keyPrefix?: string;
  /** Jobs under way at once. The vendor publishes no limit: a guess. */
  concurrency?: number;
}

const CONCURRENCY = 5;
/** Neither limit is published (a guess): they are those of Runway, whose model this service sells on. */
const MAX_SCENE_CHARS = 1000;
const MAX_IMAGE_CHARS = 5_242_880;
/** 0 means "any" there; another fixed seed keeps a recorded 0 repeatable. */
const SEED_FOR_ZERO = 1;

/**
 * gen4 through aivideoapi: one credit a clip, a callback when a job ends; no cancel and no look at the balance. The facts
 * are from the vendor's published description and public clients, and were never tried against the service.
 */
export const createAivideoapi = ({ keys, keyPrefix, concurrency, ...rest }: AivideoapiOptions): Provider =>
  createHttpProvider(protocol(keyPrefix, concurrency), { ...rest, secrets: keys });

/** The header that carries the key. */
export const aivideoapiHeaders = (secret: string, keyPrefix = ''): Record<string, string> => ({
  authorization: `${keyPrefix}${secret}`,
});

const protocol = (keyPrefix: string | undefined, concurrency = CONCURRENCY): ProviderProtocol => ({
  name: 'aivideoapi',
  capabilities: {
    sizes: [
      { width: 1280, height: 720 },
      { width: 720, height: 1280 },
    ],
    durations: [5, 10],
    maxSceneChars: MAX_SCENE_CHARS,
    minPollMs: 5_000, // a guess: Runway's
    concurrency,
    paid: true,
    callbacks: true,
    local: false,
  },
  credits: () => 1, // a free account has five calls; nothing says that ten seconds cost more
  maxImageChars: MAX_IMAGE_CHARS,
  headers: (secret) => aivideoapiHeaders(secret, keyPrefix),
  submit,
  readSubmit,
  job: aivideoapiJobPath,
  readJob,
});

export const aivideoapiJobPath = (uuid: string): string => `/status?uuid=${uuid}`;

/** A scene without words goes to the call that takes none, because an empty `text_prompt` is refused. */
function submit({ scene, size, motion, seed, duration, callbackUrl }: SubmitInput, image: string) {
  const body = {
    img_prompt: image,
    model: 'gen4',
    flip: size.height > size.width, // portrait
    motion: Math.round(motion),
    seed: seed === 0 ? SEED_FOR_ZERO : seed,
    time: duration,
    ...(callbackUrl === undefined ? {} : { callback_url: callbackUrl }),
  };
  if (scene.trim() === '') return { path: '/runway/generate/image', body };
  return { path: '/runway/generate/imageDescription', body: { ...body, text_prompt: scene } };
}

function readJob(json: unknown): JobStatus | undefined {
  const { success, data } = statusAnswer.safeParse(json);
  if (!success) return undefined;
  const { uuid: id, status, progress, url, error_code: code } = data;
  switch (status.trim().toLowerCase()) {
    case 'in queue':
      return { id, is: 'waiting' };
    case 'submitted':
      return { id, is: 'rendering', progress };
    case 'success':
      return { id, is: 'done', url };
    case 'failed':
      return { id, is: 'failed', failure: failureOf(code), code };
    default:
      return { id, is: 'odd', status, progress };
  }
}
