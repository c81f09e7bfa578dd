import { randomBytes } from 'node:crypto';
import { isOver, MAX_STARS, type Task } from '../../task/task.ts';
import { key } from '../keys.ts';
import { LEASE_MS, type NewFacts } from '../tasks.ts';
import type { Fact } from './models.ts';
import { FACT_FIELDS, type FactField, type Stage, type TaskStage } from './queries.ts';

/*
 * Every change of a task, each one atomic update. What it searches by follows from the state and the lease, and is set
 * in the same step. Pipelines, so that a change may depend on what stands there; text in them only as `$literal`.
 */

export const stageOf = (state: Task['state']): TaskStage | undefined => {
  if (state === 'received' || state === 'queued') return 'waiting';
  return state === 'submitting' || state === 'rendering' ? 'running' : undefined;
};

const set = (fields: Record<string, unknown>): Stage[] => [{ $set: fields }];

/** `owner` by way of `key`. */
export interface Lease {
  owner: string;
  until: number;
  claim: string;
  starting: boolean;
}

/** A new one, under a name of its own. */
export const leaseFor = (owner: string, { now, starting }: { now: number; starting: boolean }): Lease => ({
  owner: key(owner),
  until: now + LEASE_MS,
  claim: randomBytes(8).toString('hex'),
  starting,
});

/** One that is queued and not to be started holds no slot. */
const leaseFields = (lease: Lease): Record<string, unknown> => ({
  leaseOwner: { $literal: lease.owner },
  leaseUntil: lease.until,
  claim: lease.claim,
  starting: lease.starting ? true : '$$REMOVE',
  dueAt: lease.until,
  version: { $add: ['$version', 1] },
  startable: '$$REMOVE',
  inFlight: lease.starting ? true : { $cond: [{ $eq: ['$state', 'queued'] }, '$$REMOVE', '$inFlight'] },
});

/** A claim, as an update. */
export const leasing = (lease: Lease): Stage[] => set(leaseFields(lease));

export const renewing = (until: number): Stage[] => set({ leaseUntil: until, dueAt: until });

interface Decision {
  task: Task;
  token: string;
  decisions: object;
  now: number;
  /** Where the lease goes on: until when. */
  holdUntil?: number;
  dueAt?: number;
  facts?: NewFacts;
}

/** Those that are not on record under their names. */
const adding = (field: FactField, facts: Fact[]) => {
  const names = { $map: { input: `$${field}`, as: 'known', in: '$$known.name' } };
  const isNew = { $not: [{ $in: ['$$this.name', names] }] };
  return { $concatArrays: [`$${field}`, { $filter: { input: { $literal: facts }, cond: isNew } }] };
};

/** The fields of facts, for an update. */
const factFields = (facts: NewFacts = {}): Record<string, unknown> =>
  Object.fromEntries(listFacts(facts).map(([field, list]) => [field, adding(field, list)]));

/** Facts as documents have them, those that there are. */
export const listFacts = (facts: NewFacts): [FactField, Fact[]][] =>
  FACT_FIELDS.map((field): [FactField, Fact[]] => [
    field,
    Object.entries(facts[field] ?? {}).map(([name, value]) => ({ name, value })),
  ]).filter(([, list]) => list.length > 0);

/** A save, as an update. */
export const saving = ({ task, token, decisions, now, holdUntil, dueAt, facts }: Decision): Stage[] => {
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
    ...factFields(facts),
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

/** The same as `asking` to wake; where nobody holds the task it is leased as well. */
export const calling = (now: number, lease?: Lease): Stage[] => {
  if (!lease) return asking({}, now);
  // Each field as it is where somebody holds it.
  const either = Object.entries(leaseFields(lease)).map(([name, value]) => [
    name,
    { $cond: [isHeld(now), { $ifNull: [`$${name}`, '$$REMOVE'] }, value] },
  ]);
  return set({ asked: { $add: ['$asked', 1] }, ...Object.fromEntries(either) });
};

/** A request, which makes its task due. */
export const asking = (kept: Partial<Task['requests']>, now: number): Stage[] =>
  set({
    requests: { $mergeObjects: ['$requests', { $literal: kept }] },
    asked: { $add: ['$asked', 1] },
    dueAt: dueNow(now),
  });
