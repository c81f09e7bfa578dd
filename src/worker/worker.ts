import { setImmediate as turn } from 'node:timers/promises';
import type { Messenger } from '../chat/chat.ts';
import { StoreUnavailable } from '../store/store.ts';
import type { WithRoom } from '../store/tasks.ts';
import type { Task } from '../task/task.ts';
import { createNamedSemaphores } from '../util/semaphore.ts';
import { settleWithin } from '../util/settle-within.ts';
import { createCardDesk } from './cards.ts';
import { createClaims, MAX_CLAIMED } from './claims.ts';
import { createForgetting } from './forgetting.ts';
import { createRemovals } from './removals.ts';
import { createRetryUntilStored } from './retry-until-stored.ts';
import { createRoom } from './room.ts';
import { createRun, type RunDeps } from './run.ts';
import { createRuns } from './runs.ts';
import { createYieldWhileBusy, type Utilization } from './yield-while-busy.ts';

const TICK_MS = 500;
/** At a stop, what is being recorded for this worker has this long. */
const STOP_RECORDING_MS = 5_000;

export interface WorkerDeps extends RunDeps {
  messengers: readonly Messenger[];
  /** How busy this process is. */
  utilization: Utilization;
  /** How soon another process's news is seen, in milliseconds; this process's own comes by `wake`. */
  tickMs?: number;
  /** The store failed (disk full, gone). The worker goes on trying; the program may want to say so. */
  onStoreTrouble?: (error: StoreUnavailable) => void;
  /** A task of somebody who is forgotten is gone. */
  onForgotten?: (task: Task) => void;
}

export interface Worker {
  start(): void;
  /**
   * Looks now, as a task was recorded or asked in this process. One that was just recorded has its card shown at once,
   * also while every run of this process is taken: it is the answer that its person waits for.
   */
  wake(recorded?: Task): void;
  /** Looks now what is due. */
  look(): void;
  /** For a task that is recorded here, or has just become due: it is claimed along, and begun with the next look. */
  withRoom: WithRoom;
  /** No new work; what is under way ends or is left for the next start. */
  stop(): Promise<void>;
}

/** Claims tasks, keeps their leases, and runs them; so many at once, and never in the way of people. */
export function createWorker(deps: WorkerDeps): Worker {
  const { clock, log } = deps;
  const messengerOf = (task: Task): Messenger | undefined =>
    deps.messengers.find((messenger) => messenger.platform === task.place.platform);
  const yieldWhileBusy = createYieldWhileBusy(deps);
  const cards = createCardDesk({ ...deps, messengerOf, yieldWhileBusy });
  const stopping = new AbortController();
  const ended = new AbortController();
  const { retryUntilStored, hasPendingWrites } = createRetryUntilStored({ ...deps, trouble, signal: ended.signal });
  const room = createRoom(deps);
  const run = createRun(deps, messengerOf, {
    cards,
    room,
    inTurn: createNamedSemaphores<string>(),
    retryUntilStored,
    stopping: stopping.signal,
    startedAt: deps.store.now(),
  });
  const removals = createRemovals(Object.assign({}, deps, { trouble }));
  const forgetting = createForgetting(Object.assign({}, deps, { trouble, onRemovals: removals.wake }));
  let wakeAbort = new AbortController();
  const runs = createRuns({ ...deps, run, onEnd: wake, trouble });
  const claims = createClaims(deps, {
    runs,
    room,
    yieldWhileBusy,
    stopping: stopping.signal,
  });
  let claiming: Promise<void> | undefined;
  let renewing: Promise<void> | undefined;
  let removing: Promise<void> | undefined;
  let isForgetting: Promise<void> | undefined;

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
    /** Since the last look at what is due. */
    let begun = 0;
    while (!stopping.signal.aborted) {
      wakeAbort = new AbortController();
      let found = false;
      try {
        // Facts that the store refused go on record first.
        const waited = hasPendingWrites() ? 0 : await claims.beginWaiting();
        begun += waited;
        found = waited > 0;
        // After a handful what is due has its turn.
        if ((!found || begun >= MAX_CLAIMED) && !hasPendingWrites()) {
          begun = 0;
          found = (await claims.claimDue()) || found;
          found = (await claims.claimStarts()) || found;
        }
      } catch (error) {
        trouble(error, 'claiming failed');
      }
      // Either way others get their turn.
      if (found) await turn();
      else await clock.sleep(deps.tickMs ?? TICK_MS, wakeAbort.signal);
    }
  }

  const renewingEnds = new AbortController();
  return {
    start() {
      claiming = claimLoop();
      renewing = runs.keepRenewing(renewingEnds.signal);
      removing = removals.keepGoing(stopping.signal);
      isForgetting = forgetting.keepGoing(stopping.signal);
    },
    wake(recorded) {
      if (recorded) {
        cards.offer(recorded);
      } else {
        removals.wake();
        forgetting.wake();
      }
      wake();
    },
    look: wake,
    withRoom: (work) => (claiming && !hasPendingWrites() ? claims.withRoom(work) : work()),
    async stop() {
      stopping.abort();
      wake();
      removals.wake();
      forgetting.wake();
      runs.endWaits();
      await Promise.all([claiming, removing, isForgetting]);
      await settleWithin(claims.ended(), STOP_RECORDING_MS, clock);
      await claims.beginWaiting();
      await runs.stop();
      ended.abort();
      renewingEnds.abort();
      await renewing;
      await cards.stop();
    },
  };
}
