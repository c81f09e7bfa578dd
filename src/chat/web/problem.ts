import type { ErrorHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { StoreUnavailable } from '../../store/store.ts';
import type { Log } from '../../util/log.ts';
import { type WebEnv, words } from './env.ts';

/** A request that is refused: the status, and one sentence for the person. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: ContentfulStatusCode;
  /** When trying again makes sense, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  constructor(status: ContentfulStatusCode, sentence: string, retryAfterMs?: number) {
    super(sentence);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
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
    if (!(error instanceof Problem))
      log.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
    const problem = asProblem(error);
    const { status, message, headers } = problem;
    const isPerson = c.req.header('accept')?.includes('text/html') ?? false;
    return isPerson ? c.text(`${message}\n`, status, headers) : c.json({ error: message }, status, headers);
  };
}

/** What is told of an error. */
export function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  return error instanceof StoreUnavailable
    ? new Problem(503, words.web.recordDown)
    : new Problem(500, words.web.broken);
}
