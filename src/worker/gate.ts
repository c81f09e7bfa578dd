import { type Controls, controlsOf } from '../../commands/admin/controls.ts';
import { outageOf, usableKey } from '../providers/key-parking.ts';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';

/** What may stand in the way of a start, as it was read right before: whoever starts a task is handed it and asks nothing anew. */
export interface Gate {
  controls: Controls;
  /** The key to submit with; undefined where all are parked. */
  usable: { key?: string } | undefined;
  /** The last submit was refused through no fault of ours. */
  hasOutage: boolean;
}

/** Asked at once, which a store may make one question of. */
export async function gateOf(provider: Provider, store: Pick<Store, 'chatSettings' | 'cooldowns'>): Promise<Gate> {
  const { cooldowns } = store;
  const [controls, usable, outage] = await Promise.all([
    controlsOf(store),
    usableKey(provider, cooldowns),
    outageOf(provider, cooldowns),
  ]);
  return { controls, usable, hasOutage: outage !== undefined };
}

/** Whether a start may be claimed: nobody paused the bot, and there is a key. */
export const isOpen = ({ controls, usable }: Gate): boolean => !controls.isPaused && usable !== undefined;
