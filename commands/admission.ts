import { messagesFor } from '../src/messages/messages.ts';
import type { Provider } from '../src/providers/provider.ts';
import type { Store } from '../src/store/store.ts';
import { type NewTask, type Place, personOf } from '../src/task/task.ts';
import { sha256 } from '../src/util/hash.ts';
import { createSemaphore } from '../src/util/semaphore.ts';

const DAY_MS = 24 * 3_600_000;
/** What begins while it is counted began so lately, whatever the clocks of other processes say. */
const LOOK_MS = 60_000;
/** One refusal by moderation may be a slip; from the second within a day on, each pause is six times the one before. */
const MODERATION_PAUSE = { from: 2, firstMs: 10 * 60_000, factor: 6, mostMs: DAY_MS };

/** The operator's limits of a day's (UTC) spend; absent is no limit. */
export interface SpendLimits {
  /** Names that may spend on public platforms: `<platform>:<community, chat or user>`, or `*` for everybody. */
  allow?: readonly string[];
  /** Credits of all people together. */
  dailyBudget?: number;
  /** Clips of one person that cost something. */
  dailyPerPerson?: number;
}

/** What leads to a paid call: who it is for, where, and what it costs with whom. */
export type Asked = Pick<NewTask, 'requester' | 'place' | 'locale' | 'provider' | 'cost'>;

/** Decides whether what somebody asks for may be made: each way to a paid call comes by here. What waits counts like what is spent. */
export interface Admission {
  /** Why not, as a sentence; undefined where nothing is in the way. */
  denialReason(asked: Asked): Promise<string | undefined>;
  /** Where a limit counts clips, one at a time in this process: nobody comes between the look at it and the insert. */
  serialized<T>(work: () => Promise<T>): Promise<T>;
}

export function createAdmission(deps: {
  store: Store;
  /** All that can render: what was begun with one goes on with it, whichever is used now. */
  providers: readonly Provider[];
  limits: SpendLimits;
  /** Platforms that strangers cannot come to; on all others only those whom `allow` names may spend. */
  privatePlatforms?: readonly string[];
}): Admission {
  const { store, providers, limits, privatePlatforms = [] } = deps;
  // One that is not configured any more may be again.
  const isPaid = (name: string): boolean => providers.find((each) => each.name === name)?.capabilities.paid ?? true;
  // Where nothing is counted no request need wait: a hundred at once then wait for the disk once.
  const isCounted = limits.dailyBudget !== undefined || limits.dailyPerPerson !== undefined;
  const anyPaid = providers.some(({ capabilities }) => capabilities.paid);
  const serialized: Admission['serialized'] = anyPaid && isCounted ? createSemaphore() : (work) => work();

  /**
   * What was spent today and what waits. What is spent is asked first: one that is refused between the two questions, and
   * waits again, is then counted twice and not left out. One that begins between them would be in neither answer: then
   * both are asked anew.
   */
  async function counted(now: number, provider: string, person?: string): Promise<{ credits: number; clips: number }> {
    const lately = now - LOOK_MS;
    for (let begun = await store.spend.opened(lately); ; ) {
      const spent = await store.spend.since(now - (now % DAY_MS), {
        provider,
        person: person === undefined ? undefined : sha256(person),
      });
      const waiting = await store.tasks.waiting({ provider, person });
      const begunNow = await store.spend.opened(lately);
      if (begunNow === begun) return { credits: spent.credits + waiting.credits, clips: spent.clips + waiting.clips };
      begun = begunNow;
    }
  }

  async function budgetIsSpent({ provider, cost }: Asked, now: number): Promise<boolean> {
    if (limits.dailyBudget === undefined) return false;
    return (await counted(now, provider)).credits + cost > limits.dailyBudget;
  }

  async function personHadEnough({ provider, requester }: Asked, now: number): Promise<boolean> {
    if (limits.dailyPerPerson === undefined) return false;
    return (await counted(now, provider, personOf(requester))).clips >= limits.dailyPerPerson;
  }

  return {
    async denialReason(asked) {
      const { requester, place, locale, provider } = asked;
      if (!isPaid(provider)) return undefined;
      const words = messagesFor(locale).request;
      const isPrivate = privatePlatforms.includes(place.platform);
      if (!isPrivate && !isAllowed(limits.allow ?? [], place, requester.id)) return words.notAllowed;
      const now = store.now();
      const pauseMs = await moderationPause(store, personOf(requester), now);
      if (pauseMs > 0) return words.moderationPause(pauseMs);
      if (await personHadEnough(asked, now)) {
        const isShared = requester.person !== undefined;
        return words.personHadEnough(limits.dailyPerPerson ?? 0, { isShared });
      }
      if (await budgetIsSpent(asked, now)) return words.budgetSpent;
      return undefined;
    },
    serialized,
  };
}

/** Strangers spend nothing: on a public platform only those who are named. */
function isAllowed(allow: readonly string[], { platform, community, chat }: Place, person: string): boolean {
  if (allow.includes('*')) return true;
  return [`${platform}:${community}`, `${platform}:${chat}`, person].some((name) => allow.includes(name));
}

/** How long a person still has to wait after moderation refused them again and again: it protects the account. */
async function moderationPause(store: Store, person: string, now: number): Promise<number> {
  const { count, lastAt } = await store.spend.moderated(now - DAY_MS, sha256(person));
  if (count < MODERATION_PAUSE.from || lastAt === undefined) return 0;
  const { from, firstMs, factor, mostMs } = MODERATION_PAUSE;
  return lastAt + Math.min(mostMs, firstMs * factor ** Math.min(count - from, 10)) - now;
}
