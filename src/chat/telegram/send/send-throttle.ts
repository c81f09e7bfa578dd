import type { Clock } from '../../../util/clock.ts';
import { createAccounts, type Spendings } from './accounts.ts';
import {
  type Account,
  newAccount,
  type Priority,
  placeOf,
  roomAt,
  type Sparable,
  TICKET_MS,
  type Window,
} from './send-window.ts';

/** A burst that met a 429 makes its private chat a strict one for so long. */
const STRICT_MS = 600_000;
/** The second of two calls that belong together is held free for so long. */
const HELD_MS = 60_000;
const OVERALL_MS = 1_050;
/** A call that would wait longer than this is sent away, to come back then. */
const MAX_WAIT_MS = 10_000;
/** Who is not the first in the line looks again after this. */
const MIN_WAIT_MS = 50;

/** How a call asks for its turn. */
export interface Turn {
  priority: Priority;
  /** Names the one that waits: a clip that is sent away keeps its place in the line. */
  key: string;
  /** There must be room for two: another call follows at once, as `finish` under the same key. */
  isFirstOfTwo?: boolean;
  signal?: AbortSignal;
}

/** One paced budget a chat, and one over all, for what this process sends and edits. */
export type SendThrottle = ReturnType<typeof createSendThrottle>;

export function createSendThrottle({
  clock,
  perSecond,
  spendings,
}: {
  clock: Clock;
  perSecond: number;
  spendings?: Spendings;
}) {
  const accounts = createAccounts({ clock, spendings });
  const overall = newAccount();
  const overallWindow = overallOf(perSecond);

  /** Milliseconds until the call may be made; counts it where that is now. */
  function take(chat: string, turn: Turn): number {
    const now = clock.now();
    const account = accounts.of(chat);
    dropLate(account, now);
    const { roomFrom, isNext } = placeInChat(account, accounts.windowOf(chat, account), turn, now);
    const wait = Math.max(roomFrom - now, roomAt(overall, overallWindow, turn.priority, 0, now) - now, 0);
    if (wait > 0 || !isNext) return Math.max(wait, MIN_WAIT_MS);
    leaveLine(account, turn.key);
    account.held.delete(turn.key);
    if (turn.isFirstOfTwo) account.held.set(turn.key, now + HELD_MS);
    accounts.spend(chat, account, now);
    overall.spent.push(now);
    return 0;
  }

  /** It comes back after `wait`: a clip finds its place in the line then, an answer asks anew. */
  function sendAway(chat: string, { priority, key, signal }: Turn, wait: number): void {
    const account = accounts.of(chat);
    if (priority === 'answer' || signal?.aborted) leaveLine(account, key);
    for (const ticket of account.line) if (ticket.key === key) ticket.until = clock.now() + wait + TICKET_MS;
  }

  return {
    /**
     * Resolves to 0 once the call may be made; to the milliseconds after which to come back where that is long. `edit`
     * never waits.
     */
    async acquire(chat: string, turn: Turn): Promise<number> {
      const { priority, signal } = turn;
      const deadline = clock.now() + MAX_WAIT_MS;
      await accounts.remember(chat);
      for (;;) {
        const wait = take(chat, turn);
        if (wait === 0) return 0;
        if (priority === 'edit' || signal?.aborted || clock.now() + wait > deadline) {
          sendAway(chat, turn, wait);
          return wait;
        }
        await clock.sleep(wait, signal);
      }
    },
    /** This is to be spared there. */
    isBusy(chat: string, what: Sparable): boolean {
      const now = clock.now();
      const account = accounts.of(chat);
      const { busyFrom, perMs } = accounts.windowOf(chat, account);
      const taken = account.spent.filter((at) => at > now - perMs).length + account.held.size;
      return account.blockedUntil > now || taken >= busyFrom[what];
    },
    /** Telegram said 429. */
    block(chat: string, ms: number): void {
      const account = accounts.of(chat);
      account.blockedUntil = Math.max(account.blockedUntil, clock.now() + ms);
      account.strictUntil = clock.now() + STRICT_MS;
    },
  };
}

const overallOf = (perSecond: number): Window => ({
  calls: {
    finish: perSecond,
    clip: perSecond,
    answer: Math.ceil(perSecond * 0.85),
    edit: Math.ceil(perSecond * 0.6),
  },
  perMs: OVERALL_MS,
  busyFrom: { line: perSecond, buttons: perSecond },
});

/** Forgets who did not come back in time, and room that was held free for too long. */
function dropLate(account: Account, now: number): void {
  account.line = account.line.filter((ticket) => ticket.until > now);
  for (const [whose, until] of account.held) if (until <= now) account.held.delete(whose);
}

function leaveLine(account: Account, key: string): void {
  account.line = account.line.filter((ticket) => ticket.key !== key);
}

/** From when on the chat has room for a call, and whether it is the next one there. An edit takes no place in the line. */
function placeInChat(
  account: Account,
  window: Window,
  { priority, key, isFirstOfTwo = false }: Turn,
  now: number,
): { roomFrom: number; isNext: boolean } {
  // Its room is there already.
  if (priority === 'finish' && account.held.has(key)) return { roomFrom: account.blockedUntil, isNext: true };
  const place = priority === 'edit' ? account.line.length : placeOf(account.line, priority, key, now);
  const roomFrom = roomAt(account, window, priority, place + (isFirstOfTwo ? 1 : 0), now);
  return { roomFrom, isNext: place === 0 };
}
