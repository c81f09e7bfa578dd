import type { Clock } from '../../../util/clock.ts';
import {
  type Account,
  GROUP,
  newAccount,
  PRIVATE,
  type Priority,
  placeOf,
  roomAt,
  STRICT,
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
const MAX_CHATS = 10_000;

/** How a call asks for its turn. */
export interface Turn {
  priority: Priority;
  /** Names the one that waits: a clip that is sent away keeps its place in the line. */
  key: string;
  /** There must be room for two: another call follows at once, as `finish` under the same key. */
  isFirstOfTwo?: boolean;
  signal?: AbortSignal;
}

/** Keeps the calls that were made in a group beyond the end of this process: its minute goes on. */
export interface Spendings {
  load(chat: string): Promise<number[]>;
  /** Goes on by itself. */
  save(chat: string, spent: readonly number[]): void;
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
  const accounts = new Map<string, Account>();
  const loading = new Map<string, Promise<void>>();
  const overall = newAccount();
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
      account = newAccount();
      accounts.set(chat, account);
    }
    return account;
  }

  /** What an earlier process spent of a group's minute counts, too. */
  async function remember(chat: string): Promise<void> {
    if (!spendings || !isGroup(chat) || accounts.has(chat)) return;
    const load = async () => {
      const account = newAccount(await spendings.load(chat));
      if (!accounts.has(chat)) accounts.set(chat, account);
      loading.delete(chat);
    };
    const loaded = loading.get(chat) ?? load();
    loading.set(chat, loaded);
    await loaded;
  }

  function windowOf(chat: string, { strictUntil }: Account): Window {
    if (isGroup(chat)) return GROUP;
    return strictUntil > clock.now() ? STRICT : PRIVATE;
  }

  function forgetIdle(): void {
    const now = clock.now();
    for (const [chat, { spent, blockedUntil, line }] of accounts)
      if (line.every(({ until }) => until <= now) && blockedUntil <= now && (spent.at(-1) ?? 0) < now - GROUP.perMs)
        accounts.delete(chat);
  }

  /** Milliseconds until the call may be made; counts it where that is now. */
  function take(chat: string, { priority, key, isFirstOfTwo = false }: Turn): number {
    const now = clock.now();
    const account = accountOf(chat);
    const window = windowOf(chat, account);
    account.line = account.line.filter((ticket) => ticket.until > now);
    for (const [whose, until] of account.held) if (until <= now) account.held.delete(whose);
    // Its room is there already.
    const isSecond = priority === 'finish' && account.held.has(key);
    const place = isSecond ? 0 : priority === 'edit' ? account.line.length : placeOf(account.line, priority, key, now);
    const room = isSecond
      ? account.blockedUntil
      : roomAt(account, window, priority, place + (isFirstOfTwo ? 1 : 0), now);
    const wait = Math.max(room - now, roomAt(overall, overallWindow, priority, 0, now) - now, 0);
    if (wait > 0 || place > 0) return Math.max(wait, 50);
    account.line = account.line.filter((ticket) => ticket.key !== key);
    account.held.delete(key);
    if (isFirstOfTwo) account.held.set(key, now + HELD_MS);
    for (const each of [account, overall]) each.spent.push(now);
    if (isGroup(chat)) spendings?.save(chat, account.spent);
    return 0;
  }

  return {
    /**
     * Resolves to 0 once the call may be made; to the milliseconds after which to come back where that is long. `edit`
     * never waits.
     */
    async acquire(chat: string, turn: Turn): Promise<number> {
      const { priority, key, signal } = turn;
      const deadline = clock.now() + MAX_WAIT_MS;
      await remember(chat);
      for (;;) {
        const wait = take(chat, turn);
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
    /** More than half of its room is taken: what can be spared is spared, for others' first words and clips. */
    isBusy(chat: string): boolean {
      const now = clock.now();
      const account = accountOf(chat);
      const { calls, perMs } = windowOf(chat, account);
      const taken = account.spent.filter((at) => at > now - perMs).length + account.held.size;
      return account.blockedUntil > now || (calls.clip - taken) * 2 < calls.clip;
    },
    /** Telegram said 429. */
    block(chat: string, ms: number): void {
      const account = accountOf(chat);
      account.blockedUntil = Math.max(account.blockedUntil, clock.now() + ms);
      account.strictUntil = clock.now() + STRICT_MS;
    },
  };
}

const isGroup = (chat: string): boolean => chat.startsWith('-');
