import type { Messenger } from '../chat/chat.ts';
import type { CardView } from '../chat/kit/card-view.ts';
import type { CheckClip } from '../media/clips/clip.ts';
import type { ClipEnds } from '../media/clips/clip-ends.ts';
import type { Decoder } from '../media/pictures/decoder/decoder.ts';
import type { Thumbnails } from '../media/pictures/thumbnails.ts';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';
import type { NewFacts } from '../store/tasks.ts';
import type { Failure } from '../task/failure.ts';
import type { Task } from '../task/task.ts';
import type { TaskEvent } from '../task/transition.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { CardDesk } from './cards.ts';
import type { Gate } from './gate.ts';
import type { KeptBytes } from './kept-bytes.ts';
import type { RetryUntilStored } from './retry-until-stored.ts';
import type { Room, Visitor } from './room.ts';

/** The fields that a step may change besides the state. */
export type Changes = Partial<
  Pick<
    Task,
    'picture' | 'last' | 'clip' | 'attempts' | 'progress' | 'polls' | 'look' | 'late' | 'tries' | 'throws' | 'shown'
  >
>;

/** What an attempt has cost in the end. */
export interface Settlement {
  attemptId: string;
  cost: number;
  moderated?: boolean;
}

/** A step's decision about its task. Steps decide; `run.ts` saves and settles; the store makes the instants. */
export type Outcome = Decision & {
  changes?: Changes;
  settled?: readonly Settlement[];
  /** Learned just now, and put on record with the save: a step that says so does nothing between the two. */
  facts?: NewFacts;
  /** Called once it is saved, or was not. */
  after?: () => void;
};

type Decision =
  /** Look again in `wait` ms. With `hold` the run keeps the task meanwhile. */
  | { type: 'wait'; wait: number; hold?: boolean }
  /**
   * A transition. Where the new state has work to do it is done at once, or in `wait` ms where that is said. `next`: what
   * follows in the same save.
   */
  | { type: 'advance'; event: TaskEvent; next?: TaskEvent; wait?: number; handoff?: Handoff }
  /** Nothing is left to do until a request comes. */
  | { type: 'rest' };

/** The end, in words a person understands. */
export const fail = (failure: Failure, settled?: readonly Settlement[]): Outcome => ({
  type: 'advance',
  event: { type: 'fail', failure },
  settled,
});

/** Handed from one step to the next of the same run, and never put on record. */
export interface Handoff {
  /** Holds a secret: only its hash is on record. */
  callbackUrl?: string;
  /** What is to be submitted: read before the save, so that nothing is left to wait for between it and the call. */
  picture?: Uint8Array;
  lastPicture?: Uint8Array;
  /** The service refused the submit before this one. */
  hasOutage?: boolean;
  /** When the job is looked at first, once it is accepted; undefined: right away. */
  firstLookMs?: number;
}

/** Limits that the operator sets. */
export interface WorkerLimits {
  /** A task that could not be started for so long ends in words, in milliseconds. */
  queueMaxMs: number;
  /** A job that is not finished by then is given up, in milliseconds. */
  deadlineMs: number;
}

/** The tools of a worker's steps that are the same in every run. */
export interface WorkerTools {
  store: Store;
  cardView: CardView;
  fitPicture: Decoder['fit'];
  /** Of the pictures that are fitted here; absent where nobody shows any. */
  thumbnails?: Pick<Thumbnails, 'keep'>;
  checkClip: CheckClip;
  clipEnds: ClipEnds;
  limits: WorkerLimits;
  /** The program's own address for providers, without a path; absent where no provider can call it. */
  publicUrl?: string;
  clock: Clock;
  random: () => number;
  log: Log;
  /** This process's name in leases; another one each time it starts. */
  owner: string;
}

/** The parts of one worker that its steps use. */
export interface WorkerParts {
  cards: CardDesk;
  room: Room;
  /** One piece of work at a time for each person: nobody's picture waits for more than one of another's. */
  inTurn: <T>(person: string, work: () => Promise<T>) => Promise<T>;
  retryUntilStored: RetryUntilStored;
  /** When this process began to work on tasks, on the store's clock. */
  startedAt: number;
  /** Aborts when nothing new may begin. */
  stopping: AbortSignal;
}

/** A step's tools, its task's own provider and chat among them. */
export interface StepContext extends WorkerTools, WorkerParts {
  provider: Provider;
  messenger: Messenger;
  handoff: Handoff;
  /** Where this run is, which has room there. */
  visitor: Visitor;
  /** What this run has written, so that none of its steps reads it back. */
  kept: KeptBytes;
  /** The task was claimed to be started: what was read before it was. */
  gate?: Gate;
  /** This very run saved the state; otherwise an earlier one died or gave up in it. */
  enteredThisRun: boolean;
  /** Milliseconds since the last save, which prolonged the lease, was begun. */
  leaseAge(): number;
  /** Aborts when the lease is lost or the process must end. */
  signal: AbortSignal;
}
