import { createSemaphore, type Semaphore } from '../../../util/semaphore.ts';
import { type Child, ChildGone, startChild } from './child.ts';
import type {
  Answer,
  ConvertedPicture,
  ConvertOptions,
  FitOptions,
  FittedPicture,
  SheetOptions,
  Work,
} from './requests.ts';

/** A picture's bytes, from their beginning each time it is called. */
export type ReadPicture = () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Decodes pictures in a process of their own. Each method throws `BadPicture` for one that cannot be used, whatever it does
 * to that process, and any other error where this machine failed.
 */
export interface Decoder {
  /** Makes a stranger's picture fit. When the signal aborts, it ends at once with that reason. */
  fit(picture: ReadPicture, options: FitOptions, signal?: AbortSignal): Promise<FittedPicture>;
  /** Puts a picture that was fitted in another form; never waits for one that is being fitted. Throws `NoRoom` where too many wait. */
  convert(picture: ReadPicture, options: ConvertOptions): Promise<ConvertedPicture>;
  /** Puts thumbnails on one picture; never waits for one that is being fitted. */
  sheet(pictures: ReadPicture, options: SheetOptions): Promise<ConvertedPicture>;
  close(): Promise<void>;
}

/** Where tests run the TypeScript as it is, what `compile.js` made of it. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../dist/src/media/pictures/decoder/program.js' : './program.js',
  import.meta.url,
);
/** The slowest that has to be taken, 49 megapixels as an AVIF full of noise, takes 5.4 s. */
const MAX_COMPUTE_MS = 12_000;
/** A start takes a fifth of a second, and what has nothing to do takes 70 MB. */
const IDLE_MS = 30_000;
/** Each is the fault of another picture. */
const MAX_TRIES = 5;
/** Thumbnails and the like that wait for their turn. */
const MAX_WAITING = 500;

/**
 * Make one per process of the program. Pictures are fitted one at a time, since a small machine has room once for what one
 * may take; the next one's bytes are copied meanwhile. The process is started when there is something to do.
 */
export function createDecoder({
  program = PROGRAM,
  maxComputeMs = MAX_COMPUTE_MS,
  idleMs = IDLE_MS,
}: {
  program?: URL | string;
  /** A picture that has the process compute for longer is refused; see `limits.ts`. */
  maxComputeMs?: number;
  idleMs?: number;
} = {}): Decoder {
  const fits = createSemaphore({ room: 2 });
  const oneFit = createSemaphore();
  const conversions = createSemaphore({ maxWaiting: MAX_WAITING });
  let current: Promise<Child> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let users = 0;
  let ids = 0;
  let closed = false;

  function start(): Promise<Child> {
    if (closed) throw new Error('The decoder of pictures is closed.');
    const forget = () => {
      if (current === starting) current = undefined;
    };
    const starting = startChild({ program, maxComputeMs, onEnd: forget });
    starting.catch(forget);
    return starting;
  }

  const endChild = (): Promise<void> | undefined =>
    current?.then(
      (child) => child.end(),
      () => {},
    );

  async function work(
    picture: ReadPicture,
    what: Work,
    { turn, signal }: { turn?: Semaphore; signal?: AbortSignal } = {},
  ): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      current ??= start();
      const child = await current;
      const id = ++ids;
      try {
        await child.send(id, picture(), signal);
        const ask = () => child.ask(id, what, signal);
        return await (turn ? turn(ask, { signal }) : ask());
      } catch (error) {
        child.drop(id);
        if (!(error instanceof ChildGone) || tries === MAX_TRIES) throw error;
      }
    }
  }

  async function inUse<T>(use: () => Promise<T>): Promise<T> {
    clearTimeout(idle);
    users++;
    try {
      return await use();
    } finally {
      users--;
      if (users === 0) idle = setTimeout(endChild, idleMs).unref();
    }
  }

  const converted = (picture: ReadPicture, what: Work): Promise<ConvertedPicture> =>
    inUse(async () => {
      const answer = await conversions(() => work(picture, what));
      if (answer.type !== 'converted') throw new TypeError(`the decoder answers ${answer.type}`);
      return answer.converted;
    });

  return {
    fit: (picture, options, signal) =>
      inUse(async () => {
        signal?.throwIfAborted();
        const answer = await fits(() => work(picture, { type: 'fit', options }, { turn: oneFit, signal }), { signal });
        if (answer.type !== 'fitted') throw new TypeError(`the decoder answers ${answer.type}`);
        return answer.fitted;
      }),
    convert: (picture, options) => converted(picture, { type: 'convert', options }),
    sheet: (pictures, options) => converted(pictures, { type: 'sheet', options }),
    async close() {
      closed = true;
      clearTimeout(idle);
      await endChild();
    },
  };
}
