import type { IIdentifyThrottler } from 'discord.js';
import { Agent } from 'undici';
import { connectorFor } from '../../../net/agents.ts';
import type { Network } from '../../../net/network.ts';
import type { Store } from '../../../store/store.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import type { PlatformRefused } from '../../platform.ts';
import { type Share, shareWords } from '../shards.ts';
import { createConnections } from './connections.ts';
import { type Connection, REST_PATIENCE } from './gateway.ts';
import { type KeptShare, keepShare } from './keep-share.ts';
import { proxySockets } from './proxied-sockets.ts';

/** What this process hears of Discord, from the beginning to the end. */
export type Hearing = ReturnType<typeof createHearing>;

/** Begins to hear all shards, or this process's part of them: a fixed one, or by a lease on a shared record. */
export function createHearing(deps: {
  shards: 'auto' | Share;
  bot: string;
  /** As many shards are recommended. */
  recommended: number;
  identify: IIdentifyThrottler & { trouble(): string | undefined };
  store: Pick<Store, 'isShared' | 'plans' | 'now'>;
  network: Network;
  connect: (shard: number, total: number, how: { agent: Agent; pass: (on: () => void) => void }) => Promise<Connection>;
  onRefused: (error: PlatformRefused) => void;
  clock: Clock;
  log: Log;
}) {
  const { shards, bot, recommended, identify, store, network, onRefused, clock, log } = deps;
  const agent = new Agent({ connect: connectorFor(network, { timeoutMs: REST_PATIENCE.timeout }) });
  const restoreSockets = proxySockets(network);
  const connections = createConnections({
    connect: (shard, total) => deps.connect(shard, total, { agent, pass: (on) => kept.pass(shard, on) }),
    onReady: look,
    onRefused,
    clock,
    log,
  });
  let up = (): void => {};
  const isUp = new Promise<void>((resolve) => {
    up = resolve;
  });
  let isTold = false;

  function look(): void {
    if (isTold && kept.isWhole() && connections.wereReady()) up();
  }

  async function hear(share: Share): Promise<void> {
    await connections.hear(share);
    isTold = true;
    look();
  }

  const all = (total: number): Share => ({ shards: Array.from({ length: total }, (_, n) => n), total });
  const kept =
    shards === 'auto' && store.isShared
      ? keepShare({ store, name: `discord:${bot}`, recommended, hear, clock, log })
      : fixedShare(shards === 'auto' ? all(recommended) : shards, hear);

  function trouble(): string | undefined {
    if (!isTold) return 'Discord cannot be reached yet.';
    const silent = connections.silent();
    if (silent.length === 0) return undefined;
    const { total } = kept.share();
    const which = total > 1 ? `, for ${shareWords({ shards: silent, total })}` : '';
    return identify.trouble() ?? `Discord is not connected just now${which}.`;
  }

  return {
    /** Resolves once all that it is to hear at first is connected. */
    isUp,
    share: kept.share,
    /** Of the connections that stand. */
    clients: connections.clients,
    /** Why people cannot reach the bot by this process just now. */
    trouble,
    async stop(): Promise<void> {
      await kept.stop();
      restoreSockets();
      await agent.destroy();
    },
  };
}

/** A part that is the same for as long as the process runs. */
function fixedShare(share: Share, hear: (share: Share) => Promise<void>): KeptShare {
  void hear(share);
  return {
    share: () => share,
    isWhole: () => true,
    pass: (_shard, on) => on(),
    stop: () => hear({ shards: [], total: share.total }),
  };
}
