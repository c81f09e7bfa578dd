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
  /** Removes it; true for exactly one of several callers, which then goes on. */
  take(key: string): Promise<boolean>;
}

/** What was learned of how long jobs of one kind take; a small record each, known to all processes. */
export interface Durations {
  /** Parsed by its reader; undefined where nothing is known. */
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

/** What is kept beside the tasks, all of it small values. */
export interface ValuePorts {
  readonly drafts: Drafts;
  readonly cooldowns: Cooldowns;
  readonly durations: Durations;
  readonly locks: Locks;
  /** A value that all processes agree on, for ever: the first that any of them proposed. */
  setOnce(name: string, proposal: string): Promise<string>;
}
