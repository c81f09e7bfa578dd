import type { Hono } from 'hono';
import type { Standing } from '../../commands/settings/standing.ts';
import type { CommandDeps } from '../../commands/table.ts';
import type { Network } from '../net/network.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import type { Log } from '../util/log.ts';
import { PlainError } from '../util/plain-error.ts';
import type { Messenger } from './chat.ts';
import type { TaskFiles } from './kit/task-files.ts';

/** A public chat platform: what the worker sends by, in any process, and what listens to people in a gateway. */
export interface Platform {
  readonly messenger: Messenger;
  /** Where what many people starred is shown, `Place.chat`; absent: nowhere. */
  readonly gallery?: string;
  /** The server that a chat is in, where the platform has such; undefined where it does not tell now. Never throws. */
  communityOf?(chat: string): Promise<{ id?: string } | undefined>;
  /** Says something to a person in private, where the platform can; whether it was taken. Never throws for what that does. */
  tell?(person: string, text: string, signal: AbortSignal): Promise<boolean>;
  /** Roles and channels of a person where a task is, as they are now; undefined where the platform does not tell. Never throws. */
  standingIn?(task: Pick<Task, 'place' | 'requester'>): Promise<Standing | undefined>;
  /** Begins to listen to people, until stopped, and does not wait for the platform to answer. */
  listen(deps: ListenDeps): Promise<Listening>;
}

/** The parts of every platform's adapter. */
export interface PlatformDeps {
  store: Store;
  files: TaskFiles;
  log: Log;
  network: Network;
  /** Where people and services reach this bot from outside; absent where they cannot. */
  publicUrl?: string;
}

/** The parts that turn people's messages and presses into commands. */
export interface ListenDeps extends CommandDeps {
  /** A task was recorded or asked something: the worker of this process, where there is one, looks now; see `Worker.wake`. */
  wake(recorded?: Task): void;
  /** People can reach it, for the first time. Where the platform does not answer that may be much later, or never. */
  connected(how: Connected): void;
  /** It does not listen, and never will: the token was withdrawn, say. Ends the program. */
  fail(error: PlatformRefused): void;
}

/** A connection that stands, in words for the operator. */
export interface Connected {
  /** The end of a line about it: "as Kinora#1234 in 3 servers". */
  as: string;
  /** A line each: how to invite it, what it can see. */
  notes: readonly string[];
}

export interface Listening {
  /** Why people cannot reach it just now; undefined while they can. */
  trouble(): string | undefined;
  /** Routes that the platform itself calls at `PUBLIC_URL`, where it does. */
  readonly routes?: Hono;
  stop(): Promise<void>;
}

/** The platform does not take this bot as it is set up: a wrong token, say. One plain sentence for the operator. */
export class PlatformRefused extends PlainError {
  override name = 'PlatformRefused';
}
