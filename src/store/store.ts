import type { NewTask, Place, Request, Task, TaskState } from '../task/task.ts';
import type { Blobs, StagedBlob } from './blobs.ts';
import type { Dump } from './dump.ts';
import type { Spend } from './spend.ts';

/** A claim lasts this long unless renewed. */
export const LEASE_MS = 30_000;
/** A claim that is worked on is renewed this often. */
export const RENEW_MS = 10_000;
/** Queue positions are counted to here, then said as "more than 100". */
export const MAX_POSITION = 100;

/**
 * The record cannot be used: another program has it, the disk is full, it may not be written, it is damaged. The
 * message is one plain sentence for the person who runs the bot; `cause` has what the machine said. Thrown at open and
 * by any operation. What was promised before stays on record, and the same call may work later.
 */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/**
 * The port to whatever keeps the record. Only the store makes instants (machines' clocks differ); every write has
 * reached the disk when its promise resolves. Nothing outside `store/<kind>` knows the database behind it.
 */
export interface Store {
  /** Milliseconds since the epoch on the store's clock. */
  now(): number;
  readonly tasks: Tasks;
  readonly blobs: Blobs;
  readonly drafts: Drafts;
  readonly spend: Spend;
  readonly cooldowns: Cooldowns;
  readonly durations: Durations;
  readonly locks: Locks;
  readonly dump: Dump;
  /** A value that all processes agree on, for ever: the first that any of them proposed. */
  setOnce(name: string, proposal: string): Promise<string>;
  /**
   * Removes what nobody owns any more: blobs without their task, drafts and parkings past their time. With `keepMs`
   * also forgets the tasks, and their blobs, that ended longer ago and have nothing left to do; and what was spent so
   * long ago, but never what a limit may still count (`SPEND_MS`).
   */
  sweep(how?: { keepMs?: number }): Promise<void>;
  close(): Promise<void>;
}

export interface Tasks {
  /**
   * Records a task in state `received`, due now, with the blob it comes with. The request key is unique: told again under
   * another id, the first task is returned, not `created`, and what was staged is the caller's to discard. Under the same
   * id it is the same insert, tried again.
   */
  insert(task: NewTask, upload?: StagedBlob): Promise<{ task: Task; created: boolean }>;
  get(id: string): Promise<Task | undefined>;
  byRequestKey(requestKey: string): Promise<Task | undefined>;

  /** Claims tasks that are due and not leased, in any state, longest due first. */
  claimDue(owner: string, limit: number): Promise<Task[]>;
  /**
   * Claims the one `queued` task that is next by rank, unless `slots` tasks of the provider are in flight already:
   * `submitting`, `rendering`, or `queued` and claimed by this (until its holder lets go or, since a late holder may
   * still save, until it is claimed anew). One that `claimDue` gave out is not started, and so holds no slot.
   */
  claimStart(owner: string, provider: string, slots: number): Promise<Task | undefined>;
  /** Prolongs the owner's leases on these tasks. Returns the ids that it still holds. */
  renew(owner: string, ids: string[]): Promise<string[]>;
  /**
   * Saves a *decision*: nothing changes (and undefined is returned) unless the owner still holds the lease and the
   * version is the one read. Facts, requests and what was fixed at insert (all but where the picture is) are left as
   * they are in the store.
   * The lease ends, and the task is due at `dueAt` (absent: nothing left to do), or now where somebody asked something
   * since the task was read. With `hold` the lease goes on instead. Returns the task as it now stands.
   * `token` names this one save: told again, as after an answer that was lost, it is done once and returns the same.
   */
  save(task: Task, by: { owner: string; dueAt?: number; hold?: boolean; token?: string }): Promise<Task | undefined>;

  /**
   * A *fact*, kept in any state unless the attempt has a job already. Makes the task due; where somebody other than
   * `owner` holds it, its holder's next save leaves it due. Returns the task (undefined: it was removed).
   */
  recordAccepted(id: string, attemptId: string, jobId: string, owner?: string): Promise<Task | undefined>;
  /** A *fact*: returns the message id that holds, which is another where one was recorded before. */
  recordSent(id: string, send: string, messageId: string, owner?: string): Promise<string | undefined>;
  /** A *request*: kept beside the decisions, never touches the version, makes the task due. Returns the task. */
  ask(id: string, request: Request): Promise<Task | undefined>;

  /** Tasks that have cost nothing yet but will: `received` or `queued`, of a provider or of one person there. */
  waiting(of: { provider: string; person?: string }): Promise<{ clips: number; credits: number }>;
  /** How many queued tasks of its provider start before this one, counted to `MAX_POSITION`. */
  ahead(task: Task): Promise<number>;
  /** A place's tasks, newest first; `before` a task of an earlier page. */
  conversation(place: Pick<Place, 'platform' | 'chat'>, page: { limit: number; before?: Task }): Promise<Task[]>;
  /** A person's delivered tasks, newest first; `before` a task of an earlier page. */
  clipsOf(person: string, page: { limit: number; before?: Task }): Promise<Task[]>;
  /** How many tasks are in each state; for whoever watches. */
  counts(): Promise<Record<TaskState, number>>;
  /** The instant at which the task was due that has waited longest for somebody to claim it; undefined: none waits. */
  oldestDue(): Promise<number | undefined>;
  /** Forgets a task and its blobs. What it spent stays on record. */
  remove(id: string): Promise<void>;
}

/** A question or form that is open, so that any process, also after a restart, can take the answer. */
export interface Draft {
  /** Chosen by the adapter, for instance place + person. */
  key: string;
  /** The adapter's own; parsed by it when it comes back. */
  data: unknown;
}

export const DRAFT_MS = 24 * 60 * 60 * 1000;

export interface Drafts {
  /** Replaces a draft of the same key; gone after `DRAFT_MS`. */
  put(draft: Draft): Promise<void>;
  get(key: string): Promise<Draft | undefined>;
  /** Removes it; true for exactly one of several callers, who then goes on. */
  take(key: string): Promise<boolean>;
}

/** What was learned of how long jobs of one kind take; a small record each, known to all processes. */
export interface Durations {
  /** Parsed by whoever reads it; undefined where nothing is known. */
  get(kind: string): Promise<unknown>;
  put(kind: string, learned: unknown): Promise<void>;
}

/** Keys and providers that are not to be used for a while, known to all processes. */
export interface Cooldowns {
  /** Parks it for so many milliseconds; a later end wins. */
  park(name: string, ms: number, reason: string): Promise<void>;
  /** Until when (store's clock) and why, or undefined where it may be used. */
  get(name: string): Promise<{ until: number; reason: string } | undefined>;
}

/** What only one process does at a time: leases with names. */
export interface Locks {
  /** Takes it, or prolongs it, for so many milliseconds; false while it is another owner's. */
  hold(name: string, owner: string, ms: number): Promise<boolean>;
  /** Ends one's own. */
  release(name: string, owner: string): Promise<void>;
}
