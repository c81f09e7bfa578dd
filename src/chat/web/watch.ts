import type { Store } from '../../store/store.ts';
import type { Task } from '../../task/task.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import { WEB_PLACE } from './env.ts';
import type { Feed } from './feed.ts';
import type { Viewer } from './viewer.ts';

/** How soon a page shows what another process did. */
const LOOK_MS = 1_000;
/** The newest tasks are looked at; older ones hardly change. */
const WATCHED = 50;

/** While there are readers, tells the pages of other processes' changes to the conversation. Returns how to stop. */
export function watchOthers(deps: {
  store: Pick<Store, 'tasks'>;
  feed: Feed;
  viewer: Pick<Viewer, 'view'>;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}): () => void {
  const { store, feed, viewer, clock, log } = deps;
  const stopping = new AbortController();
  let seen = new Map<string, string>();

  async function look(): Promise<void> {
    const tasks = await store.tasks.conversation(WEB_PLACE, { limit: WATCHED });
    const now = new Map(tasks.map((task) => [task.id, printOf(task)]));
    for (const task of tasks) if (seen.get(task.id) !== now.get(task.id)) feed.task(task.id, await viewer.view(task));
    for (const id of seen.keys()) if (!now.has(id) && !(await store.tasks.get(id))) feed.gone(id);
    seen = now;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await clock.sleep(LOOK_MS, stopping.signal);
      // A reader that comes later gets the whole conversation first.
      if (feed.readers() === 0) seen = new Map();
      else await look().catch((error: unknown) => log.warn({ err: error }, 'the conversation could not be looked at'));
    }
  }

  void run();
  return () => stopping.abort();
}

/** Changes with everything that a page shows of a task. */
const printOf = (task: Task): string => `${task.version} ${task.asked} ${task.stars?.join() ?? ''}`;
