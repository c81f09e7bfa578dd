import type { Clock } from '../../../util/clock.ts';
import { retry } from '../../../util/retry.ts';
import type { ApiResult } from './api.ts';

const MAX_TRIES = 4;
const BACKOFF = { baseMs: 300, maxMs: 2_000 };
const MAX_WAIT_MS = 5_000;

/** Makes a call that may be made twice, and again where it failed for the moment: a single 502 is nobody's trouble. */
export const idempotent = <T>(
  call: () => Promise<ApiResult<T>>,
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
): Promise<ApiResult<T>> =>
  retry(call, {
    clock,
    signal,
    backoff: BACKOFF,
    when(said, tries) {
      if (said.outcome === 'done' || tries >= MAX_TRIES) return false;
      const { failure } = said;
      if (failure.type === 'flood') return failure.retryAfterMs <= MAX_WAIT_MS && { afterMs: failure.retryAfterMs };
      return failure.type === 'unknown' || failure.type === 'unreached';
    },
  });
