import { Agent, fetch } from 'undici';
import { connectorFor } from '../net/agents.ts';
import type { Network } from '../net/network.ts';
import { type Check, fine, off, type SetUp } from './check.ts';

const ASK_MS = 10_000;
/** Answers may be on their way for some seconds, and tell whole ones. */
const DRIFT_MS = 60_000;

/** Compares this machine's clock with the first service that tells the time. */
export const clockCheck: Check = {
  name: 'Clock',
  of: 'set-up',
  async look({ network, ...parts }) {
    for (const address of addressesOf(parts)) {
      const told = await timeAt(address, network);
      if (told === undefined) continue;
      const ahead = Date.now() - told;
      if (Math.abs(ahead) < DRIFT_MS) return [fine('is right')];
      return [
        off(
          `This machine’s clock is ${Math.round(Math.abs(ahead) / DRIFT_MS)} min ${ahead > 0 ? 'ahead' : 'behind'}. Set it, or let it be set by a time server.`,
        ),
      ];
    }
    return [];
  },
};

const addressesOf = ({ providers, platforms }: Pick<SetUp, 'providers' | 'platforms'>): string[] =>
  [...platforms, ...providers].flatMap(({ address }) => address ?? []);

/** The time that its answer tells, whatever it answers; undefined where there is none. */
async function timeAt(address: string, network: Network): Promise<number | undefined> {
  const dispatcher = new Agent({ connect: connectorFor(network, { timeoutMs: ASK_MS }) });
  try {
    const { headers, body } = await fetch(new URL('/', address), {
      dispatcher,
      redirect: 'manual',
      signal: AbortSignal.timeout(ASK_MS),
    });
    await body?.cancel();
    return Date.parse(headers.get('date') ?? '') || undefined;
  } catch {
    return undefined;
  } finally {
    await dispatcher.destroy();
  }
}
