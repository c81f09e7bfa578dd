import { Pool } from 'undici';
import { connectorFor } from '../../net/agents.ts';
import { DIRECT, type Network } from '../../net/network.ts';
import { type ExchangeLimits, exchange, type HttpResult } from './exchange.ts';

/** How long the parts of a call may take, in milliseconds. */
export interface CallTimeouts {
  connectMs: number;
  /** From the request to the head of the answer; sending some megabytes of picture counts too. */
  headersMs: number;
  /** Between two pieces of the answer. */
  bodyMs: number;
  /** All of it: an answer that drips in for ever ends here. */
  totalMs: number;
  /** Calls under way may go on for so long once we close. */
  closeMs: number;
}

const CALL_TIMEOUTS: CallTimeouts = {
  connectMs: 10_000,
  headersMs: 40_000,
  bodyMs: 10_000,
  totalMs: 60_000,
  closeMs: 2_000,
};

export interface HttpCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL, with its query. */
  path: string;
  headers: Record<string, string>;
  body?: object;
}

/** When a call is given up, or not even begun. */
export type CallLimits = Omit<ExchangeLimits, 'totalMs'>;

/** By which way calls go, and how long they may take. */
export interface CallOptions {
  timeouts?: Partial<CallTimeouts>;
  network?: Network;
}

export interface HttpOptions extends CallOptions {
  baseUrl: string;
}

/** The way to one provider. */
export function createHttp({ baseUrl, timeouts: given, network = DIRECT }: HttpOptions) {
  const timeouts = { ...CALL_TIMEOUTS, ...given };
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  const pool = new Pool(base.origin, {
    connect: connectorFor(network, { timeoutMs: timeouts.connectMs }),
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    // A connection for each call: one kept open may be closed by the other side just as a submit goes out on it, and then
    // nobody knows whether that was taken. Calls are few; a handshake costs less than a doubt.
    pipelining: 0,
  });
  let closing: Promise<void> | undefined;
  return {
    /** Makes one call, once. Follows no redirect: it is an answer like any other. Never throws. */
    call({ method, path, headers, body }: HttpCall, limits?: CallLimits): Promise<HttpResult> {
      const content = body && { 'content-type': 'application/json' };
      return exchange(
        pool,
        {
          method,
          path: `${prefix}${path}`,
          headers: { accept: 'application/json', 'user-agent': 'kinora', ...content, ...headers },
          body: body ? JSON.stringify(body) : null,
        },
        { totalMs: timeouts.totalMs, ...limits },
      );
    },
    /** Lets calls under way finish for a moment, then cuts them. */
    close(): Promise<void> {
      closing ??= closePool(pool, timeouts.closeMs);
      return closing;
    },
  };
}

async function closePool(pool: Pool, graceMs: number): Promise<void> {
  const timer = setTimeout(() => void pool.destroy(), graceMs);
  await pool.close().catch(() => {});
  clearTimeout(timer);
}
