import { isOver, MAX_STARS, type Task } from '../../task/task.ts';
import { key } from '../keys.ts';
import type { Fact } from './models.ts';
import type { FactField, Stage, TaskStage } from './queries.ts';

/*
 * Every change of a task, each one atomic update. What it searches by follows from the state and the lease, and is set
 * in the same step. Pipelines, so that a change may depend on what stands there; text in them only as `$literal`.
 */

export const stageOf = (state: Task['state']): TaskStage | undefined => {
  if (state === 'received' || state === 'queued') return 'waiting';
  return state === 'submitting' || state === 'rendering' ? 'running' : undefined;
};

const set = (fields: Record<string, unknown>): Stage[] => [{ $set: fields }];

/** A claim, as an update. One that is queued and not to be started holds no slot. */
export const leasing = (lease: { owner: string; until: number; claim: string; starting: boolean }): Stage[] =>
  set({
    leaseOwner: { $literal: lease.owner },
    leaseUntil: lease.until,
    claim: lease.claim,
    starting: lease.starting ? true : '$$REMOVE',
    dueAt: lease.until,
    version: { $add: ['$version', 1] },
    startable: '$$REMOVE',
    inFlight: lease.starting ? true : { $cond: [{ $eq: ['$state', 'queued'] }, '$$REMOVE', '$inFlight'] },
  });

export const renewing = (until: number): Stage[] => set({ leaseUntil: until, dueAt: until });

interface Decision {
  task: Task;
  token: string;
  decisions: object;
  now: number;
  /** Where the lease goes on: until when. */
  holdUntil?: number;
  dueAt?: number;
}

/** A save, as an update. */
export const saving = ({ task, token, decisions, now, holdUntil, dueAt }: Decision): Stage[] => {
  const { state, asked } = task;
  const stage = stageOf(state);
  const held = holdUntil !== undefined;
  const lease = held
    ? { leaseUntil: holdUntil, dueAt: holdUntil }
    : {
        leaseOwner: '$$REMOVE',
        leaseUntil: '$$REMOVE',
        claim: '$$REMOVE',
        starting: '$$REMOVE',
        // A request or a fact came since the task was read.
        dueAt: { $cond: [{ $ne: ['$asked', asked] }, now, dueAt ?? '$$REMOVE'] },
      };
  return set({
    state,
    stage: stage ?? '$$REMOVE',
    startable: state === 'queued' && !held ? true : '$$REMOVE',
    inFlight: stage === 'running' ? true : state === 'queued' && held ? '$starting' : '$$REMOVE',
    endedAt: isOver(task) ? { $ifNull: ['$endedAt', now] } : '$$REMOVE',
    token: { $literal: token },
    decisions: { $literal: decisions },
    version: { $add: ['$version', 1] },
    ...lease,
  });
};

const isHeld = (now: number) => ({ $gt: [{ $ifNull: ['$leaseUntil', 0] }, now] });
/** A task that is not leased is due now, the others when they are saved. */
const dueNow = (now: number) => ({ $cond: [isHeld(now), '$dueAt', { $min: ['$dueAt', now] }] });

/** A fact, which makes its task due; not for the lease's holder, who knows. */
export const learning = (field: FactField, fact: Fact, by: { owner?: string; now: number }): Stage[] => {
  const knows = {
    $and: [isHeld(by.now), { $eq: ['$leaseOwner', { $literal: by.owner === undefined ? '' : key(by.owner) }] }],
  };
  return set({
    [field]: { $concatArrays: [`$${field}`, [{ $literal: fact }]] },
    asked: { $add: ['$asked', { $cond: [knows, 0, 1] }] },
    dueAt: dueNow(by.now),
  });
};

/** Other words for a task that waits, which nobody then holds. */
export const rewording = ({ scene, options }: Pick<Task, 'scene' | 'options'>, now: number): Stage[] =>
  set({
    'fixed.scene': { $literal: scene },
    'fixed.options': { $literal: options },
    version: { $add: ['$version', 1] },
    asked: { $add: ['$asked', 1] },
    leaseOwner: '$$REMOVE',
    leaseUntil: '$$REMOVE',
    claim: '$$REMOVE',
    starting: '$$REMOVE',
    dueAt: now,
  });

/** A person's star, which is given once, or taken. Documents of the first versions may have no list. */
export function starring(person: string, isOn: boolean): Stage[] {
  const one = { $literal: person };
  const stars = { $ifNull: ['$stars', []] };
  const isFull = { $gte: [{ $size: stars }, MAX_STARS] };
  const more = { $cond: [{ $or: [{ $in: [one, stars] }, isFull] }, stars, { $concatArrays: [stars, [one]] }] };
  const fewer = { $filter: { input: stars, cond: { $ne: ['$$this', one] } } };
  return [{ $set: { stars: isOn ? more : fewer } }, { $set: { starred: { $gt: [{ $size: '$stars' }, 0] } } }];
}

/** The stars of the clip that it shows, beside those it was given meanwhile. */
export const starredAs = (stars: string[]): Stage[] =>
  set({ stars: { $slice: [{ $setUnion: ['$stars', { $literal: stars }] }, MAX_STARS] }, starred: true });

/** A request, which makes its task due. */
export const asking = (kept: Partial<Task['requests']>, now: number): Stage[] =>
  set({
    requests: { $mergeObjects: ['$requests', { $literal: kept }] },
    asked: { $add: ['$asked', 1] },
    dueAt: dueNow(now),
  });
