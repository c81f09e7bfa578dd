import { Api } from 'grammy';
import { agentFor } from '../../../net/agents.ts';
import { DIRECT, type Network } from '../../../net/network.ts';
import { withDeadline } from '../../../util/with-deadline.ts';
import { failureOf, type TelegramFailure } from './errors.ts';

/** The outcome of a call; errors stay behind it. */
export type ApiResult<T> = { outcome: 'done'; result: T } | { outcome: 'failed'; failure: TelegramFailure };

/** Unless a call says otherwise: nothing of any size moves. */
const TIMEOUT_MS = 15_000;

type Signal = NonNullable<Parameters<Api['getMe']>[0]>;
/** grammY's types name a polyfill's signal; Node's own does all that is used of it. */
const isSignal = (signal: unknown): signal is Signal => signal instanceof AbortSignal;
function asSignal(signal: unknown): Signal {
  if (!isSignal(signal)) throw new TypeError('not a signal');
  return signal;
}

/** One call, made with the signal that ends it. */
export type Work<T> = (api: Api, signal: Signal) => Promise<T>;

export type Telegram = ReturnType<typeof createApi>;

/** The one way to the Bot API: one attempt a call, no redirects (the address holds the token), no hidden retries. */
export function createApi({ token, apiRoot, network = DIRECT }: { token: string; apiRoot: string; network?: Network }) {
  const agent = agentFor(network, new URL(apiRoot), { keepAlive: true });
  const config = { compress: true, redirect: 'error' } as const;
  const api = new Api(token, { apiRoot, baseFetchConfig: agent ? { ...config, agent } : config });
  return {
    /** Calls once. A refusal of Telegram's comes back as `failure`, never as an error. */
    async call<T>(
      work: Work<T>,
      { timeoutMs = TIMEOUT_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
    ): Promise<ApiResult<T>> {
      try {
        const result = await withDeadline(timeoutMs, signal, (either) => work(api, asSignal(either)));
        return { outcome: 'done', result };
      } catch (error) {
        return { outcome: 'failed', failure: failureOf(error) };
      }
    },
  };
}
