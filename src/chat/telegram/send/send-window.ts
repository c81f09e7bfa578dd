/**
 * What a call is for, first things first: the rest of a delivery that has begun, a clip, the first word to a person;
 * an `edit` moves a card that stands there already, and is dropped where there is no room to spare.
 */
export type Priority = 'finish' | 'clip' | 'answer' | 'edit';
/** One that was sent away and does not come back in time has lost its place in the line. */
export const TICKET_MS = 40_000;
const ORDER: readonly Priority[] = ['finish', 'clip', 'answer', 'edit'];

/** A line that rings for a clip which the card could become, or buttons that nobody waits for. */
export type Sparable = 'line' | 'buttons';

export interface Window {
  /** So many sends and edits together … */
  calls: Record<Priority, number>;
  /** … in any such time, in milliseconds: a little more than Telegram's, as calls take unequally long to get there. */
  perMs: number;
  /** From so many on what can be spared is spared, for others' first words and clips. */
  busyFrom: Record<Sparable, number>;
}

/**
 * Telegram's limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this): about 20 a
 * minute in a group; one a second in a private chat, where it allows short bursts and a 429 is the judge. Lower ranks
 * stop earlier, so that a clip always finds room. A group's eight requests a minute are sixteen calls where each has its
 * first word and its clip, and no more: so what goes beyond ends early, or the ninth of a minute that began well waits.
 */
export const GROUP: Window = {
  calls: { finish: 20, clip: 20, answer: 19, edit: 4 },
  perMs: 61_000,
  busyFrom: { line: 6, buttons: 11 },
};
export const PRIVATE: Window = {
  calls: { finish: 10, clip: 10, answer: 8, edit: 3 },
  perMs: 10_500,
  busyFrom: { line: 6, buttons: 6 },
};
/** A private chat in which a burst met a 429, for so long. */
export const STRICT: Window = {
  calls: { finish: 3, clip: 3, answer: 2, edit: 1 },
  perMs: 3_200,
  busyFrom: { line: 2, buttons: 2 },
};

interface Ticket {
  key: string;
  priority: Priority;
  /** Lost after this. */
  until: number;
}

export interface Account {
  /** When the latest calls were made, oldest first. */
  spent: number[];
  /** Until when room is held free for the second call of whom. */
  held: Map<string, number>;
  blockedUntil: number;
  strictUntil: number;
  line: Ticket[];
}

export const newAccount = (spent: number[] = []): Account => ({
  spent,
  held: new Map(),
  blockedUntil: 0,
  strictUntil: 0,
  line: [],
});

/** How many are before it; takes a place where it has none, behind all of its rank, which it loses after a while. */
export function placeOf(line: Ticket[], priority: Priority, key: string, now: number): number {
  const found = line.findIndex((ticket) => ticket.key === key);
  if (found >= 0) return found;
  const ticket = { key, priority, until: now + TICKET_MS };
  const behind = line.findIndex((other) => ORDER.indexOf(other.priority) > ORDER.indexOf(priority));
  const place = behind < 0 ? line.length : behind;
  line.splice(place, 0, ticket);
  return place;
}

/** When there is room for one with so many before it. */
export function roomAt(
  account: Account,
  { calls, perMs }: Window,
  priority: Priority,
  place: number,
  now: number,
): number {
  account.spent = account.spent.filter((at) => at > now - perMs);
  const free = calls[priority] - account.spent.length - account.held.size;
  if (place < free) return account.blockedUntil;
  // Each call in the window makes room for another when it leaves it; beyond those, a window more.
  const nth = place - free;
  const rounds = Math.floor(nth / calls[priority]);
  const leaving = account.spent[Math.min(nth % calls[priority], account.spent.length - 1)] ?? now;
  return Math.max(account.blockedUntil, leaving + (rounds + 1) * perMs);
}
