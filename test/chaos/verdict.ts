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
  /** Ended, unpaid or in doubt, by a clock that was set ahead by more than the day that they may wait. */
  expired: number;
  /** Pictures that hurt, which were refused or ended as such. */
  badPictures: number;
  /** Nobody was there to hear them, and they were not told otherwise. */
  unheard: number;
  /** Lines that announced a clip which then came elsewhere. */
  strayLines?: number;
  wrong: string[];
}

const DAY_MS = 24 * 3_600_000;
const FALLS: ReadonlySet<Event['what']> = new Set(['killed', 'paused', 'died']);
const FATES: ReadonlySet<Event['what']> = new Set([...FALLS, 'started', 'resumed']);

/** What a crowd of people saw. */
export interface Seen {
  /** Scenes in the order they were asked for, each of its own. */
  scenes: readonly string[];
  /** Those that somebody was told are taken. */
  heard: ReadonlySet<string>;
  /** Those whose pictures hurt. */
  hostile?: ReadonlySet<string>;
  /** How often each scene's clip was shown to them. */
  clips: ReadonlyMap<string, number>;
}

/** Holds what is on record, what the service charged and what people saw against each other. */
export async function judge({
  store,
  report,
  seen: { scenes, heard, clips, hostile = new Set() },
  events,
  budget = Number.POSITIVE_INFINITY,
}: {
  store: Store;
  report: Report;
  seen: Seen;
  events: readonly Event[];
  /** Credits a day. */
  budget?: number;
}): Promise<Verdict> {
  const tasks = new Map<string, Task[]>();
  for await (const { task } of store.dump.entries('task'))
    tasks.set(task.scene, [...(tasks.get(task.scene) ?? []), task]);
  const bills = new Map<string, number>();
  const days = new Map<number, number>();
  for await (const { cost, request, at } of store.dump.entries('spend')) {
    if (cost > 0) bills.set(request, (bills.get(request) ?? 0) + 1);
    const day = Math.floor(at / DAY_MS);
    days.set(day, (days.get(day) ?? 0) + cost);
  }
  const wrong: string[] = [];
  for (const spent of days.values())
    if (spent > budget) wrong.push(`${spent} credits were spent in a day, of ${budget}`);
  for (const process of endedByItself(events)) wrong.push(`${process} ended by itself`);
  const verdict = {
    asked: scenes.length,
    delivered: 0,
    failedByProvider: 0,
    unconfirmed: 0,
    kills: events.filter(({ what }) => what === 'killed').length,
    expired: 0,
    badPictures: 0,
    unheard: 0,
    wrong,
  };
  for (const scene of scenes) {
    const [task, ...twins] = tasks.get(scene) ?? [];
    const accepted = report.accepted.filter((job) => job.scene === scene).length;
    const shown = clips.get(scene) ?? 0;
    if (!task) {
      if (hostile.has(scene)) verdict.badPictures += 1;
      else if (heard.has(scene)) wrong.push(`"${scene}" was lost`);
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
    else if (isExpired(task, { accepted, events })) verdict.expired += 1;
    else if (task.state === 'failed' && hostile.has(scene)) verdict.badPictures += 1;
    else if (task.state === 'cancelled' && !heard.has(scene)) verdict.unheard += 1;
    else wrong.push(`"${scene}" ended as ${task.state} ${JSON.stringify(task.failure ?? '')}`);
  }
  for await (const sentence of checkStore(store)) wrong.push(sentence);
  return verdict;
}

function isExpired(
  { id, failure }: Task,
  { accepted, events }: { accepted: number; events: readonly Event[] },
): boolean {
  const leapt = events.some((event) => event.what === 'clock set' && event.skewMs > DAY_MS);
  if (failure?.type === 'transient') return leapt && accepted === 0;
  return failure?.type === 'doubt' && leapt && diedInSubmit(id, events);
}

/** Processes that ended though nobody harmed them; one whose disk does not take what was written ends by itself, once. */
function endedByItself(events: readonly Event[]): string[] {
  // Each sync that fails ends one; the next may be told to fail before the end by the last one is heard of.
  const failing = new Map<string, number>();
  return events.flatMap(({ what, process }) => {
    const left = failing.get(process) ?? 0;
    if (what === 'sync fails') failing.set(process, left + 1);
    if (what !== 'died') return [];
    failing.set(process, Math.max(0, left - 1));
    return left === 0 ? [process] : [];
  });
}

/** Whether the process that saved `submitting` last was killed or paused before it could record the answer. */
function diedInSubmit(taskId: string, events: readonly Event[]): boolean {
  const last = events.findLastIndex(
    (event) => event.what === 'moved' && event.task === taskId && event.to === 'submitting',
  );
  // It may have died between its save and its line in the log: then somebody else says what became of it.
  const by = events[last];
  if (by === undefined) return events.some(({ what }) => what === 'killed');
  // What it wrote right before may be read after it was stopped.
  const fate = events.slice(0, last).findLast(({ what, process }) => process === by.process && FATES.has(what));
  if (fate && FALLS.has(fate.what)) return true;
  const next = events
    .slice(last + 1)
    .find(
      (event) =>
        event.process === by.process && (event.what === 'moved' ? event.task === taskId : FALLS.has(event.what)),
    );
  return next !== undefined && next.what !== 'moved';
}
