import type { RequestPart } from '../../task/failure.ts';
import type { Capabilities, Model, SubmitInput } from '../provider.ts';
import type { HttpCall } from './client.ts';
import type { Answered } from './exchange.ts';
import type { PlainClass } from './outcome.ts';

/** The ways of one service, as far as they differ from the others'; `createHttpProvider` makes a provider of it. */
export interface ProviderProtocol {
  name: string;
  /** Where the service has several: all of them, the usual one, and which setting names that. */
  models?: readonly Model[];
  model?: string;
  modelSetting?: string;
  capabilities: Capabilities;
  /** Credits that a clip of so many seconds costs. */
  credits(durationSeconds: number): number;
  /** Longest data URI that it takes, in characters. */
  maxImageChars: number;
  headers(secret: string): Record<string, string>;
  /** The call that makes a clip, or undefined where the service has none for such a request. `last`: the picture that it ends on. */
  submit(input: SubmitInput, image: string, last?: string): Pick<HttpCall, 'path' | 'body'> | undefined;
  /** The service's own id for the job, from an answer of 2xx to a submit; undefined where it cannot be read. */
  readAccepted(json: unknown, input: SubmitInput): string | undefined;
  /** The same of a job that a callback named, which a model made; its own where it is that one. */
  jobCalled?(externalId: string, model: string | undefined): string;
  /** Credits that it will cost, from the same answer, where it tells. */
  readEstimate?(json: unknown): number | undefined;
  /** Why any other answer means that the submit was certainly not taken; undefined where it may have been. */
  readRefusal(answer: Answered, scene: string): PlainClass | undefined;
  /** The part of the request that an answer finds fault with, where it tells. */
  readFault(json: unknown): RequestPart | undefined;
  /** The service's own words against a request, in such an answer. */
  readSaid?(json: unknown): unknown;
  /** Path of a job. The id is safe in it as it is. */
  job(externalId: string): string;
  /** The job as an answer tells of it; undefined where it cannot be read. */
  readJob(json: unknown, externalId: string): JobStatus | undefined;
  /**
   * Where the end of a job stands that `readJob` says has `ended`, and the end as that answer tells of it, by whichever status;
   * undefined where it tells nothing.
   */
  result?: { path(externalId: string): string; read(answer: Answered): JobStatus | undefined };
  /** The call that stops a job (and may delete the clip of one that has ended). */
  cancel?: { method: 'PUT' | 'DELETE'; path(externalId: string): string };
}

/** A job as a service tells of it. `id`: which one, where the answer says so. */
export type JobStatus = { id?: string | null } & (
  | { type: 'waiting' }
  | { type: 'rendering'; progress?: unknown }
  | { type: 'done'; url: string | null | undefined; credits?: number }
  /** Without a class: a code that nobody has heard of. `said`: the service's own words. */
  | {
      type: 'failed';
      failure: PlainClass | undefined;
      about?: RequestPart;
      said?: unknown;
      code?: unknown;
      credits?: number;
    }
  | { type: 'gone' }
  /** How is to be asked for; see `ProviderProtocol.result`. */
  | { type: 'ended' }
  /** A status that nobody has heard of. */
  | { type: 'odd'; status: string; progress?: unknown }
);
