import type { ErrorHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Messages, messagesFor } from '../../messages/messages.ts';
import { StoreUnavailable } from '../../store/store.ts';
import type { Log } from '../../util/log.ts';
import { NoRoom } from '../../util/semaphore.ts';
import type { WebEnv } from './env.ts';
import { localeOf } from './language.ts';

/** What finds no room comes again after this. */
const BUSY_MS = 10_000;

/** A sentence for whoever reads it, or one that is in their language already. */
type Sentence = string | ((words: Messages) => string);

/** A request that is refused: the status, and one sentence for the person. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: ContentfulStatusCode;
  /** When trying again makes sense, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly #sentence: Sentence;
  constructor(status: ContentfulStatusCode, sentence: Sentence, retryAfterMs?: number) {
    super(`answered with ${status}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.#sentence = sentence;
  }
  sentence(locale: string): string {
    return typeof this.#sentence === 'string' ? this.#sentence : this.#sentence(messagesFor(locale));
  }
  get headers(): Record<string, string> {
    const { retryAfterMs } = this;
    return {
      'Cache-Control': 'no-store',
      ...(retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) }),
    };
  }
}

/** Turns an error into one sentence: as JSON for the page, as plain text for a person at the address bar. */
export function answerErrors(log: Pick<Log, 'error'>): ErrorHandler<WebEnv> {
  return (error, c) => {
    if (!(error instanceof Problem || error instanceof NoRoom))
      log.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
    const problem = asProblem(error);
    const { status, headers } = problem;
    const sentence = problem.sentence(localeOf(c));
    const isPerson = c.req.header('accept')?.includes('text/html') ?? false;
    return isPerson ? c.text(`${sentence}\n`, status, headers) : c.json({ error: sentence }, status, headers);
  };
}

/** What is told of an error. */
export function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof NoRoom) return new Problem(503, ({ web }) => web.busy, BUSY_MS);
  return error instanceof StoreUnavailable
    ? new Problem(503, ({ web }) => web.recordDown)
    : new Problem(500, ({ web }) => web.broken);
}
