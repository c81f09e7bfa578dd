import type { Failure } from '../task/failure.ts';
import type { Size } from '../task/picture.ts';
import type { Understood } from '../task/understood.ts';

/** The limits of a provider, or of one of its models; asked before anything is submitted, so that a person hears of a limit before it costs. */
export interface Capabilities {
  /** Sizes a picture must have exactly, landscape and portrait. */
  sizes: Size[];
  /** Has more of a picture's pixels, where there are more: up to so many times a size each way. */
  oversample?: number;
  /** Lengths of clip on offer, in whole seconds, the shortest first. */
  durations: readonly number[];
  /** Longest scene text, in UTF-16 units. */
  maxSceneChars: number;
  /** A job is not polled more often than this, in milliseconds. */
  minPollMs: number;
  /** Jobs under way at once, over all processes. */
  concurrency: number;
  /** Whether a submit costs money: then one of unknown outcome is never repeated without a person's word. */
  paid: boolean;
  /** Makes a clip without a scene, too: the picture moves as it likes. */
  wordless?: boolean;
  /** `motion` means nothing to it. */
  ignoresMotion?: boolean;
  /** `seed` means nothing to it: each clip is another. */
  ignoresSeed?: boolean;
  /** Takes a picture that the clip is to end on, too. */
  lastFrame?: boolean;
  /** Its one picture may be how the clip ends, in place of how it begins. */
  endFrame?: boolean;
  /** Makes clips with sound where that is asked for; else they are silent. */
  sound?: boolean;
  /** Whether a submit takes a `callbackUrl`, called when the job ends. */
  callbacks?: boolean;
  /** Jobs live in this process: the lease is held while one renders, and one that is gone is simply run again. */
  local: boolean;
}

/** One model of a provider that has several. */
export interface Model {
  /** On record, and in calls of the service. */
  readonly name: string;
  /** For people. */
  readonly label: string;
  readonly capabilities: Capabilities;
  /** New requests may choose it; one that may not goes on with what was begun. */
  readonly isOffered: boolean;
  /** Credits that a clip costs. */
  credits(clip: Pick<SubmitInput, 'duration' | 'sound'>): number;
}

/** One clip to make. The picture has one of `Capabilities.sizes` already, or with `oversample` more pixels of that shape. */
export interface SubmitInput {
  /** Name of one of `Provider.models`; absent: the usual one. */
  model?: string;
  picture: Uint8Array;
  /** The picture that the clip ends on, in the same size; only where `Capabilities.lastFrame`. */
  lastPicture?: Uint8Array;
  /** Of the clip. */
  size: Size;
  /** Of the picture as it came, before it was made to fit. */
  original?: Size;
  scene: string;
  /** How much moves: 1 (hardly) to 10 (a lot). */
  motion: number;
  /** 0 to 4294967295. */
  seed: number;
  /** Seconds. */
  duration: number;
  /** The picture is how the clip ends; only where `Capabilities.endFrame`. */
  endsOnPicture?: boolean;
  /** The picture is the last frame of a clip, which this one is joined to. */
  goesOn?: boolean;
  /** With sound; only where `Capabilities.sound`. */
  sound?: boolean;
  /** Name of the key to submit with, one of `Provider.keys`. */
  key?: string;
  /** Called by the provider when the job ends; only where `Capabilities.callbacks`. */
  callbackUrl?: string;
}

/** The three outcomes of a submit. `refused` means certainly not accepted; all that is not certain is `unknown`. */
export type Submitted =
  /** `credits`: what it will cost, where the provider tells. */
  | { outcome: 'accepted'; jobId: string; credits?: number }
  | { outcome: 'refused'; failure: Failure; retryAfterMs?: number }
  | { outcome: 'unknown'; reason: string };

/** The result of a look at a job. `open` streams the clip's bytes; where they come from stays inside the adapter. */
export type Verdict =
  | { outcome: 'waiting' }
  | { outcome: 'rendering'; progress?: number }
  /** `host`: who has the clip, where that is not this machine. `credits`: what it cost, where the provider tells. */
  | {
      outcome: 'succeeded';
      host?: string;
      credits?: number;
      open: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;
    }
  /** `credits`: what it cost all the same, where the provider tells. */
  | { outcome: 'failed'; failure: Failure; credits?: number }
  /** The job is certainly gone without a verdict. */
  | { outcome: 'lost' }
  /** We could not look; says nothing about the job. */
  | { outcome: 'unreachable'; reason: string; retryAfterMs?: number };

/** The port to a renderer. One job is one clip. */
export interface Provider {
  /** Recorded with each task; a running job is only ever asked of the provider that took it. */
  readonly name: string;
  /** Those of the usual model; of any other `capabilitiesOf` tells. */
  readonly capabilities: Capabilities;
  /** The usual one of `models`. */
  readonly model?: string;
  /** All that it knows, the usual one first among those on offer; absent where it has one alone. */
  readonly models?: readonly Model[];
  /** Names of the keys it may submit with, in the order they are used; absent where it needs none. */
  readonly keys?: readonly string[];
  /** What it makes of a scene, where that is less than the scene says. */
  understood?(scene: string): Understood;
  /** Credits that a clip of so many seconds costs, by the usual model; absent where it is free. */
  credits?(durationSeconds: number): number;
  /** The id of the job that a callback named, for an attempt made with that key and model whose answer never came. */
  jobOfCallback?(externalId: string, key: string | undefined, model?: string): string;
  /**
   * Never throws for what the service does; a programming error throws. Job ids are the adapter's own: they hold the name
   * of the key too, so that a job is only ever asked of the key that made it.
   * `mayCall` is asked once there is a connection, right before the first byte: where it is false nothing is sent.
   */
  submit(input: SubmitInput, signal: AbortSignal, mayCall?: () => boolean): Promise<Submitted>;
  /** `scene`: what the job was asked for with, which no reason of a failure may quote. */
  poll(jobId: string, signal: AbortSignal, scene?: string): Promise<Verdict>;
  /** Stops a job upstream. Absent where the service cannot. */
  cancel?(jobId: string): Promise<void>;
  /** The newest frame of a job that is rendered on this machine, as a small JPEG; undefined where there is none now. */
  glimpse?(jobId: string): Promise<Uint8Array | undefined>;
  /** Frees what a finished job still holds here (scratch files). Called once its clip is ours. */
  release?(jobId: string): Promise<void>;
  close(): Promise<void>;
}
