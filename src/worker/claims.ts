import { controlsOf } from '../../commands/admin/controls.ts';
import { usableKey } from '../providers/key-parking.ts';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';
import type { Runs } from './runs.ts';
import type { YieldWhileBusy } from './yield-while-busy.ts';

/** Steps at once in this process. */
const MAX_RUNNING = 32;
/** Claimed at once, to be launched one by one: a handful, for each may have to give way before. */
const MAX_CLAIMED = 8;

/** The two claims. Each begins runs; true where it found a task. */
export function createClaims(
  { store, owner, providers }: { store: Store; owner: string; providers: readonly Provider[] },
  { runs, yieldWhileBusy, stopping }: { runs: Runs; yieldWhileBusy: YieldWhileBusy; stopping: AbortSignal },
) {
  const names = providers.map(({ name }) => name);

  async function mayClaim(): Promise<boolean> {
    await runs.renewIfDue();
    return runs.count() < MAX_RUNNING && !stopping.aborted;
  }

  return {
    async claimDue(): Promise<boolean> {
      if (!(await mayClaim())) return false;
      const claimed = await store.tasks.claimDue(owner, Math.min(MAX_RUNNING - runs.count(), MAX_CLAIMED));
      for (const task of claimed) {
        runs.begin(task, false);
        await yieldWhileBusy(stopping);
      }
      return claimed.length > 0;
    },
    /** One task of each provider: due tasks, with clips among them, have their turn before the next. */
    async claimStarts(): Promise<boolean> {
      // Mostly nothing waits: then one question is all that a look costs.
      if (!(await store.tasks.waitsToStart(names))) return false;
      if ((await controlsOf(store)).isPaused) return false;
      let any = false;
      for (const provider of providers) {
        if (!(await mayClaim()) || !(await usableKey(provider, store.cooldowns))) continue;
        const task = await store.tasks.claimStart(owner, provider.name, provider.capabilities.concurrency);
        if (!task) continue;
        runs.begin(task, true);
        await yieldWhileBusy(stopping);
        any = true;
      }
      return any;
    },
  };
}
