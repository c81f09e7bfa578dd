import type { Size } from '../task/picture.ts';
import type { Task } from '../task/task.ts';

/** A button under a card or a clip: an action of the table, in the person's language. */
export interface Button {
  action: string;
  label: string;
  style: 'plain' | 'primary' | 'danger';
}

/** A task as it looks right now, in the person's language; adapters only lay it out. */
export interface Card {
  taskId: string;
  state: Task['state'];
  scene: string;
  /** One line: "Rendering 40 %, ready in about 1 min". */
  status: string;
  /** Its options, what was done to the picture, and what was understood, each in a few words. */
  facts: readonly string[];
  /** 0 to 1 while it is known. */
  progress?: number;
  buttons: readonly Button[];
  /** On the card of several takes, once all have ended: the messages of those that came (`Task.sent`), in order. */
  clips?: readonly string[];
}

/** A message beside the card. `kind` names it in the record, so that it is sent once. */
export type Outgoing =
  /** `facts`: the clip's own. `card`: as it stands now, for a chat where the clip hangs on it and none is shown yet. */
  | {
      kind: 'clip';
      text: string;
      facts: readonly string[];
      buttons: readonly Button[];
      clip: OutgoingClip;
      card: Card;
    }
  /** `brief`: enough beside the card, where that says the rest and has the buttons. */
  | { kind: `notice-${string}`; text: string; brief?: string; buttons: readonly Button[] };

export interface OutgoingClip {
  bytes: number;
  size: Size;
  durationMs: number;
  read(): AsyncIterable<Uint8Array>;
}

/** The outcome of one attempt to send. The worker makes one attempt at a time; nothing below it retries. */
export type Sent =
  /** `sent`: what of it is not on record yet, which is done at once, with the save that tells of it. */
  | { outcome: 'shown'; sent?: Record<string, string> }
  /**
   * Certainly not sent: try again, after `retryAfterMs` where the platform said so. `limited`: nothing is wrong with it, but
   * too much is sent, as the platform says (`flood`) or our own books, which know its turn; it counts as no failure.
   */
  | { outcome: 'retry'; reason: string; retryAfterMs?: number; limited?: 'flood' | 'turn' }
  /** Perhaps sent: the next call looks first (`Ledger.doubtful`), or comes no sooner than `retryAfterMs` where it cannot. */
  | { outcome: 'unknown'; reason: string; retryAfterMs?: number }
  /** Certainly not sent, and no place takes anything from the bot now: people let bots in again. All reasons. */
  | { outcome: 'shut'; reason: string }
  /** No place will ever take it. */
  | { outcome: 'impossible'; reason: string };

/** The record of a task's messages. */
export interface Ledger {
  /** Message ids by kind. */
  sent: Readonly<Record<string, string>>;
  /** Of several takes, where another has it: the card of all, which its messages belong to. */
  leadCard?: string;
  /** An earlier attempt may have been shown: look for it before sending. */
  doubtful: boolean;
  /**
   * `sent` as it is on record by now, or was so long ago; undefined where the task is gone, or nobody needs the message any
   * more.
   */
  reread(how?: { mayBeOldMs?: number }): Promise<Readonly<Record<string, string>> | undefined>;
  /** Puts a message on record at once. Returns the id that holds: go on with that one, delete your own if it lost. */
  record(kind: string, messageId: string): Promise<string>;
}

/** The outcome of opening a picture that the platform keeps. */
export type OpenedPicture =
  /** Its bytes, read once; throws where the connection breaks, which counts as `later`. */
  | { outcome: 'open'; bytes: AsyncIterable<Uint8Array> }
  /** Deleted, or out of reach for good. */
  | { outcome: 'gone'; reason: string }
  /** `limited` as in `Sent`. */
  | { outcome: 'later'; reason: string; retryAfterMs?: number; limited?: 'flood' };

/** The port to a chat platform, as the worker uses it. Never throws for what the platform does. */
export interface Messenger {
  /** `Place.platform` of the tasks it serves. */
  readonly platform: string;
  /** Its cards stay and say why something failed: the notice beside one is `brief`. Elsewhere a notice takes the card's place. */
  readonly failsOnCard?: boolean;
  /** Each of several takes has a card of its own, as a clip plays in its card. Elsewhere one card is that of all. */
  readonly cardOfEachTake?: boolean;
  /** A card is edited no more often than this, in milliseconds. */
  readonly editMs: number;
  /** Each further edit of a card in the same state comes so many times later than the one before; absent: as often. */
  readonly editsSlower?: number;
  /** Opens the picture of a task whose request did not bring it along (`Task.picture`). */
  openPicture?(ref: string, signal: AbortSignal): Promise<OpenedPicture>;
  /** Makes the task's card show this; makes the card where there is none. */
  showCard(task: Task, card: Card, ledger: Ledger, signal: AbortSignal): Promise<Sent>;
  send(task: Task, message: Outgoing, ledger: Ledger, signal: AbortSignal): Promise<Sent>;
  /** Takes messages away (`Task.sent`), whose task may be gone: `shown` once none of them stands there any more. `locale`: of what is said in their place. */
  takeAway?(sent: Readonly<Record<string, string>>, signal: AbortSignal, locale?: string): Promise<Sent>;
}
