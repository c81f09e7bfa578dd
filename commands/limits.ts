import type { Store } from '../src/store/store.ts';
import type { Whose } from '../src/store/tasks.ts';
import { type NewTask, personOf } from '../src/task/task.ts';
import { countedToday } from './counted-today.ts';
import type { Standing } from './settings/standing.ts';

/** The operator's limits of what people may ask for; absent is no limit. */
export interface AdmissionLimits {
  /**
   * Names that may ask on public platforms: `<platform>:<community, chat or user>`, or `*` for everybody. Absent is nobody
   * where a clip costs something, else everybody.
   */
  allow?: readonly string[];
  /** Credits of all people together, a day (UTC). */
  dailyBudget?: number;
  /** Clips of one person that cost something, a day (UTC). */
  dailyPerPerson?: number;
  /** The same of all people in one chat. */
  dailyPerChat?: number;
  /** Clips of one person that wait or are being made, on public platforms. */
  maxWaitingPerPerson?: number;
  /** The same of all people in one chat. */
  maxWaitingPerChat?: number;
  /** Free disk that is left alone. */
  minFreeBytes?: number;
}

/** What is asked for: who by, where, and what it costs with which provider. */
export type Asked = Pick<NewTask, 'requester' | 'place' | 'locale' | 'provider' | 'cost'> & {
  standing?: Standing;
  /** Once it is known. */
  scene?: string;
};

/** Clips that cost something, a day (UTC), by those who manage the chat: of one person there, and of all. */
export interface ChatLimits {
  perPerson?: number;
  perChat?: number;
}

/** What a person or a chat has of what they may have; a limit that is absent does not hold. */
export interface Usage {
  waiting: number;
  mostWaiting?: number;
  today: number;
  mostToday?: number;
}

/** A person or a chat, and the limits that hold for them. */
export interface Holder extends Pick<Usage, 'mostWaiting' | 'mostToday'> {
  whose: Whose;
}

export type Limits = ReturnType<typeof createLimits>;

/** The limits, as they hold for requests, and how near the record is to them. */
export function createLimits({
  store,
  limits,
  chosen,
  isPrivate,
  isPaid,
}: {
  store: Store;
  limits: AdmissionLimits;
  chosen: ChatLimits;
  isPrivate: (place: Asked['place']) => boolean;
  isPaid: (provider: string) => boolean;
}) {
  const { dailyBudget, dailyPerPerson, maxWaitingPerPerson, maxWaitingPerChat } = limits;
  const dailyPerChat = lower(limits.dailyPerChat, chosen.perChat);

  const clipsToday = async ({ whose }: Holder): Promise<number> =>
    (await countedToday({ store, now: store.now() }, whose)).clips;

  async function budgetLeft(provider: string): Promise<number | undefined> {
    if (dailyBudget === undefined || !isPaid(provider)) return undefined;
    return dailyBudget - (await countedToday({ store, now: store.now() }, { provider })).credits;
  }

  return {
    /** Whether what a day costs is counted at all. */
    countsDays: [dailyBudget, dailyPerPerson, chosen.perPerson, dailyPerChat].some((most) => most !== undefined),

    /** Whom limits hold at a request; `member`: the person, in this chat alone. */
    holders({ requester, place, provider }: Pick<Asked, 'requester' | 'place' | 'provider'>) {
      const most = (mostWaiting?: number, mostToday?: number) => ({
        mostWaiting: isPrivate(place) ? undefined : mostWaiting,
        mostToday: isPaid(provider) ? mostToday : undefined,
      });
      const person: Holder = {
        whose: { provider, person: personOf(requester) },
        ...most(maxWaitingPerPerson, dailyPerPerson),
      };
      const { whose } = person;
      const member: Holder = { whose: { ...whose, place }, ...most(undefined, chosen.perPerson) };
      const chat: Holder = { whose: { provider, place }, ...most(maxWaitingPerChat, dailyPerChat) };
      return { person, member, chat };
    },

    async usage(holder: Holder): Promise<Usage> {
      const { whose, mostWaiting, mostToday } = holder;
      const [waiting, today] = await Promise.all([store.tasks.underWay(whose), clipsToday(holder)]);
      return { waiting, mostWaiting, today, mostToday };
    },

    /** Clips that may still be asked for today; undefined where no limit holds. */
    async leftToday(holder: Holder): Promise<number | undefined> {
      const { mostToday } = holder;
      return mostToday === undefined ? undefined : Math.max(0, mostToday - (await clipsToday(holder)));
    },

    /** Credits that all people together may still spend today; undefined where no limit holds. */
    budgetLeft,

    /** So many clips of this cost are within today's budget; endless where no limit holds. */
    async affordable({ provider, cost }: Pick<Asked, 'provider' | 'cost'>): Promise<number> {
      const left = await budgetLeft(provider);
      return left === undefined || cost === 0 ? Number.POSITIVE_INFINITY : Math.max(0, Math.floor(left / cost));
    },
  };
}

const lower = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
