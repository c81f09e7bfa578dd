import { DiscordAPIError, HTTPError, RateLimitError, REST, type RequestMethod } from 'discord.js';
import { Agent } from 'undici';
import type { z } from 'zod';
import { connectorFor } from '../../../net/agents.ts';
import { codeOf } from '../../../net/error-code.ts';
import { DIRECT, type Network } from '../../../net/network.ts';
import { StoreUnavailable } from '../../../store/store.ts';
import type { Clock } from '../../../util/clock.ts';
import { retry } from '../../../util/retry.ts';
import { withDeadline } from '../../../util/with-deadline.ts';
import { formOf, NotSent, requestBy, type Upload } from './wire.ts';

/** The outcome of one call, which nothing below repeats. */
export type DiscordResult = { outcome: 'done'; value: unknown } | DiscordFailure;

export type DiscordFailure =
  /** Discord said no, with its own code (0 where it gave none). */
  | { outcome: 'impossible'; code: number; status: number; reason: string }
  /** Certainly not done; it may be another time. `limited` as in `Sent`. */
  | { outcome: 'retry'; reason: string; retryAfterMs?: number; limited?: 'flood' | 'turn' }
  /** Perhaps done. */
  | { outcome: 'unknown'; reason: string };

/** The value of a call that was done; one that cannot be read leaves it open what was done. */
export function readDone<T>(
  schema: z.ZodType<T>,
  value: unknown,
): { outcome: 'read'; value: T } | Extract<DiscordFailure, { outcome: 'unknown' }> {
  const read = schema.safeParse(value);
  return read.success
    ? { outcome: 'read', value: read.data }
    : { outcome: 'unknown', reason: 'an answer that means nothing' };
}

/** The same of a call that may have failed. */
export const readResult = <T>(
  schema: z.ZodType<T>,
  called: DiscordResult,
): { outcome: 'read'; value: T } | DiscordFailure =>
  called.outcome === 'done' ? readDone(schema, called.value) : called;

export interface DiscordCall {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: `/${string}`;
  query?: Record<string, string>;
  body?: object;
  /** Goes along as `files[0]`; the body's `attachments` name it by id 0. */
  file?: Upload;
  /** From the first byte to the whole answer; 15 s without it. */
  timeoutMs?: number;
}

/** The reason where it was the token that was refused. */
export const TOKEN_REFUSED = 'Discord does not take the token';

const TIMEOUT_MS = 15_000;
const CONNECT_MS = 10_000;
/** Longer than any call may take: `DiscordCall.timeoutMs` counts. */
const REST_TIMEOUT_MS = 3_600_000;
/** After "401" nothing is called for so long: 10,000 such answers in ten minutes ban the address. */
const TOKEN_PAUSE_MS = 10 * 60_000;
/** The same after a 403 that is not Discord's own but of the wall in front of it. */
const BLOCKED_PAUSE_MS = 10 * 60_000;
/** Of the 50 calls a second that a bot has, so many are kept for what cannot be left out. */
const RESERVED_CALLS = 10;
/** Longer ones are nothing to wait for beside. */
const MAX_WAIT_MS = 10_000;
const MAX_TRIES = 3;
/** Limits are of seconds, those of a whole address of an hour. */
const MAX_LIMIT_MS = 3_600_000;
/** Less is drift, and costs nobody more than that. */
const SET_BACK_MS = 1_000;
/** Discord's REST API. */
export type Api = ReturnType<typeof createApi>;

/**
 * discord.js's client with everything off that acts by itself: it neither repeats nor waits, so that one call is one
 * attempt. It keeps the books of Discord's rate limits, and files are streamed.
 */
