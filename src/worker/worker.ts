import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Messenger } from '../chat/chat.ts';
import type { Gen4 } from '../gen4/provider.ts';
import type { CheckClip } from '../media/clip.ts';
import type { FitPicture } from '../media/fit.ts';
import type { Clock } from '../ops/clock.ts';
import type { Log } from '../ops/log.ts';
import { createQueue } from '../ops/queue.ts';
import { RENEW_MS, type Store, StoreUnavailable } from '../store/store.ts';
import { isOver, type Task } from '../task/task.ts';
import { withoutChat, withoutGen4 } from './absent.ts';
import { backoffMs } from './backoff.ts';
import { createMakeCard } from './card.ts';
import { type CardDesk, createCardDesk } from './cards.ts';
import { createGiveWay, type Utilization } from './give-way.ts';
import { createInsist } from './insist.ts';
import { usableKey } from './keys.ts';
import type { Carry, Outcome, WorkerLimits } from './outcome.ts';
import { planSave, poisoned } from './plan-save.ts';
import { step } from './steps.ts';

/** Steps at once in this process. */
const MAX_RUNNING = 32;
/** Claimed at once, to be launched one by one: a handful, for each may have to give way before. */
const MAX_CLAIMED = 8;
/** After a picture was fitted the next one waits as long as that took, and no longer than this. */
const MAX_REST_MS = 200;
const TICK_MS = 500;
/** A task of a chat or provider that is not configured now is looked at again after this. */
const ABSENT_MS = 60_000;
/** At a stop, steps have this long; one with a submit on the wire has longer. */
const STOP_MS = 8_000;
const STOP_SUBMITTING_MS = 50_000;
const THROWN_BACKOFF = { baseMs: 1_000, maxMs: 300_000 };
/** A task whose step throws so often in a row is poison: it ends, in words. */
const MAX_THROWN = 8;

export interface WorkerDeps {
  store: Store;
  gen4s: readonly Gen4[];
  messengers: readonly Messenger[];
  fitPicture: FitPicture;
  checkClip: CheckClip;
  limits: WorkerLimits;
  /** Where providers can call us, without a path; absent where nobody can. */
  publicUrl?: string;
  clock: Clock;
  random: () => number;
  /** How busy this process is. */
  utilization: Utilization;
  log: Log;
  /** This process's name in leases; another one each time it starts. */
  owner: string;
  /** How soon another process's news is seen, in milliseconds; this process's own comes by `wake`. */
  tickMs?: number;
  /** The store failed (disk full, gone). The worker goes on trying; who runs the process may want to say so. */
  onStoreTrouble?: (error: StoreUnavailable) => void;
  /** After each save by this process: how the task stands now. */
  onSaved?: (task: Task) => void;
}

export interface Worker {
  start(): void;
  /** Something was recorded or asked in this process: look now. */
  wake(): void;
  /** No new work; what is under way ends or is left for the next start. */
  stop(): Promise<void>;
}

interface Run {
  task: Task;
  ended: Promise<void>;
  abort: AbortController;
  /** Ends a wait between two looks. */
  doze: AbortController;
}

