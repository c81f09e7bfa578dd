import type { KeyStatus } from '../define-provider.ts';
import { checkKeyAt } from '../http/check-key.ts';
import type { CallOptions } from '../http/client.ts';
import type { Answered } from '../http/exchange.ts';
import { createHttpProvider, type HttpProviderOptions } from '../http/http-provider.ts';
import type { JobStatus, ProviderProtocol } from '../http/protocol.ts';
import type { Provider, SubmitInput } from '../provider.ts';
import { failureOf, partOf, readAccepted, readFault, readRefusal, readSaid, statusAnswer } from './answers.ts';
import { CAPABILITIES } from './capabilities.ts';

export interface AivideoapiOptions extends HttpProviderOptions {
  /** Stands before the key in the header. The vendor publishes none; half of the public clients send `Bearer `. */
  keyPrefix?: string;
  /** Jobs under way at once. */
  concurrency?: number;
}

/** The vendor publishes no limit (a guess): it is Runway's. */
const MAX_IMAGE_CHARS = 5_242_880;
/** 0 means "any" there; another fixed seed keeps a recorded 0 repeatable. */
const SEED_FOR_ZERO = 1;
/** A job that nobody has: asking for it costs nothing, and a key that is not known is refused before it is looked for. */
const NO_JOB = '00000000-0000-4000-8000-000000000000';

/**
 * gen4 through aivideoapi: one credit a clip, a callback when a job ends; no cancel and no look at the balance. The facts
 * are from the vendor's published description and public clients, and were never tried against the service.
 */
export const createAivideoapi = ({ keyPrefix, concurrency, ...rest }: AivideoapiOptions): Provider =>
  createHttpProvider(protocol(keyPrefix, concurrency), rest);

/** Asks for a job that nobody has. */
export const checkKey = (
  { baseUrl, keyPrefix }: Pick<AivideoapiOptions, 'baseUrl' | 'keyPrefix'>,
  key: string,
  how?: CallOptions,
): Promise<KeyStatus> =>
  checkKeyAt(baseUrl, { path: pathOf(NO_JOB), headers: headersOf(key, keyPrefix) }, keyStatus, how);

/** 404, 422 or an answer: it looked for the job. */
const keyStatus = ({ status }: Answered): KeyStatus =>
  status < 500 && status !== 429 ? { outcome: 'untold' } : { outcome: 'unreachable', reason: `HTTP ${status}` };

const headersOf = (secret: string, keyPrefix = '') => ({ authorization: `${keyPrefix}${secret}` });

const protocol = (keyPrefix: string | undefined, concurrency = CAPABILITIES.concurrency): ProviderProtocol => ({
  name: 'aivideoapi',
  capabilities: { ...CAPABILITIES, concurrency },
  credits: () => 1, // a free account has five calls; nothing says that ten seconds cost more
  maxImageChars: MAX_IMAGE_CHARS,
  headers: (secret) => headersOf(secret, keyPrefix),
  submit,
  readAccepted,
  readRefusal,
  readFault,
  readSaid,
  job: pathOf,
  readJob,
});

const pathOf = (uuid: string): string => `/status?uuid=${uuid}`;

/** A scene without words goes to the call that takes none, because an empty `text_prompt` is refused. */
function submit(input: SubmitInput, image: string) {
  const { scene, size, motion, seed, duration, endsOnPicture, callbackUrl } = input;
  const body = {
    img_prompt: image,
    model: 'gen4',
    flip: size.height > size.width, // portrait
    image_as_end_frame: endsOnPicture,
    // Published for gen2; that gen4 heeds it is unproven.
    motion: Math.round(motion),
    seed: seed === 0 ? SEED_FOR_ZERO : seed,
    time: duration,
    callback_url: callbackUrl,
  };
  if (scene.trim() === '') return { path: '/runway/generate/image', body };
  return { path: '/runway/generate/imageDescription', body: { ...body, text_prompt: scene } };
}

function readJob(json: unknown): JobStatus | undefined {
  const { success, data } = statusAnswer.safeParse(json);
  if (!success) return undefined;
  const { uuid: id, status, progress, url, error: said, error_code: code } = data;
  switch (status.trim().toLowerCase()) {
    case 'in queue':
      return { id, type: 'waiting' };
    case 'submitted':
      return { id, type: 'rendering', progress };
    case 'success':
      return { id, type: 'done', url };
    case 'failed':
      return { id, type: 'failed', failure: failureOf(code), about: partOf(code), said, code };
    default:
      return { id, type: 'odd', status, progress };
  }
}
