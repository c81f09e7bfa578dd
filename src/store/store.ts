import { PlainError } from '../util/plain-error.ts';
import type { Blobs } from './blobs.ts';
import type { Count, CountFor } from './count.ts';
import type { Dump } from './dump.ts';
import type { Look, LookFor } from './look.ts';
import type { Spend } from './spend.ts';
import type { Tasks } from './tasks.ts';
import type { ValuePorts } from './values.ts';

/**
 * The record cannot be used: another program has it, the disk is full, it may not be written, it is damaged. The
 * message is one plain sentence for the person who runs the bot; `cause` has what the machine said. Thrown at open and
 * by any operation. What was promised before stays on record, and the same call may work later.
 */
export class StoreUnavailable extends PlainError {
  override name = 'StoreUnavailable';
}

/** See `Store.sweep`. */
export interface SweepHow {
  keepMs?: number;
  isAlone?: boolean;
}

/**
 * The port to whatever keeps the record. Only the store makes instants (machines' clocks differ); every write has
 * reached the disk when its promise resolves. Nothing outside `store/<kind>` knows the database behind it.
 */
export interface Store extends ValuePorts {
  /** Whether several processes may have it open at once. */
  readonly isShared: boolean;
  /** Of its schema: programs of different ones do not work on it together. */
  readonly version: number;
  /** Milliseconds since the epoch on the store's clock. */
  now(): number;
  readonly tasks: Tasks;
  readonly blobs: Blobs;
  readonly spend: Spend;
  /** What admission has to know of a request, in one question: it is asked for each. */
  lookAt(wanted: LookFor): Promise<Look>;
  /** What a day's limits count, in one question. */
  count(wanted: CountFor): Promise<Count>;
  readonly dump: Dump;
  /**
   * Removes what nobody owns any more: blobs without their task, values past their time. With `keepMs`
   * also forgets the tasks, and their blobs, that ended longer ago and have nothing left to do; and what was spent so
   * long ago, but never what a limit may still count (`SPEND_MS`). Who `isAlone` with the record also removes objects
   * that nobody owns yet.
   */
  sweep(how?: SweepHow): Promise<void>;
  /** What is free on the disk that it is kept on, in bytes; undefined where that is not known. */
  freeBytes(): Promise<number | undefined>;
  close(): Promise<void>;
}
