import type { ContentfulStatusCode } from 'hono/utils/http-status';

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
}
