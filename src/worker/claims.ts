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
  /** Runs that room is kept for. */
  let kept = 0;
  /** Claimed `withRoom`, and not begun. */
  const waiting: Task[] = [];
  const free = (): number => MAX_RUNNING - runs.count() - kept - waiting.length;

  async function mayClaim(): Promise<boolean> {
    await runs.renewIfDue();
    return free() > 0 && !stopping.aborted;
  }

  const withRoom: WithRoom = async (work) => {
    // More would wait here for long, and another process may have room.
    if (!(await mayClaim()) || kept + waiting.length >= MAX_CLAIMED) return work();
    kept++;
    try {
      const done = await work(owner);
      if (done.claimed) waiting.push(done.claimed);
      return done;
    } finally {
      kept--;
    }
  };

  return {
    withRoom,
    /** What was claimed by that. */
    async beginWaiting(): Promise<boolean> {
      let any = false;
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        runs.begin(task);
        any = true;
        await yieldWhileBusy(stopping);
      }
      return any;
    },
    async claimDue(): Promise<boolean> {
      if (!(await mayClaim())) return false;
      const claimed = await store.tasks.claimDue(owner, Math.min(free(), MAX_CLAIMED));
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
