import type { Messenger } from '../chat/chat.ts';
import type { Gen4 } from '../gen4/provider.ts';
import type { CheckClip } from '../media/clip.ts';
import type { FitPicture } from '../media/fit.ts';
import type { Clock } from '../ops/clock.ts';
import type { Log } from '../ops/log.ts';
import { RENEW_MS, type Store, StoreUnavailable } from '../store/store.ts';
import type { Task, TaskState } from '../task/task.ts';
import { allowed, transition } from '../task/transition.ts';
import { backoffMs } from './backoff.ts';
import { type CardDesk, createCardDesk } from './cards.ts';
import type { Outcome } from './outcome.ts';
import { step } from './steps.ts';

/** Steps at once in this process. */
const MAX_RUNNING = 32;
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
  clock: Clock;
  random: () => number;
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
}

/** Claims tasks, takes each a step at a time, and is the one place where a decision is saved. */
export function createWorker(deps: WorkerDeps): Worker {
  const { store, clock, random, log, owner } = deps;
  const runs = new Map<string, Run>();
  const messengerOf = (task: Task): Messenger | undefined =>
    deps.messengers.find((messenger) => messenger.platform === task.place.platform);
  const gen4Of = (task: Task): Gen4 | undefined => deps.gen4s.find((gen4) => gen4.name === task.provider);
  const cards: CardDesk = createCardDesk({ store, messengerOf, clock, owner, log });
  const stopping = new AbortController();
  let nudge = new AbortController();
  let loops: Promise<void>[] = [];

  /** One claim, from its first step to the save that lets go of it. */
  async function run(claimed: Task, how: { start: boolean; abort: AbortController }): Promise<void> {
    let task = claimed;
    let fresh = false;
    cards.offer(task);
    for (;;) {
      const outcome = await decide(task, { ...how, fresh });
      const { next, dueAt, goOn } = after(task, outcome);
      const saved = await store.tasks.save(next, { owner, ...(dueAt === undefined ? {} : { dueAt }), hold: goOn });
      if (!saved) return log.info({ task: task.id, state: next.state }, 'somebody else holds this task now');
      if (next.state !== task.state) log.info({ task: task.id, from: task.state, to: next.state }, 'task moved on');
      cards.offer(saved);
      deps.onSaved?.(saved);
      if (!goOn) return;
      if ('wait' in outcome && outcome.wait !== undefined)
        await clock.sleep(outcome.wait, AbortSignal.any([stopping.signal, how.abort.signal]));
      fresh = next.state !== task.state;
      task = saved;
      const held = runs.get(task.id);
      if (held) held.task = task;
    }
  }

  async function decide(task: Task, how: { start: boolean; abort: AbortController; fresh: boolean }): Promise<Outcome> {
    const gen4 = gen4Of(task);
    const messenger = messengerOf(task);
    if (!gen4 || !messenger) return { wait: ABSENT_MS };
    const { fitPicture, checkClip } = deps;
    const context = { store, gen4, messenger, fitPicture, checkClip, cards, clock, random, owner };
    try {
      return await step(task, {
        ...context,
        log: log.child({ task: task.id }),
        start: how.start,
        fresh: how.fresh,
        signal: how.abort.signal,
      });
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      log.error({ err: error, task: task.id, state: task.state }, 'a step threw');
      if (task.tries + 1 >= MAX_THROWN && task.state !== 'rendering' && allowed(task, 'fail'))
        return { advance: { type: 'fail', failure: { class: 'broken' } } };
      return { wait: backoffMs(task.tries, THROWN_BACKOFF, random), changes: { tries: task.tries + 1 } };
    }
  }

  /** What is to be saved, when the task is due again, and whether this run goes on with it at once. */
  function after(task: Task, outcome: Outcome): { next: Task; dueAt?: number; goOn: boolean } {
    const now = store.now();
    const changed = { ...task, ...outcome.changes };
    if ('rest' in outcome) return { next: changed, goOn: false };
    if ('advance' in outcome) {
      const next = transition(changed, outcome.advance, now);
      const wait = outcome.wait ?? waitIn(next.state, gen4Of(task));
      return wait === undefined ? { next, goOn: true } : { next, dueAt: now + wait, goOn: false };
    }
    const hold = outcome.hold === true && !stopping.signal.aborted;
    return hold
      ? { next: changed, goOn: true }
      : { next: changed, dueAt: now + (stopping.signal.aborted && outcome.hold ? 0 : outcome.wait), goOn: false };
  }

  async function claimDue(): Promise<boolean> {
    const free = MAX_RUNNING - runs.size;
    if (free <= 0) return false;
    const claimed = await store.tasks.claimDue(owner, free);
    for (const task of claimed) launch(task, false);
    return claimed.length > 0;
  }

  async function claimStarts(): Promise<boolean> {
    let any = false;
    for (const gen4 of deps.gen4s) {
      while (runs.size < MAX_RUNNING && !(await store.parked.until(gen4.name))) {
        const task = await store.tasks.claimStart(owner, gen4.name, gen4.capabilities.concurrency);
        if (!task) break;
        launch(task, true);
        any = true;
      }
    }
    return any;
  }

  function launch(task: Task, start: boolean): void {
    const abort = new AbortController();
    const ended = run(task, { start, abort })
      .catch((error: unknown) => trouble(error, 'a task was put down'))
      .finally(() => {
        // The same task may have been claimed anew by this process after its lease ran out.
        if (runs.get(task.id)?.abort === abort) runs.delete(task.id);
        wake();
      });
    runs.set(task.id, { task, ended, abort });
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
        found = (await claimDue()) || found;
        found = (await claimStarts()) || found;
      } catch (error) {
        trouble(error, 'claiming failed');
      }
      if (!found) await clock.sleep(deps.tickMs ?? TICK_MS, AbortSignal.any([nudge.signal, stopping.signal]));
    }
  }

  async function renewLoop(done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      await clock.sleep(RENEW_MS, done);
      const held = [...runs.entries()];
      if (done.aborted || held.length === 0) continue;
      try {
        const still = new Set(
          await store.tasks.renew(
            owner,
            held.map(([id]) => id),
          ),
        );
        for (const [id, { abort }] of held) if (!still.has(id)) abort.abort();
      } catch (error) {
        trouble(error, 'leases could not be renewed');
      }
    }
  }

  const renewing = new AbortController();
  return {
    start() {
      loops = [claimLoop(), renewLoop(renewing.signal)];
    },
    wake,
    async stop() {
      stopping.abort();
      await loops[0];
      const ended = Promise.allSettled([...runs.values()].map((each) => each.ended));
      const patience = new AbortController();
      void ended.then(() => patience.abort());
      await clock.sleep(STOP_MS, patience.signal);
      for (const { task, abort } of runs.values()) if (task.state !== 'submitting') abort.abort();
      const submitting = () => [...runs.values()].some(({ task }) => task.state === 'submitting');
      if (submitting()) await clock.sleep(STOP_SUBMITTING_MS - STOP_MS, patience.signal);
      renewing.abort();
      await loops[1];
    },
  };
}

/** How long a task that has just come to a state waits for its next step there; undefined: not at all. */
function waitIn(state: TaskState, gen4: Gen4 | undefined): number | undefined {
  switch (state) {
    case 'queued':
      return 5_000;
    case 'unconfirmed':
      return 0;
    case 'rendering':
      // A local job is held by the run that started it: nobody else could look at it.
      return gen4?.capabilities.local ? undefined : gen4?.capabilities.minPollMs;
    default:
      return undefined;
  }
}