/** Claims tasks, takes each a step at a time, and is the one place where a decision is saved. */
export function createWorker(deps: WorkerDeps): Worker {
  const { store, clock, random, log, owner } = deps;
  const runs = new Map<string, Run>();
  const messengerOf = (task: Task): Messenger | undefined =>
    deps.messengers.find((messenger) => messenger.platform === task.place.platform);
  const gen4Of = (task: Task): Gen4 | undefined => deps.gen4s.find((gen4) => gen4.name === task.provider);
  const giveWay = createGiveWay(deps);
  const cards: CardDesk = createCardDesk({
    ...{ store, messengerOf, clock, giveWay, owner, log },
    makeCard: createMakeCard({ store, gen4s: deps.gen4s }),
  });
  const fitting = createQueue();
  const stopping = new AbortController();
  const ended = new AbortController();
  const { insist, owes } = createInsist({ clock, random, trouble, signal: ended.signal });
  let nudge = new AbortController();
  let renewedAt = clock.now();
  let loops: Promise<void>[] = [];

  /** Fitting pictures one by one, half of the time, leaves the disk and a core to those who ask for more. */
  function oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const began = fitting(async () => clock.now());
    const done = fitting(work);
    void fitting(async () => {
      const restMs = Math.min(clock.now() - (await began), MAX_REST_MS);
      if (restMs > 0) await clock.sleep(restMs, stopping.signal);
    });
    return done;
  }

  /** One claim, from its first step to the save that lets go of it. */
  async function run(
    claimed: Task,
    how: { start: boolean; abort: AbortController; doze: AbortController },
  ): Promise<void> {
    let task = claimed;
    let fresh = false;
    let carry: Carry = {};
    cards.offer(task);
    for (;;) {
      const outcome = await decide(task, { ...how, fresh, carry });
      const { next, dueAt, goOn } = planSave(task, outcome, {
        ...{ now: store.now(), gen4: gen4Of(task), stopping: stopping.signal.aborted },
      });
      const token = randomBytes(8).toString('hex');
      const by = { owner, ...(dueAt === undefined ? {} : { dueAt }), hold: goOn, token };
      const saved = await insist(() => store.tasks.save(next, by));
      if (!saved) return log.info({ task: task.id, state: next.state }, 'somebody else holds this task now');
      if (next.state !== task.state) log.info({ task: task.id, from: task.state, to: next.state }, 'task moved on');
      cards.offer(saved);
      deps.onSaved?.(saved);
      if (!goOn) return;
      if ('wait' in outcome && outcome.wait !== undefined) await clock.sleep(outcome.wait, how.doze.signal);
      fresh = next.state !== task.state;
      carry = ('carry' in outcome && outcome.carry) || {};
      task = saved;
      const held = runs.get(task.id);
      if (held) held.task = task;
    }
  }

  async function decide(
    task: Task,
    how: { start: boolean; abort: AbortController; fresh: boolean; carry: Carry },
  ): Promise<Outcome> {
    const gen4 = gen4Of(task) ?? withoutGen4(task);
    const messenger = messengerOf(task) ?? withoutChat(task);
    if (!gen4 || !messenger) return { wait: ABSENT_MS };
    const { fitPicture, checkClip, limits, publicUrl } = deps;
    const context = { store, gen4, messenger, fitPicture, checkClip, cards, clock, random, owner, limits, oneByOne };
    try {
      return await step(task, {
        ...context,
        log: log.child({ task: task.id }),
        start: how.start,
        fresh: how.fresh,
        carry: how.carry,
        ...(publicUrl === undefined ? {} : { publicUrl }),
        signal: how.abort.signal,
        stopping: stopping.signal,
        insist,
      });
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      log.error({ err: error, task: task.id, state: task.state }, 'a step threw');
      const throws = task.throws ?? 0;
      if (throws + 1 >= MAX_THROWN && task.state !== 'rendering')
        return isOver(task) ? { rest: true } : { advance: { type: 'fail', failure: poisoned(task.state) } };
      return { wait: backoffMs(throws, THROWN_BACKOFF, random), changes: { throws: throws + 1 } };
    }
  }

  async function mayClaim(): Promise<boolean> {
    // After a pause this process's own leases may have run out: what it still works on is not claimed anew.
    if (clock.now() - renewedAt >= RENEW_MS) await renew();
    return runs.size < MAX_RUNNING && !stopping.signal.aborted;
  }

  async function claimDue(): Promise<boolean> {
    if (!(await mayClaim())) return false;
    const claimed = await store.tasks.claimDue(owner, Math.min(MAX_RUNNING - runs.size, MAX_CLAIMED));
    for (const task of claimed) await launch(task, false);
    return claimed.length > 0;
  }

  /** One of each provider: what is due, clips among it, has its turn before the next. */
  async function claimStarts(): Promise<boolean> {
    let any = false;
    for (const gen4 of deps.gen4s) {
      if (!(await mayClaim()) || !(await usableKey(gen4, store.parked))) continue;
      const task = await store.tasks.claimStart(owner, gen4.name, gen4.capabilities.concurrency);
      if (!task) continue;
      await launch(task, true);
      any = true;
    }
    return any;
  }

  /** Resolves when the next one may be. */
  function launch(task: Task, start: boolean): Promise<void> {
    const abort = new AbortController();
    const doze = new AbortController();
    const ended = run(task, { start, abort, doze })
      .catch((error: unknown) => trouble(error, 'a task was put down'))
      .finally(() => {
        // The same task may have been claimed anew by this process after its lease ran out.
        if (runs.get(task.id)?.abort === abort) runs.delete(task.id);
        wake();
      });
    runs.set(task.id, { task, ended, abort, doze });
    return giveWay(stopping.signal);
  }

  function trouble(error: unknown, what: string): void {
    if (error instanceof StoreUnavailable) {
      log.warn({ why: error.message }, what);
      deps.onStoreTrouble?.(error);
    } else log.error({ err: error }, what);
  }

  function wake(): void {
    nudge.abort();
  }

  async function claimLoop(): Promise<void> {
    while (!stopping.signal.aborted) {
      nudge = new AbortController();
      let found = false;
      try {
        // What is known goes on record first.
        if (!owes()) {
          found = (await claimDue()) || found;
          found = (await claimStarts()) || found;
        }
      } catch (error) {
        trouble(error, 'claiming failed');
      }
      // Either way others get their turn.
      if (found) await turn();
      else await clock.sleep(deps.tickMs ?? TICK_MS, nudge.signal);
    }
  }

  async function renewLoop(done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      await clock.sleep(RENEW_MS, done);
      if (!done.aborted) await renew().catch((error: unknown) => trouble(error, 'leases could not be renewed'));
    }
  }

  async function renew(): Promise<void> {
    const held = [...runs.entries()];
    if (held.length > 0) {
      const ids = held.map(([id]) => id);
      const still = new Set(await store.tasks.renew(owner, ids));
      for (const [id, { abort, doze }] of held)
        if (!still.has(id)) {
          abort.abort();
          doze.abort();
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
      for (const { doze } of runs.values()) doze.abort();
      await loops[0];
      const all = Promise.allSettled([...runs.values()].map((each) => each.ended));
      const patience = new AbortController();
      void all.then(() => patience.abort());
      await clock.sleep(STOP_MS, patience.signal);
      for (const { task, abort } of runs.values()) if (task.state !== 'submitting') abort.abort();
      const submitting = () => [...runs.values()].some(({ task }) => task.state === 'submitting');
      if (submitting()) await clock.sleep(STOP_SUBMITTING_MS - STOP_MS, patience.signal);
      ended.abort();
      renewing.abort();
      await loops[1];
      await cards.stop();
    },
  };
}
