import { setImmediate as turn } from 'node:timers/promises';
import type { Messenger } from '../chat/chat.ts';
import { createMakeCard } from '../chat/kit/card-view.ts';
import { usableKey } from '../providers/key-parking.ts';
import { RENEW_MS, StoreUnavailable } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import { settleWithin } from '../util/settle-within.ts';
import { type CardDesk, createCardDesk } from './cards.ts';
import { createOneByOne } from './one-by-one.ts';
import { createRetryUntilStored } from './retry-until-stored.ts';
import { createRun, type Held, type RunDeps } from './run.ts';
import { createYieldWhileBusy, type Utilization } from './yield-while-busy.ts';

/** Steps at once in this process. */
const MAX_RUNNING = 32;
/** Claimed at once, to be launched one by one: a handful, for each may have to give way before. */
const MAX_CLAIMED = 8;
const TICK_MS = 500;
/** At a stop, steps have this long; one with a submit on the wire has longer. */
const STOP_MS = 8_000;
const STOP_SUBMITTING_MS = 50_000;

export interface WorkerDeps extends RunDeps {
  messengers: readonly Messenger[];
  /** How busy this process is. */
  utilization: Utilization;
  /** How soon another process's news is seen, in milliseconds; this process's own comes by `wake`. */
  tickMs?: number;
  /** The store failed (disk full, gone). The worker goes on trying; the program may want to say so. */
  onStoreTrouble?: (error: StoreUnavailable) => void;
}

export interface Worker {
  start(): void;
  /** Something was recorded or asked in this process: look now. */
  wake(): void;
  /** No new work; what is under way ends or is left for the next start. */
  stop(): Promise<void>;
}

/** Claims tasks, keeps their leases, and runs them; so many at once, and never in the way of people. */
export function createWorker(deps: WorkerDeps): Worker {
  const { store, clock, random, log, owner } = deps;
  const runs = new Map<string, { held: Held; ended: Promise<void> }>();
  const messengerOf = (task: Task): Messenger | undefined =>
    deps.messengers.find((messenger) => messenger.platform === task.place.platform);
  const yieldWhileBusy = createYieldWhileBusy(deps);
  const cards: CardDesk = createCardDesk({
    store,
    messengerOf,
    clock,
    random,
    yieldWhileBusy,
    owner,
    log,
    makeCard: createMakeCard({ store, providers: deps.providers }),
  });
  const stopping = new AbortController();
  const ended = new AbortController();
  const { retryUntilStored, hasPendingWrites } = createRetryUntilStored({
    clock,
    random,
    trouble,
    signal: ended.signal,
  });
  const oneByOne = createOneByOne({ clock, stopping: stopping.signal });
  const run = createRun(deps, { messengerOf, cards, oneByOne, retryUntilStored, stopping: stopping.signal });
  let wakeAbort = new AbortController();
  let renewedAt = clock.now();
  let loops: Promise<void>[] = [];

  async function mayClaim(): Promise<boolean> {
    // After a pause this process's own leases may have run out: a task it still works on is not claimed anew.
    if (clock.now() - renewedAt >= RENEW_MS) await renew();
    return runs.size < MAX_RUNNING && !stopping.signal.aborted;
  }

  async function claimDue(): Promise<boolean> {
    if (!(await mayClaim())) return false;
    const claimed = await store.tasks.claimDue(owner, Math.min(MAX_RUNNING - runs.size, MAX_CLAIMED));
    for (const task of claimed) await launch(task, false);
    return claimed.length > 0;
  }

  /** One task of each provider: due tasks, with clips among them, have their turn before the next. */
  async function claimStarts(): Promise<boolean> {
    let any = false;
    for (const provider of deps.providers) {
      if (!(await mayClaim()) || !(await usableKey(provider, store.cooldowns))) continue;
      const task = await store.tasks.claimStart(owner, provider.name, provider.capabilities.concurrency);
      if (!task) continue;
      await launch(task, true);
      any = true;
    }
    return any;
  }

  /** Resolves when the next one may be. */
  function launch(task: Task, start: boolean): Promise<void> {
    const held: Held = { task, start, abort: new AbortController(), sleepAbort: new AbortController() };
    const ended = run(held)
      .catch((error: unknown) => trouble(error, 'a task was put down'))
      .finally(() => {
        // The same task may have been claimed anew by this process after its lease ran out.
        if (runs.get(task.id)?.held === held) runs.delete(task.id);
        wake();
      });
    runs.set(task.id, { held, ended });
    return yieldWhileBusy(stopping.signal);
  }

  function trouble(error: unknown, what: string): void {
    if (error instanceof StoreUnavailable) {
      log.warn({ why: error.message }, what);
      deps.onStoreTrouble?.(error);
    } else log.error({ err: error }, what);
  }

  function wake(): void {
    wakeAbort.abort();
  }

  async function claimLoop(): Promise<void> {
    while (!stopping.signal.aborted) {
      wakeAbort = new AbortController();
      let found = false;
      try {
        // Facts that the store refused go on record first.
        if (!hasPendingWrites()) {
          found = (await claimDue()) || found;
          found = (await claimStarts()) || found;
        }
      } catch (error) {
        trouble(error, 'claiming failed');
      }
      // Either way others get their turn.
      if (found) await turn();
      else await clock.sleep(deps.tickMs ?? TICK_MS, wakeAbort.signal);
    }
  }

  async function renewLoop(done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      await clock.sleep(RENEW_MS, done);
      if (!done.aborted) await renew().catch((error: unknown) => trouble(error, 'leases could not be renewed'));
    }
  }

  async function renew(): Promise<void> {
    const all = [...runs.values()].map(({ held }) => held);
    if (all.length > 0) {
      const ids = all.map(({ task }) => task.id);
      const still = new Set(await store.tasks.renew(owner, ids));
      for (const { task, abort, sleepAbort } of all)
        if (!still.has(task.id)) {
          abort.abort();
          sleepAbort.abort();
        }
    }
    renewedAt = clock.now();
  }

  const renewing = new AbortController();
  return {
    start() {
      loops = [claimLoop(), renewLoop(renewing.signal)];
    },
    wake,
    async stop() {
      stopping.abort();
      wake();
      for (const { held } of runs.values()) held.sleepAbort.abort();
      await loops[0];
      const all = Promise.allSettled([...runs.values()].map((each) => each.ended));
      await settleWithin(all, STOP_MS, clock);
      for (const { held } of runs.values()) if (held.task.state !== 'submitting') held.abort.abort();
      const submitting = () => [...runs.values()].some(({ held }) => held.task.state === 'submitting');
      if (submitting()) await settleWithin(all, STOP_SUBMITTING_MS - STOP_MS, clock);
      ended.abort();
      renewing.abort();
      await loops[1];
      await cards.stop();
    },
  };
}
