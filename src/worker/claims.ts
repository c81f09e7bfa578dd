import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';
import { openGate } from './gate.ts';
import type { Room } from './room.ts';
import type { Runs } from './runs.ts';
import type { YieldWhileBusy } from './yield-while-busy.ts';

/** Steps at once in this process. */
const MAX_RUNNING = 32;
/** Claimed at once, to be launched one by one: a handful, for each may have to give way before. */
const MAX_CLAIMED = 8;

/** The two claims. Each begins runs; true where it found a task. */
export function createClaims(
  { store, owner, providers }: { store: Store; owner: string; providers: readonly Provider[] },
  {
    runs,
    room,
    yieldWhileBusy,
    stopping,
  }: { runs: Runs; room: Room; yieldWhileBusy: YieldWhileBusy; stopping: AbortSignal },
) {
  async function mayClaim(): Promise<boolean> {
    await runs.renewIfDue();
    return runs.count() < MAX_RUNNING && !stopping.aborted;
  }

  return {
    /** Whether this process has room for another run. */
    mayClaim,
    /** `most`: so many are expected. */
    async claimDue(most = MAX_CLAIMED): Promise<boolean> {
      if (!(await mayClaim())) return false;
      const claimed = await store.tasks.claimDue(owner, Math.min(MAX_RUNNING - runs.count(), most));
      for (const task of claimed) {
        runs.begin(task);
        await yieldWhileBusy(stopping);
      }
      return claimed.length > 0;
    },
    /** One task of each provider: due tasks, with clips among them, have their turn before the next. */
    async claimStarts(): Promise<boolean> {
      let any = false;
      let rest = providers.filter(({ name }) => room.hasRoom(name));
      for (;;) {
        // Mostly nothing waits: then one question is all that a look costs.
        const waits = await store.tasks.waitsToStart(rest.map(({ name }) => name));
        const provider = rest.find(({ name }) => name === waits);
        if (!provider) return any;
        rest = rest.filter((each) => each !== provider);
        if (!(await mayClaim())) return any;
        const gate = await openGate(provider, store);
        if (!gate) continue;
        const task = await store.tasks.claimStart(owner, provider.name, provider.capabilities.concurrency);
        if (!task) continue;
        runs.begin(task, gate);
        await yieldWhileBusy(stopping);
        any = true;
      }
    },
  };
}
