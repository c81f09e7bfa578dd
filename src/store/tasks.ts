import type { NewTask, Place, Request, Task, TaskState } from '../task/task.ts';
import type { NewBlobs } from './blobs.ts';

/** A claim lasts this long unless renewed. */
export const LEASE_MS = 30_000;
/** A claim that is worked on is renewed this often. */
export const RENEW_MS = 10_000;
/** Queue positions are counted to here, then said as "more than 100". */
export const MAX_POSITION = 100;

/**
 * Start-time fair queueing: a person's next task ranks one behind their last unfinished one, yet never before what is
 * running now (where nothing is, what waits first). So a hundred waiting tasks of one person delay the next person's by
 * those already running alone.
 */
export const nextRank = (last = -1, running = 0): number => Math.max(running, last + 1);

/** What a new task's rank follows from, as it stood when it was asked for: for an insert in the same store. */
export interface Standings {
  /** No rank is before this one. */
  first: number;
  /** The person's last. */
  own: number;
  /** Of batches of inserts, those that had ended by then. */
  batches: number;
}

/** Whether of two that wait the one has its turn before the other. */
export const comesBefore = (one: Pick<Task, 'rank' | 'id'>, other: Pick<Task, 'rank' | 'id'>): boolean =>
  one.rank < other.rank || (one.rank === other.rank && one.id < other.id);

/** Facts by kind and name. */
export type NewFacts = Partial<Pick<Task, 'accepted' | 'sent'>>;

/**
 * Does work that may claim a task: it is given the name to claim it by, where this process has room for another run, and
 * returns what it `claimed`, which is begun with the worker's next look.
 */
export type WithRoom = <T extends { claimed?: Task }>(work: (owner?: string) => Promise<T>) => Promise<T>;

/** Leases: who decides on a task, and until when. */
export interface Claims {
  /** Claims tasks that are due and not leased, in any state, longest due first. */
  claimDue(owner: string, limit: number): Promise<Task[]>;
  /**
   * Claims the one `queued` task that is next by rank, unless `slots` tasks of the provider are in flight already:
   * `submitting`, `rendering`, or `queued` and claimed by this (until its holder lets go or, since a late holder may
   * still save, until it is claimed anew). One that `claimDue` gave out is not started, and so holds no slot.
   */
  claimStart(owner: string, provider: string, slots: number): Promise<Task | undefined>;
  /** One of these providers of which a task waits that `claimStart` would claim were there a slot; undefined: none does. */
  waitsToStart(providers: readonly string[]): Promise<string | undefined>;
  /** Prolongs the owner's leases on these tasks. Returns the ids that it still holds. */
  renew(owner: string, ids: string[]): Promise<string[]>;
  /**
   * Saves a *decision*: nothing changes (and undefined is returned) unless the owner still holds the lease and the
   * version is the one read. Facts, requests and what was fixed at insert (all but where the picture is; see `reword`) are
   * left as they are in the store.
   * The lease ends, and the task is due at `dueAt` (absent: nothing left to do), or now where a request or a fact came
   * since the task was read. With `hold` the lease goes on instead. Returns the task as it now stands.
   * `token` names this one save: told again, as after an answer that was lost, it is done once and returns the same.
   * `facts`: what its holder learned just now is put on record in the same write, and whatever becomes of the decision.
   */
  save(
    task: Task,
    by: { owner: string; dueAt?: number; hold?: boolean; token?: string; facts?: NewFacts },
  ): Promise<Task | undefined>;
  /**
   * Whether a task that is about to be queued, and so is nobody else's to start, may be started at once: fewer than `slots`
   * are in flight (see `claimStart`), and none that waits comes before it. Its slot is then taken in this process until
   * `release`, which is called once it is saved as started, or not.
   */
  turn(task: Pick<Task, 'id' | 'rank' | 'provider'>, slots: number): Promise<{ release(): void } | undefined>;
}

/** Facts and requests: written by any process at any time, fenced by nothing. */
export interface Facts {
  /**
   * A *fact*, kept in any state unless the attempt has a job already. Makes the task due; where another than
   * `owner` holds it, its holder's next save leaves it due. Returns the task (undefined: it was removed).
   */
  recordAccepted(id: string, attemptId: string, jobId: string, owner?: string): Promise<Task | undefined>;
  /** A *fact*: returns the message id that holds, which is another where one was recorded before. */
  recordSent(id: string, send: string, messageId: string, owner?: string): Promise<string | undefined>;
  /** A *request*: kept beside the decisions, never touches the version, makes the task due. Returns the task. */
  ask(id: string, request: Request): Promise<Task | undefined>;
  /**
   * The same as `ask` with `wake`, for who knows the secret of an attempt's callback (by its hash) while that is not over, and
   * nothing otherwise. Where nobody holds the task, `owner` claims it along; absent: nobody does.
   */
  call(
    id: string,
    by: { attempt: string; callback: string; owner?: string },
  ): Promise<{ task: Task; isClaimed: boolean } | undefined>;
  /**
   * Gives or takes a person's star, once, of `MAX_STARS` at most. It is the clip's: the task that is shown and all that show
   * it have it alike. Touches neither version nor due. Returns this task as it then stands (undefined: it was removed).
   */
  star(id: string, person: string, isOn: boolean): Promise<Task | undefined>;
}

