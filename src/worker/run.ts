import { randomBytes } from 'node:crypto';
import type { Messenger } from '../chat/chat.ts';
import type { Provider } from '../providers/provider.ts';
import { StoreUnavailable } from '../store/store.ts';
import { isOver, type Task } from '../task/task.ts';
import { backoffMs } from '../util/backoff.ts';
import { withChanges } from '../util/with-changes.ts';
import type { Gate } from './gate.ts';
import type { KeptBytes } from './kept-bytes.ts';
import { withoutChat, withoutProvider } from './null-adapters.ts';
import {
  fail,
  type Handoff,
  type Outcome,
  type Settlement,
  type StepContext,
  type WorkerParts,
  type WorkerTools,
} from './outcome.ts';
import { planSave, poisoned, settledWith } from './plan-save.ts';
import type { Visitor } from './room.ts';
import { step, talksTo } from './steps.ts';

/** A task of a chat or provider that is not configured now is looked at the less often the older it is: there may be many. */
const ABSENT = { shareOfAge: 1 / 10, leastMs: 60_000, mostMs: 600_000 };
/** Names of such that are told of. */
const MAX_ABSENT = 100;
const THROWN_BACKOFF = { baseMs: 1_000, maxMs: 300_000 };
/** A task whose step throws so often in a row is poison: it ends, in words. */
const MAX_THROWN = 8;

export interface RunDeps extends WorkerTools {
  providers: readonly Provider[];
  /** After each save by this process: how the task stands now, and in which state it was before. */
  onSaved?: (task: Task, before: Task['state']) => void;
}

/** A claimed task on its way. */
export interface Held {
  /** As it was last saved. */
  task: Task;
  /** It was claimed to be started, and this was read before. */
  gate?: Gate;
  /** Aborts when the lease is lost or the process must end. */
  abort: AbortController;
  /** Ends a wait between two looks. */
  sleepAbort: AbortController;
  kept: KeptBytes;
}

/** One claim, from its first step to the save that lets go of it; the one place where a decision is saved. */
export function createRun(
  deps: RunDeps,
  messengerOf: (task: Task) => Messenger | undefined,
  parts: WorkerParts,
): (held: Held) => Promise<void> {
  const { store, clock, random, log, owner } = deps;
  const { cards, room, retryUntilStored, stopping } = parts;
  const tools = Object.assign({}, deps, parts);
  const absent = new Set<string>();
  const providerOf = (task: Task): Provider | undefined =>
    deps.providers.find((provider) => provider.name === task.provider);

  /** What tasks wait for, told once each. */
  function tellAbsent(what: { provider?: string; chat?: string }): void {
    const name = JSON.stringify(what);
    if (absent.has(name) || absent.size >= MAX_ABSENT) return;
    absent.add(name);
    log.warn(what, 'tasks wait for what is not set up here now: set its key or token again, and they go on');
  }

  async function decide(
    { task, gate, abort, kept }: Held,
    entered: Pick<StepContext, 'enteredThisRun' | 'handoff' | 'leaseAge' | 'visitor'>,
  ): Promise<Outcome> {
    const provider = providerOf(task) ?? withoutProvider(task);
    const messenger = messengerOf(task) ?? withoutChat(task);
    if (!provider || !messenger) {
      tellAbsent({ provider: provider ? undefined : task.provider, chat: messenger ? undefined : task.place.platform });
      // Nothing can bring its picture: for ever waiting it would count against what its person may have elsewhere.
      const ageMs = store.now() - (task.at.received ?? 0);
      if (!messenger && task.state === 'received' && ageMs > deps.limits.queueMaxMs)
        return fail({ type: 'picture-gone' });
      return { type: 'wait', wait: Math.min(ABSENT.mostMs, Math.max(ABSENT.leastMs, ageMs * ABSENT.shareOfAge)) };
    }
    const { signal } = abort;
    const own = {
      log: log.child({ task: task.id }),
      provider,
      messenger,
      gate,
      signal,
      kept,
    };
    try {
      // Not a spread: see `withChanges`.
      return await step(task, Object.assign({}, tools, own, entered));
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      log.error({ err: error, task: task.id, state: task.state }, 'a step threw');
      const throws = task.throws ?? 0;
      if (throws + 1 >= MAX_THROWN && task.state !== 'rendering')
        return isOver(task) ? { type: 'rest' } : fail(poisoned(task.state));
      return { type: 'wait', wait: backoffMs(throws, THROWN_BACKOFF, random), changes: { throws: throws + 1 } };
    }
  }

  async function settle(settled: readonly Settlement[]): Promise<void> {
    for (const { attemptId, ...cost } of settled) await retryUntilStored(() => store.spend.settle(attemptId, cost));
  }

  /** Two clocks: one of them may stand still while the machine sleeps. */
  function stopwatch(): () => number {
    const [began, beganInStore] = [clock.now(), store.now()];
    return () => Math.max(clock.now() - began, store.now() - beganInStore);
  }

  async function goThrough(held: Held, visitor: Visitor): Promise<void> {
    let enteredThisRun = false;
    let handoff: Handoff = {};
    let leaseAge = stopwatch();
    cards.offer(held.task);
    for (;;) {
      const { task } = held;
      const isStart = held.gate !== undefined || handoff.picture !== undefined;
      const putOffMs = visitor.goTo(talksTo(task, { isStart }));
      const outcome: Outcome =
        putOffMs === undefined
          ? await decide(held, { enteredThisRun, handoff, leaseAge, visitor })
          : { type: 'wait', wait: putOffMs };
      const { next, between, dueAt, goOn } = planSave(task, outcome, {
        now: store.now(),
        provider: providerOf(task),
        stopping: stopping.aborted,
      });
      const token = randomBytes(8).toString('hex');
      const settled = settledWith(task, next, outcome);
      // A task that goes back to waiting counts as that from its save on: until then its attempt has to count.
      const goesBack = next.state === 'queued';
      if (!goesBack) await settle(settled);
      leaseAge = stopwatch();
      const { facts } = outcome;
      const decided = goOn ? next : withChanges(next, { letGo: next.version + 1 });
      const save = () => store.tasks.save(decided, { owner, dueAt, hold: goOn, token, facts });
      const saved = await retryUntilStored(save).finally(outcome.after);
      if (goesBack) await settle(settled);
      if (!saved) {
        log.info({ task: task.id, state: next.state }, 'another worker holds this task now');
        // An attempt that was named in vain is never called.
        const named = next.attempts.slice(task.attempts.length);
        return settle(named.map(({ id }) => ({ attemptId: id, cost: 0 })));
      }
      let from = task.state;
      // Two at once are told as two.
      for (const to of [between, next.state]) {
        if (to !== undefined && to !== from) log.info({ task: task.id, from, to }, 'task moved on');
        from = to ?? from;
      }
      cards.offer(saved);
      deps.onSaved?.(saved, task.state);
      if (!goOn) return;
      if (outcome.type !== 'rest' && outcome.wait !== undefined)
        await clock.sleep(outcome.wait, held.sleepAbort.signal);
      enteredThisRun = next.state !== task.state;
      handoff = (outcome.type === 'advance' && outcome.handoff) || {};
      held.task = saved;
    }
  }

  return async (held) => {
    const visitor = room.visitor();
    try {
      await goThrough(held, visitor);
    } finally {
      visitor.leave();
    }
  };
}
