import { type Controls, controlsOf } from '../../commands/admin/controls.ts';
import { outageOf, usableKey } from '../providers/key-parking.ts';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';

/** That a start may be claimed, as it was read right before: whoever starts a task is handed it and asks nothing anew. */
export interface Gate {
  controls: Controls;
  /** The key to submit with, where the service wants one. */
  key?: string;
  /** The last submit was refused through no fault of ours. */
  hasOutage: boolean;
}

/** Undefined where somebody paused the bot, or all keys are parked. Asked at once, which a store may make one question of. */
export async function openGate(
  provider: Provider,
  store: Pick<Store, 'chatSettings' | 'cooldowns'>,
): Promise<Gate | undefined> {
  const { cooldowns } = store;
  const [controls, usable, outage] = await Promise.all([
    controlsOf(store),
    usableKey(provider, cooldowns),
    outageOf(provider, cooldowns),
  ]);
  return controls.isPaused || !usable ? undefined : { controls, key: usable.key, hasOutage: outage !== undefined };
}
