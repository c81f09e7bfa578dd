import type { Client } from 'discord.js';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { retry } from '../../../util/retry.ts';
import { PlatformRefused } from '../../platform.ts';
import type { Share } from '../shards.ts';
import type { Connection } from './gateway.ts';

const BACKOFF = { baseMs: 2_000, maxMs: 60_000 };

/** The connections of the shards that this process hears: one each, opened and closed as it is told. */
export function createConnections(deps: {
  /** Begins to connect. */
  connect: (shard: number, total: number) => Promise<Connection>;
  /** Something stands that did not before. */
  onReady: () => void;
  onRefused: (error: PlatformRefused) => void;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}) {
  const { connect, onReady, onRefused, clock, log } = deps;
  const open = new Map<number, ReturnType<typeof keepOpen>>();
  let total = 0;

  function keepOpen(shard: number) {
    const closing = new AbortController();
    let now: Connection | undefined;
    let wasReady = false;

    async function connected(): Promise<void> {
      const begun = await connect(shard, total);
      if (closing.signal.aborted) return begun.close();
      now = begun;
      await begun.ready.catch(async (error: unknown) => {
        await begun.close();
        throw error;
      });
      wasReady = true;
      onReady();
    }

    void retry(connected, {
      clock,
      backoff: BACKOFF,
      signal: closing.signal,
      whenThrown(error) {
        if (error instanceof PlatformRefused) return false;
        log.warn({ shard, why: error instanceof Error ? error.message : String(error) }, 'Discord cannot be reached');
        return true;
      },
    }).catch((error: unknown) => {
      if (error instanceof PlatformRefused) onRefused(error);
    });

    return {
      client: (): Client<true> | undefined => now?.client(),
      wasReady: (): boolean => wasReady,
      async close(): Promise<void> {
        closing.abort();
        await now?.close();
      },
    };
  }

  return {
    /** Resolves once those of all other shards are closed, and does not wait for those of new ones. */
    async hear(share: Share): Promise<void> {
      const gone = [...open].filter(([shard]) => share.total !== total || !share.shards.includes(shard));
      for (const [shard] of gone) open.delete(shard);
      await Promise.all(gone.map(([, each]) => each.close()));
      total = share.total;
      for (const shard of share.shards) if (!open.has(shard)) open.set(shard, keepOpen(shard));
    },
    /** Each has stood once. */
    wereReady: (): boolean => [...open.values()].every((each) => each.wasReady()),
    /** Of those that stand. */
    clients: (): Client<true>[] => [...open.values()].flatMap((each) => each.client() ?? []),
    /** Shards that nothing is heard of just now. */
    silent: (): number[] => [...open].flatMap(([shard, each]) => (each.client() ? [] : [shard])),
  };
}
