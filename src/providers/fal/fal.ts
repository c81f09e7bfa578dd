import type { KeyStatus } from '../define-provider.ts';
import { checkKeyAt } from '../http/check-key.ts';
import type { CallOptions } from '../http/client.ts';
import type { Answered } from '../http/exchange.ts';
import { createHttpProvider, type HttpProviderOptions } from '../http/http-provider.ts';
import type { ProviderProtocol } from '../http/protocol.ts';
import type { Model, Provider, SubmitInput } from '../provider.ts';
import {
  jobCalled,
  pathOf,
  readAccepted,
  readFault,
  readRefusal,
  readResult,
  readSaid,
  readStatus,
} from './answers.ts';
import { type FalModel, falModels, rowNamed, rowOf } from './models.ts';

export interface FalOptions extends HttpProviderOptions {
  /** Those that requests may choose, the usual one first. */
  offered: readonly [FalModel, ...FalModel[]];
  /** Jobs under way at once. */
  concurrency?: number;
}

/** A guess: models take files of ten megabytes and more, and how much may stand in a body is not published. */
const MAX_IMAGE_CHARS = 5_242_880;
/** A request that nobody has made: asking for it costs nothing, and a key that is not known is refused before it is looked for. */
const NO_REQUEST = '00000000-0000-4000-8000-000000000000';

/**
 * fal's queue: submit, status, result, cancel, and a call when a request has ended. It has no key that makes a submit safe to
 * repeat, so one of unknown outcome stays in doubt. By itself it runs a request again whose runner failed, unless it is told
 * not to (`x-fal-no-retry`): whether both were charged nobody could tell. For the same reason, and because another model
 * may cost another price, it must not take another endpoint by itself (`x-app-fal-disable-fallback`, of inference/fallback-chains).
 */
export const createFal = ({ offered, concurrency, ...rest }: FalOptions): Provider =>
  createHttpProvider(protocol(offered[0], falModels(offered, concurrency)), rest);

/** Asks for a request that nobody has made. */
export const checkKey = (
  { baseUrl, offered }: Pick<FalOptions, 'baseUrl' | 'offered'>,
  key: string,
  how?: CallOptions,
): Promise<KeyStatus> => {
  const path = pathOf(jobCalled(NO_REQUEST, rowOf(offered[0]).endpoint), '/status');
  return checkKeyAt(baseUrl, { path, headers: headersOf(key) }, keyStatus, how);
};

const keyStatus = ({ status }: Answered): KeyStatus =>
  status < 500 && status !== 429 ? { outcome: 'untold' } : { outcome: 'unreachable', reason: `HTTP ${status}` };

const headersOf = (secret: string): Record<string, string> => ({
  authorization: `Key ${secret}`,
  'x-fal-no-retry': '1',
  'x-app-fal-disable-fallback': 'true',
});

function protocol(usual: FalModel, models: readonly Model[]): ProviderProtocol {
  const model = models.find(({ name }) => name === usual);
  if (!model) throw new TypeError(`fal has no model ${usual}`);
  const endpointOf = (name?: string) => rowNamed(name, usual).endpoint;
  return {
    name: 'fal',
    models,
    model: usual,
    modelSetting: 'FAL_MODELS',
    capabilities: model.capabilities,
    credits: (duration) => model.credits({ duration }),
    maxImageChars: MAX_IMAGE_CHARS,
    headers: headersOf,
    submit: (input, first, last) => submit(rowNamed(input.model, usual), input, { first, last }),
    readAccepted: (json, { model: name }) => readAccepted(json, endpointOf(name)),
    readRefusal,
    readFault,
    readSaid,
    job: (id) => pathOf(id, '/status'),
    readJob: readStatus,
    result: { path: (id) => pathOf(id), read: readResult },
    cancel: { method: 'PUT', path: (id) => pathOf(id, '/cancel') },
    jobCalled: (requestId, name) => jobCalled(requestId, endpointOf(name)),
  };
}

function submit(
  { endpoint, input }: ReturnType<typeof rowOf>,
  clip: SubmitInput,
  images: { first: string; last?: string },
) {
  if (clip.scene.trim() === '') return undefined; // must have words
  const query = clip.callbackUrl === undefined ? '' : `?${new URLSearchParams({ fal_webhook: clip.callbackUrl })}`;
  return { path: `/${endpoint}${query}`, body: input(clip, images) };
}
