import { checkStore } from '../../src/store/check.ts';
import type { Store } from '../../src/store/store.ts';
import { openJobs, type Task } from '../../src/task/task.ts';
import { sha256 } from '../../src/util/hash.ts';
import type { Report } from '../fakes/books.ts';
import type { Event } from './process.ts';

/** How a run came out. What must be zero is in `wrong`, a sentence each. */
export interface Verdict {
  asked: number;
  delivered: number;
  failedByProvider: number;
  unconfirmed: number;
  kills: number;
  /** Nobody was there to hear them, and they were not told otherwise. */
  unheard: number;
  /** Lines that announced a clip which then came elsewhere. */
  strayLines?: number;
  wrong: string[];
}

/** What a crowd of people saw. */
export interface Seen {
  /** Scenes in the order they were asked for, each of its own. */
  scenes: readonly string[];
  /** Those that somebody was told are taken. */
  heard: ReadonlySet<string>;
  /** How often each scene's clip was shown to them. */
  clips: ReadonlyMap<string, number>;
}

/** Holds what is on record, what the service charged and what people saw against each other. */
export async function judge(
  store: Store,
  report: Report,
  { scenes, heard, clips }: Seen,
  events: readonly Event[],
): Promise<Verdict> {
  const tasks = new Map<string, Task[]>();
  for await (const { task } of store.dump.entries('task'))
    tasks.set(task.scene, [...(tasks.get(task.scene) ?? []), task]);
  const bills = new Map<string, number>();
  for await (const row of store.dump.entries('spend'))
    if (row.cost > 0) bills.set(row.request, (bills.get(row.request) ?? 0) + 1);
  const wrong: string[] = [];
  const verdict = {
    asked: scenes.length,
    delivered: 0,
    failedByProvider: 0,
    unconfirmed: 0,
    kills: 0,
    unheard: 0,
    wrong,
  };
  for (const scene of scenes) {
    const [task, ...twins] = tasks.get(scene) ?? [];
    const accepted = report.accepted.filter((job) => job.scene === scene).length;
    const shown = clips.get(scene) ?? 0;
    if (!task) {
      if (heard.has(scene)) wrong.push(`"${scene}" was lost`);
      else verdict.unheard += 1;
      continue;
    }
    if (twins.length > 0) wrong.push(`"${scene}" became ${twins.length + 1} tasks`);
    if (accepted > 1) wrong.push(`"${scene}" was paid for ${accepted} times`);
    if (accepted > (bills.get(sha256(task.requestKey)) ?? 0)) wrong.push(`"${scene}" was paid for and is on no bill`);
    if (shown > 1) wrong.push(`the clip of "${scene}" was shown ${shown} times`);
    if (task.state === 'delivered') {
      verdict.delivered += 1;
      if (shown === 0) wrong.push(`the clip of "${scene}" is delivered and nobody saw it`);
    } else if (task.state === 'unconfirmed') {
      verdict.unconfirmed += 1;
      if (openJobs(task).length > 0) wrong.push(`"${scene}" is unconfirmed, and its job is on record`);
      if (!diedInSubmit(task.id, events)) wrong.push(`"${scene}" is unconfirmed, and nobody died over it`);
    } else if (task.state === 'failed' && task.failure?.type === 'try-another') verdict.failedByProvider += 1;
    else if (task.state === 'cancelled' && !heard.has(scene)) verdict.unheard += 1;
    else wrong.push(`"${scene}" ended as ${task.state} ${JSON.stringify(task.failure ?? '')}`);
  }
  for await (const sentence of checkStore(store)) wrong.push(sentence);
  return { ...verdict, kills: events.filter(({ what }) => what === 'killed').length };
}

/** Whether the process that saved `submitting` last was killed or paused before it could record the answer. */
function diedInSubmit(taskId: string, events: readonly Event[]): boolean {
  const last = events.findLastIndex(
    (event) => event.what === 'moved' && event.task === taskId && event.to === 'submitting',
  );
  // It may have died between its save and its line in the log: then somebody else says what became of it.
  const by = events[last];
  if (by === undefined) return events.some(({ what }) => what === 'killed');
  const next = events
    .slice(last + 1)
    .find((event) => event.process === by.process && (event.what !== 'moved' || event.task === taskId));
  return next !== undefined && next.what !== 'moved';
}
