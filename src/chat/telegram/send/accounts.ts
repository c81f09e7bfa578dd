import type { Clock } from '../../../util/clock.ts';
import { makeRoom } from '../../../util/make-room.ts';
import { type Account, GROUP, newAccount, PRIVATE, STRICT, type Window } from './send-window.ts';

const MAX_CHATS = 10_000;

/** Keeps the calls that were made in a group beyond the end of this process: its minute goes on. */
export interface Spendings {
  load(chat: string): Promise<number[]>;
  /** Goes on by itself. */
  save(chat: string, spent: readonly number[]): void;
}

/** What was spent in each chat. */
export function createAccounts({ clock, spendings }: { clock: Clock; spendings?: Spendings }) {
  const accounts = new Map<string, Account>();
  const loading = new Map<string, Promise<void>>();

  function forgetIdle(): void {
    const now = clock.now();
    for (const [chat, { spent, blockedUntil, line }] of accounts)
      if (line.every(({ until }) => until <= now) && blockedUntil <= now && (spent.at(-1) ?? 0) < now - GROUP.perMs)
        accounts.delete(chat);
  }

  function add(chat: string, account: Account): void {
    if (accounts.size >= MAX_CHATS) forgetIdle();
    // Of so many that are busy the one that came first is left to Telegram's own word.
    makeRoom(accounts, MAX_CHATS);
    accounts.set(chat, account);
  }

  return {
    of(chat: string): Account {
      let account = accounts.get(chat);
      if (!account) {
        account = newAccount();
        add(chat, account);
      }
      return account;
    },
    /** What an earlier process spent of a group's minute counts, too. */
    async remember(chat: string): Promise<void> {
      if (!spendings || !isGroup(chat) || accounts.has(chat)) return;
      const load = async () => {
        const account = newAccount(await spendings.load(chat));
        if (!accounts.has(chat)) add(chat, account);
        loading.delete(chat);
      };
      const loaded = loading.get(chat) ?? load();
      loading.set(chat, loaded);
      await loaded;
    },
    windowOf(chat: string, { strictUntil }: Account): Window {
      if (isGroup(chat)) return GROUP;
      return strictUntil > clock.now() ? STRICT : PRIVATE;
    },
    /** A call is made now. */
    spend(chat: string, account: Account, now: number): void {
      account.spent.push(now);
      if (isGroup(chat)) spendings?.save(chat, account.spent);
    },
  };
}

const isGroup = (chat: string): boolean => chat.startsWith('-');