/** The task that a page ended with: where it stands is all that is asked of it, so that it may be gone. */
export type Edge = Pick<Task, 'id' | 'at'>;

/** So many at most of those `before` a task of an earlier page. */
export interface Page {
  limit: number;
  before?: Edge;
}

/** The same from the oldest on: so many at most of those `after` a task of an earlier page. */
export interface LaterPage {
  limit: number;
  after?: Edge;
}

/** Which delivered clips: those of a place, what is shown there included, or those that a person had made anywhere. */
export interface ClipFilter {
  in: Pick<Place, 'platform' | 'chat'> | { person: string };
  /** In a place: only those that this person asked for, or showed. */
  by?: string;
  isStarred?: boolean;
  /** All of them stand in the scene, whatever their case; looked for in `MAX_LOOKED_THROUGH` scenes a page. */
  words?: readonly string[];
}

/** Whose tasks are counted: a provider's, all of them or those of one person or of one place. */
export interface Whose {
  provider: string;
  person?: string;
  place?: Pick<Place, 'platform' | 'chat'>;
}

/** Tasks as people look through them. */
export interface Pages {
  /** A place's tasks, newest first. */
  conversation(place: Pick<Place, 'platform' | 'chat'>, page: Page): Promise<Task[]>;
  /** Delivered tasks, newest first. */
  clips(filter: ClipFilter, page: Page): Promise<Task[]>;
  /** The takes of one line, by the id of its first (which may be gone), oldest first; without what shows their clips. */
  story(id: string, page: LaterPage): Promise<Task[]>;
  /** So many at most of those that show this task's clip, in any state. */
  showsOf(id: string, limit: number): Promise<Task[]>;
  /** So many at most of those recorded since an instant, in any state, newest first. */
  since(instant: number, limit: number): Promise<Task[]>;
  /** A person's own tasks in any state, those that show a clip included, newest first. */
  ofPerson(person: string, page: Page): Promise<Task[]>;
  /** So many at most of the tasks that this person starred, by their ids: those behind `after`. */
  starredBy(person: string, page: { limit: number; after?: string }): Promise<Task[]>;
}

/** The tasks on record, one for each clip. */
export interface Tasks extends Claims, Facts, Pages {
  /**
   * Records a task in state `received`, one that `shows` a clip in `ready`, due now, with the blobs it comes with. The
   * request key is unique: told again under another id, the first task is returned, not `created`, and what was staged is
   * the caller's to discard. Under the same id it is the same insert, tried again. Throws `BlobsGone`, and records nothing,
   * where it was to share blobs that are not there any more, or to show what is not. `standings`: as `lookAt` told them just now. `owner`: has it claimed along, at the version of one that nobody had before.
   */
  insert(
    task: NewTask,
    blobs?: NewBlobs,
    by?: { standings?: Standings; owner?: string },
  ): Promise<{ task: Task; created: boolean }>;
  /**
   * Gives a task that waits in this state another scene and options, and makes it due; undefined where it does not any more,
   * or somebody is about to start it. The one change of what is otherwise fixed at insert: whoever had read it before decides
   * nothing any more, so that what is submitted is what was last said. What it costs stays.
   */
  reword(id: string, words: Pick<Task, 'scene' | 'options'>, state: 'received' | 'queued'): Promise<Task | undefined>;
  get(id: string): Promise<Task | undefined>;
  byRequestKey(requestKey: string): Promise<Task | undefined>;

  /** How many tasks wait or are being made: `received` to `rendering`, but not in doubt. */
  underWay(of: Whose): Promise<number>;
  /** How many queued tasks of its provider start before this one, counted to `MAX_POSITION`. */
  ahead(task: Task): Promise<number>;
  /** How many of the clips asked for in this time, its end excluded, are in this state now; of shows none. */
  recorded(of: { state: TaskState; from: number; to: number }): Promise<number>;
  /** When the clip was asked for that is in this state and was asked for first; undefined: none is. */
  oldestIn(state: TaskState): Promise<number | undefined>;
  /** How many tasks that something is left to do for are in each state: what has ended and been told is in none. */
  counts(): Promise<Record<TaskState, number>>;
  /** The instant at which the task was due that has waited longest for a claim; undefined: none waits. */
  oldestDue(): Promise<number | undefined>;
  /** Forgets a task, its blobs and its link; returns it as it last was. What it spent stays on record. */
  remove(id: string): Promise<Task | undefined>;
}
