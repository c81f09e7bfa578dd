import type { Provider } from '../providers/provider.ts';
import type { Task } from '../task/task.ts';
import type { StepContext } from './outcome.ts';
import { expectFrom, type History, historySchema, learn, nextLookMs } from './pace.ts';

type PaceDeps = Pick<StepContext, 'provider' | 'store' | 'random'>;

/** Jobs that take alike: of one provider, model and length of clip. */
const kindOf = (task: Task, provider: Provider): string =>
  [provider.name, task.options.model ?? provider.model ?? '', task.options.duration].join('/');

/** A record that cannot be read is no reason to stop: it is learned anew. */
async function historyOf(task: Task, { provider, store }: PaceDeps): Promise<History> {
  return historySchema.safeParse(await store.durations.get(kindOf(task, provider))).data ?? [];
}

const hasCallback = ({ attempts }: Task): boolean =>
  attempts.some(({ over, callback }) => over === undefined && callback !== undefined);

/** When to look at a task's jobs next, and whether they are late already. `progress`: told just now. */
export async function nextLook(
  task: Task,
  { now, progress }: { now: number; progress?: number },
  deps: PaceDeps,
): Promise<{ wait: number; late: boolean }> {
  const expected = expectFrom(await historyOf(task, deps));
  const elapsedMs = now - (task.at.rendering ?? now);
  const wait = nextLookMs({
    expected,
    elapsedMs,
    progress,
    lastProgress: task.look?.progress,
    random: deps.random,
    minMs: deps.provider.capabilities.minPollMs,
    callbacks: hasCallback(task),
  });
  return { wait, late: elapsedMs >= expected.lateMs };
}

/** Remembers how long a job took whose verdict has just been seen: people wait for failures too. */
export async function learnPace(task: Task, now: number, deps: PaceDeps): Promise<void> {
  const accepted = task.at.rendering;
  if (accepted === undefined) return;
  const { look } = task;
  const history = learn(await historyOf(task, deps), {
    loMs: (look?.at ?? accepted) - accepted,
    hiMs: now - accepted,
    progress: look?.progress,
    // Nearly every one comes, and then its look was the one that saw the end.
    callback: hasCallback(task),
  });
  await deps.store.durations.put(kindOf(task, deps.provider), history);
}
