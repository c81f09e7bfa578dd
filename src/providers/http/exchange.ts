import type { Dispatcher } from 'undici';
import { codeOf } from '../../net/error-code.ts';
import { retryAfterMs } from '../../net/retry-after.ts';

/** No answer that means anything is longer, in bytes. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** The reason where it was us who ended a call. */
export const STOPPED = 'stopped';

/** The result of a call. `reason`s are words of ours and error codes: nothing of the request or the answer is in them. */
export type HttpResult = Answered | Unanswered;

export interface Answered {
  outcome: 'answer';
  status: number;
  /** Empty where the answer broke off or was too long. */
  text: string;
  /** Undefined where it is no JSON. */
  json: unknown;
  retryAfterMs?: number;
}

export interface Unanswered {
  outcome: 'nothing';
  /** False only where certainly no byte left: refused, no such name, bad certificate, no connection in time. */
  sent: boolean;
  reason: string;
}

export interface ExchangeLimits {
  /** All of it may take so long. */
  totalMs: number;
  signal?: AbortSignal;
  /** Asked right before the first byte is written. */
  mayStart?: () => boolean;
}

/**
 * undici's own `request` does not tell whether a failed call had begun to be sent, so this listens one level deeper:
 * `onRequestStart` comes once there is a connection (TLS included), right before the first byte is written.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { totalMs, signal, mayStart }: ExchangeLimits,
): Promise<HttpResult> {
  return new Promise((resolve) => {
    let started: Dispatcher.DispatchController | undefined;
    let answer: { status: number; retryAfterMs?: number } | undefined;
    let bytes = 0;
    let over = false;
    const chunks: Buffer[] = [];

    const end = (called: HttpResult) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve(called);
      started?.abort(new Error('over')); // nothing where it has ended by itself
    };
    // Once the status is known a broken body does not take it back.
    const endEarly = (reason: string) =>
      end(
        answer
          ? { outcome: 'answer', ...answer, text: '', json: undefined }
          : { outcome: 'nothing', sent: started !== undefined, reason },
      );
    const stop = () => endEarly(STOPPED);
    const timer = setTimeout(() => endEarly('no whole answer in time'), totalMs);

    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop, { once: true });
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        // Given up while connecting, or not wanted any more: it stays unsent.
        if (!over && mayStart?.() === false) stop();
        if (over) return controller.abort(new Error('over'));
        started = controller;
      },
      onResponseStart(_controller, status, headers) {
        if (status < 200) return; // only says that there will be an answer
        answer = { status, retryAfterMs: retryAfterMs(headers) };
      },
      onResponseData(_controller, chunk) {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) return endEarly('an answer too long');
        chunks.push(chunk);
      },
      onResponseEnd() {
        if (!answer) return endEarly('no answer');
        const text = Buffer.concat(chunks).toString();
        end({ outcome: 'answer', ...answer, text, json: parse(text) });
      },
      onResponseError: (_controller, error) => endEarly(`no answer (${codeOf(error)})`),
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
