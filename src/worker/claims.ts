import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';
import type { WithRoom } from '../store/tasks.ts';
import type { Task } from '../task/task.ts';
import { openGate } from './gate.ts';
import type { Room } from './room.ts';
import type { Runs } from './runs.ts';
import type { YieldWhileBusy } from './yield-while-busy.ts';

/** Steps at once in this process. */
const MAX_RUNNING = 32;
/** Claimed at once, to be launched one by one: a handful, for each may have to give way before. */
export const MAX_CLAIMED = 8;

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
  /** Work that room is kept for. */
  const kept = new Set<Promise<unknown>>();
  /** Claimed `withRoom`, and not begun. */
  const waiting: Task[] = [];
  /** More may be due than was claimed last: what is recorded now comes after it. */
  let isBehind = false;
  const free = (): number => MAX_RUNNING - runs.count() - kept.size - waiting.length;

  async function mayClaim(): Promise<boolean> {
    await runs.renewIfDue();
    return free() > 0 && !stopping.aborted;
  }

  const withRoom: WithRoom = async (work) => {
    // More would wait here for long, and another process may have room.
    if (!(await mayClaim()) || isBehind || kept.size + waiting.length >= MAX_CLAIMED) return work();
    const working = work(owner).then((done) => {
      if (done.claimed) waiting.push(done.claimed);
      return done;
    });
    kept.add(working);
    return working.finally(() => kept.delete(working));
  };

  return {
    withRoom,
    /** When all work that room was kept for has ended. */
    ended: () => Promise.allSettled(kept),
    /** Begins what was claimed by that, and waits; so many. */
    async beginWaiting(): Promise<number> {
      const begun = waiting.length;
      for (let left = begun; left > 0; left--) {
        const task = waiting.shift();
        if (task) runs.begin(task);
        await yieldWhileBusy(stopping);
      }
      return begun;
    },
    async claimDue(): Promise<boolean> {
      if (!(await mayClaim())) return false;
      const most = Math.min(free(), MAX_CLAIMED);
      const claimed = await store.tasks.claimDue(owner, most);
      isBehind = claimed.length >= most;
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
