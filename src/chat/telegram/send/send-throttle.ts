import type { Clock } from '../../../util/clock.ts';

/**
 * What a call is for, first things first: the rest of a delivery that has begun, a clip, the first word to a person;
 * an `edit` moves a card that stands there already, and is dropped where there is no room to spare.
 */
export type Priority = 'finish' | 'clip' | 'answer' | 'edit';
const ORDER: readonly Priority[] = ['finish', 'clip', 'answer', 'edit'];

interface Window {
  /** So many sends and edits together … */
  calls: Record<Priority, number>;
  /** … in any such time, in milliseconds: a little more than Telegram's, as calls take unequally long to get there. */
  perMs: number;
}

/**
 * Telegram's limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this): about 20 a
 * minute in a group, one a second in a private chat. Lower ranks stop earlier, so that a clip always finds room.
 */
const GROUP: Window = { calls: { finish: 20, clip: 20, answer: 14, edit: 8 }, perMs: 61_000 };
const PRIVATE: Window = { calls: { finish: 3, clip: 3, answer: 2, edit: 1 }, perMs: 3_200 };
const OVERALL_MS = 1_050;
/** A call that would wait longer than this is sent away, to come back then. */
const MAX_WAIT_MS = 10_000;
/** A clip that was sent away and does not come back in time has lost its place in the line. */
const TICKET_MS = 30_000;
const MAX_CHATS = 10_000;

interface Ticket {
  key: string;
  priority: Priority;
  /** Lost after this. */
  until: number;
}

interface Account {
  /** When the latest calls were made, oldest first. */
  spent: number[];
  blockedUntil: number;
  line: Ticket[];
}

/** One paced budget a chat, and one over all, for what this process sends and edits. */
export type SendThrottle = ReturnType<typeof createSendThrottle>;

export function createSendThrottle({ clock, perSecond }: { clock: Clock; perSecond: number }) {
  const accounts = new Map<string, Account>();
  const overall: Account = { spent: [], blockedUntil: 0, line: [] };
  const overallWindow: Window = {
    calls: {
      finish: perSecond,
      clip: perSecond,
      answer: Math.ceil(perSecond * 0.85),
      edit: Math.ceil(perSecond * 0.6),
    },
    perMs: OVERALL_MS,
  };

  function accountOf(chat: string): Account {
    let account = accounts.get(chat);
    if (!account) {
      if (accounts.size >= MAX_CHATS) forgetIdle();
      account = { spent: [], blockedUntil: 0, line: [] };
      accounts.set(chat, account);
    }
    return account;
  }

  function forgetIdle(): void {
    const now = clock.now();
    for (const [chat, { spent, blockedUntil, line }] of accounts)
      if (line.every(({ until }) => until <= now) && blockedUntil <= now && (spent.at(-1) ?? 0) < now - GROUP.perMs)
        accounts.delete(chat);
  }

  /** Milliseconds until the call may be made; counts it where that is now. */
  function take(chat: string, priority: Priority, key: string): number {
    const now = clock.now();
    const account = accountOf(chat);
    const window = chat.startsWith('-') ? GROUP : PRIVATE;
    account.line = account.line.filter((ticket) => ticket.until > now);
    const place = priority === 'edit' ? account.line.length : placeOf(account.line, priority, key, now);
    const wait = Math.max(
      roomAt(account, window, priority, place, now) - now,
      roomAt(overall, overallWindow, priority, 0, now) - now,
      0,
    );
    if (wait > 0 || place > 0) return Math.max(wait, 50);
    account.line = account.line.filter((ticket) => ticket.key !== key);
    for (const each of [account, overall]) each.spent.push(now);
    return 0;
  }

  return {
    /**
     * Resolves to 0 once the call may be made; to the milliseconds after which to come back where that is long. `edit`
     * never waits. `key` names the one that waits: a clip that is sent away keeps its place in the line.
     */
    async acquire(chat: string, priority: Priority, key: string, signal?: AbortSignal): Promise<number> {
      const deadline = clock.now() + MAX_WAIT_MS;
      for (;;) {
        const wait = take(chat, priority, key);
        if (wait === 0) return 0;
        if (priority === 'edit' || signal?.aborted || clock.now() + wait > deadline) {
          const account = accountOf(chat);
          if (priority === 'answer' || signal?.aborted)
            account.line = account.line.filter((other) => other.key !== key);
          for (const ticket of account.line) if (ticket.key === key) ticket.until = clock.now() + wait + TICKET_MS;
          return wait;
        }
        await clock.sleep(wait, signal);
      }
    },
    /** Telegram said 429. */
    block(chat: string, ms: number): void {
      const account = accountOf(chat);
      account.blockedUntil = Math.max(account.blockedUntil, clock.now() + ms);
    },
  };
}

/** How many are before it; takes a place where it has none, behind all of its rank. */
function placeOf(line: Ticket[], priority: Priority, key: string, now: number): number {
  const found = line.findIndex((ticket) => ticket.key === key);
  if (found >= 0) return found;
  const ticket = { key, priority, until: now + TICKET_MS + MAX_WAIT_MS };
  const behind = line.findIndex((other) => ORDER.indexOf(other.priority) > ORDER.indexOf(priority));
  const place = behind < 0 ? line.length : behind;
  line.splice(place, 0, ticket);
  return place;
}

/** When there is room for one with so many before it. */
function roomAt(account: Account, { calls, perMs }: Window, priority: Priority, place: number, now: number): number {
  account.spent = account.spent.filter((at) => at > now - perMs);
  const free = calls[priority] - account.spent.length;
  if (place < free) return account.blockedUntil;
  // Each call in the window makes room for another when it leaves it; beyond those, a window more.
  const nth = place - free;
  const rounds = Math.floor(nth / calls[priority]);
  const leaving = account.spent[Math.min(nth % calls[priority], account.spent.length - 1)] ?? now;
  return Math.max(account.blockedUntil, leaving + (rounds + 1) * perMs);
}