export function createApi({
  apiUrl,
  token,
  clock,
  network = DIRECT,
}: {
  apiUrl: string;
  token: string;
  clock: Clock;
  network?: Network;
}) {
  const connect = connectorFor(network, { timeoutMs: CONNECT_MS });
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: TIMEOUT_MS, connect });
  const rest = new REST({
    api: apiUrl,
    retries: 0,
    rejectOnRateLimit: () => true,
    timeout: REST_TIMEOUT_MS,
    makeRequest: requestBy(agent),
  }).setToken(token);
  let pausedUntil = 0;
  let wallAhead = Date.now() - performance.now();

  /** discord.js keeps its books by the machine's clock: set back, they would hold calls up until it is there again. */
  function forgetLimitsOfLater(): void {
    const ahead = Date.now() - performance.now();
    if (ahead < wallAhead - SET_BACK_MS) {
      rest.handlers.clear();
      rest.globalReset = 0;
    }
    wallAhead = ahead;
  }

  function failureOf(error: unknown): DiscordFailure {
    if (error instanceof StoreUnavailable) throw error;
    if (error instanceof RateLimitError) {
      const retryAfterMs = Math.min(Math.max(error.retryAfter, error.sublimitTimeout, 0), MAX_LIMIT_MS);
      // Those of one place are of seconds.
      const limited = retryAfterMs > MAX_WAIT_MS ? 'flood' : 'turn';
      return { outcome: 'retry', reason: 'rate limit', retryAfterMs: retryAfterMs || undefined, limited };
    }
    if (error instanceof DiscordAPIError) return refusalOf(error);
    if (error instanceof HTTPError) return { outcome: 'unknown', reason: `Discord says ${error.status}` };
    if (error instanceof NotSent) return { outcome: 'retry', reason: error.message };
    // Messages of discord.js for calls that it did not even begin.
    if (error instanceof Error && /^(Request aborted manually|Expected token)/.test(error.message))
      return { outcome: 'retry', reason: 'not begun' };
    return { outcome: 'unknown', reason: `no answer (${codeOf(error)})` };
  }

  /** Nothing is called for so long. */
  function pause(ms: number, reason: string): DiscordFailure {
    pausedUntil = clock.now() + ms;
    return { outcome: 'retry', reason, retryAfterMs: ms, limited: 'flood' };
  }

  function refusalOf({ code, status }: DiscordAPIError): DiscordFailure {
    if (status === 401) return pause(TOKEN_PAUSE_MS, TOKEN_REFUSED);
    const known = typeof code === 'number' ? code : 0;
    if (status === 403 && known === 0) return pause(BLOCKED_PAUSE_MS, 'Discord turns this address away');
    return { outcome: 'impossible', code: known, status, reason: `Discord says ${status}, code ${known}` };
  }

  return {
    async call(
      { method, path, query, body, file, timeoutMs = TIMEOUT_MS }: DiscordCall,
      signal?: AbortSignal,
    ): Promise<DiscordResult> {
      const leftMs = pausedUntil - clock.now();
      if (leftMs > 0)
        return { outcome: 'retry', reason: 'paused after a refusal', retryAfterMs: leftMs, limited: 'flood' };
      forgetLimitsOfLater();
      // discord.js drops the token at the first 401.
      rest.setToken(token);
      try {
        const value = await withDeadline(timeoutMs, signal, (signal) =>
          rest.request({
            method: method as RequestMethod,
            fullRoute: path,
            query: query && new URLSearchParams(query),
            ...(file ? { ...formOf(body, file), passThroughBody: true } : { body }),
            signal,
          }),
        );
        return { outcome: 'done', value };
      } catch (error) {
        return failureOf(error);
      }
    },
    /** Little is left of what may be called in this second: what can be left out should be. */
    isBusy: (): boolean => rest.globalRemaining < RESERVED_CALLS && Date.now() < rest.globalReset,
    async close(): Promise<void> {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
      await agent.destroy();
    },
  };
}

/** Makes a call again that the rate limit held back for a moment. A task's steps do without: they wait by themselves. */
export const patiently = (
  call: () => Promise<DiscordResult>,
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
): Promise<DiscordResult> =>
  retry(call, {
    clock,
    signal,
    when(called, tries) {
      const afterMs = called.outcome === 'retry' ? called.retryAfterMs : undefined;
      return afterMs !== undefined && afterMs <= MAX_WAIT_MS && tries < MAX_TRIES && { afterMs };
    },
  });
