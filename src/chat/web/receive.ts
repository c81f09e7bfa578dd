import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

/** A body whose sender stalls or drips for so long is given up. */
const PATIENCE_MS = 20_000;
/** In each span of patience so much must come, in bytes: a drip is no upload. */
const PORTION_BYTES = 64 * 1024;

/** A body that is being read. */
export interface Receiving {
  /** Rejects with a `Problem`, or with what `put` throws or rejects with. */
  whole: Promise<void>;
  /** How long its present portion is awaited, in milliseconds; waiting for `put` does not count. */
  slowForMs(): number;
  /** Reads no more of it. */
  end(why: unknown): void;
}

/** Reads a body as it comes. Where `put` gives a promise, what follows stays on the wire until then. */
export function receive(
  incoming: IncomingMessage,
  { patienceMs = PATIENCE_MS, put }: { patienceMs?: number; put: (chunk: Buffer) => Promise<void> | undefined },
): Receiving {
  let end: Receiving['end'] = () => {};
  let timer: NodeJS.Timeout | undefined;
  let since = performance.now();
  let lastAt = since;
  let portion = 0;
  let waiting: Promise<void> | undefined;

  /** Awaits the next portion. */
  function begin(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const isQuiet = performance.now() - lastAt > patienceMs / 2;
      end(new Problem(408, ({ web }) => (isQuiet ? web.stalled : web.tooSlow)));
    }, patienceMs);
    since = performance.now();
    portion = 0;
  }

  const whole = new Promise<void>((resolve, reject) => {
    let over = false;
    function take(chunk: Buffer): void {
      lastAt = performance.now();
      portion += chunk.length;
      try {
        waiting = put(chunk);
        if (waiting) wait(waiting);
        else if (portion >= PORTION_BYTES) begin();
      } catch (problem) {
        end(problem);
      }
    }
    function wait(room: Promise<void>): void {
      clearTimeout(timer);
      incoming.pause();
      room.then(() => {
        if (over) return;
        waiting = undefined;
        begin();
        incoming.resume();
      }, end);
    }
    function stop(): void {
      over = true;
      clearTimeout(timer);
      incoming.off('data', take).off('end', done).off('close', cut).off('error', cut);
    }
    /** The last of it may wait still: a body that is paused may end all the same. */
    function done(): void {
      stop();
      if (waiting) waiting.then(resolve, reject);
      else resolve();
    }
    const cut = () => end(new Problem(400, ({ web }) => web.cutOff));
    end = (why) => {
      stop();
      incoming.pause();
      reject(why);
    };
    begin();
    // It went away before it was looked at.
    if (incoming.destroyed) cut();
    else incoming.on('data', take).on('end', done).on('close', cut).on('error', cut);
  });
  return { whole, slowForMs: () => performance.now() - since, end: (why) => end(why) };
}
