import type { Messenger } from '../chat/chat.ts';
import type { CardView } from '../chat/kit/card-view.ts';
import type { CheckClip } from '../media/clips/clip.ts';
import type { FitPicture } from '../media/pictures/fit.ts';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';
import type { Failure } from '../task/failure.ts';
import type { Task } from '../task/task.ts';
import type { TaskEvent } from '../task/transition.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { CardDesk } from './cards.ts';
import type { OneByOne } from './one-by-one.ts';
import type { RetryUntilStored } from './retry-until-stored.ts';

/** The fields that a step may change besides the state. */
export type Changes = Partial<
  Pick<Task, 'picture' | 'attempts' | 'progress' | 'polls' | 'look' | 'late' | 'tries' | 'throws' | 'shown'>
>;

/** A step's decision about its task. Steps decide; `run.ts` saves; the store makes the instants. */
export type Outcome =
  /** Look again in `wait` ms. With `hold` the run keeps the task meanwhile. */
  | { type: 'wait'; wait: number; changes?: Changes; hold?: boolean }
  /** A transition. Where the new state has work to do it is done at once, or in `wait` ms where that is said. */
  | { type: 'advance'; event: TaskEvent; wait?: number; changes?: Changes; handoff?: Handoff }
  /** Nothing is left to do until a request comes. */
  | { type: 'rest'; changes?: Changes };

/** The end, in words a person understands. */
export const fail = (failure: Failure): Outcome => ({ type: 'advance', event: { type: 'fail', failure } });

/** Handed from one step to the next of the same run, and never put on record. */
export interface Handoff {
  /** Holds a secret: only its hash is on record. */
  callbackUrl?: string;
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
  fitPicture: FitPicture;
  checkClip: CheckClip;
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
  /** For work that takes the machine's whole attention. */
  oneByOne: OneByOne;
  retryUntilStored: RetryUntilStored;
  /** Aborts when nothing new may begin. */
  stopping: AbortSignal;
}

/** A step's tools, its task's own provider and chat among them. */
export interface StepContext extends WorkerTools, WorkerParts {
  provider: Provider;
  messenger: Messenger;
  handoff: Handoff;
  /** The task was claimed to be started. */
  start: boolean;
  /** This very run saved the state; otherwise an earlier one died or gave up in it. */
  enteredThisRun: boolean;
  /** Aborts when the lease is lost or the process must end. */
  signal: AbortSignal;
}
