import type { Store } from '../store/store.ts';
import { RENEW_MS } from '../store/tasks.ts';
import type { Task } from '../task/task.ts';
import type { Clock } from '../util/clock.ts';
import { settleWithin } from '../util/settle-within.ts';
import type { Gate } from './gate.ts';
import { createKeptBytes } from './kept-bytes.ts';
import type { Held } from './run.ts';

/** At a stop, steps have this long; one with a submit on the wire has longer. */
const STOP_MS = 8_000;
const STOP_SUBMITTING_MS = 50_000;

/** The runs of this process, and the leases of their tasks. */
export interface Runs {
  count(): number;
  /** `gate`: it was claimed to be started. */
  begin(task: Task, gate?: Gate): void;
  /** After a pause leases may have run out: a task that is still worked on must not be claimed anew. */
  renewIfDue(): Promise<void>;
  keepRenewing(done: AbortSignal): Promise<void>;
  /** At a stop: a run that waits between two looks goes on at once. */
  endWaits(): void;
  /** Resolves when all have ended, or were given a few seconds for it. */
  stop(): Promise<void>;
}

export function createRuns(deps: {
  store: Pick<Store, 'tasks'>;
  clock: Clock;
  owner: string;
  run: (held: Held) => Promise<void>;
  onEnd: () => void;
  trouble: (error: unknown, what: string) => void;
}): Runs {
  const { store, clock, owner, run, onEnd, trouble } = deps;
  const runs = new Map<string, { held: Held; ended: Promise<void> }>();
  const keptBytes = createKeptBytes();
  let renewedAt = clock.now();

  async function renewAll(): Promise<void> {
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

  let renewing: Promise<void> | undefined;
  /** One at a time: whoever comes meanwhile, as each request does that asks for room, waits for the same. */
  function renew(): Promise<void> {
    renewing ??= renewAll().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  return {
    count: () => runs.size,
    begin(task, gate) {
      const kept = keptBytes();
      const held: Held = { task, gate, abort: new AbortController(), sleepAbort: new AbortController(), kept };
      const ended = run(held)
        .catch((error: unknown) => trouble(error, 'a task was put down'))
        .finally(() => {
          kept.letGo();
          // The same task may have been claimed anew by this process after its lease ran out.
          if (runs.get(task.id)?.held === held) runs.delete(task.id);
          onEnd();
        });
      runs.set(task.id, { held, ended });
    },
    async renewIfDue() {
      if (clock.now() - renewedAt >= RENEW_MS) await renew();
    },
    async keepRenewing(done) {
      while (!done.aborted) {
        await clock.sleep(RENEW_MS, done);
        if (!done.aborted) await renew().catch((error: unknown) => trouble(error, 'leases could not be renewed'));
      }
    },
    endWaits() {
      for (const { held } of runs.values()) held.sleepAbort.abort();
    },
    async stop() {
      const all = Promise.allSettled([...runs.values()].map((each) => each.ended));
      await settleWithin(all, STOP_MS, clock);
      for (const { held } of runs.values()) if (held.task.state !== 'submitting') held.abort.abort();
      const isSubmitting = [...runs.values()].some(({ held }) => held.task.state === 'submitting');
      if (isSubmitting) await settleWithin(all, STOP_SUBMITTING_MS - STOP_MS, clock);
    },
  };
}
