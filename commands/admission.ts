import { messagesFor } from '../src/messages/messages.ts';
import type { Provider } from '../src/providers/provider.ts';
import type { Store } from '../src/store/store.ts';
import { type NewTask, type Place, personOf } from '../src/task/task.ts';
import { sha256 } from '../src/util/hash.ts';
import type { Log } from '../src/util/log.ts';
import { createNamedSemaphores, createSemaphore } from '../src/util/semaphore.ts';
import { countedToday, DAY_MS } from './counted-today.ts';
import { createDiskFloor } from './disk-floor.ts';

/** One refusal by moderation may be a slip; from the second within a day on, each pause is six times the one before. */
const MODERATION_PAUSE = { from: 2, firstMs: 10 * 60_000, factor: 6, mostMs: DAY_MS };

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
  /** Clips of one person that wait or are being made, on public platforms. */
  maxWaitingPerPerson?: number;
  /** Free disk that is left alone. */
  minFreeBytes?: number;
}

/** What is asked for: who by, where, and what it costs with which provider. */
export type Asked = Pick<NewTask, 'requester' | 'place' | 'locale' | 'provider' | 'cost'>;

/** What a person has of what they may have; a limit that is absent does not hold. */
export interface Quota {
  waiting: number;
  mostWaiting?: number;
  today: number;
  mostToday?: number;
  /** Credits that all people together may still spend today. */
  budgetLeft?: number;
}

/** Decides whether another clip may be asked for: every way to a paid call comes by here. Waiting tasks count like paid ones. */
export interface Admission {
  /** Why not, as a sentence; undefined where nothing is in the way. */
  denialReason(asked: Asked): Promise<string | undefined>;
  /** How near a person is to the limits that hold there. */
  quota(asked: Pick<Asked, 'requester' | 'place' | 'provider'>): Promise<Quota>;
  /** Where a limit counts clips, one at a time in this process: no other request comes between the look at it and the insert. */
  serialized<T>(asked: Pick<Asked, 'requester' | 'place' | 'provider'>, work: () => Promise<T>): Promise<T>;
}

export function createAdmission(deps: {
  store: Store;
  /** All that can render: what was begun with one goes on with it, whichever is used now. */
  providers: readonly Provider[];
  limits: AdmissionLimits;
  /** Platforms that strangers cannot come to; on all others only those whom `allow` names may spend. */
  privatePlatforms?: readonly string[];
  log?: Pick<Log, 'error' | 'info'>;
}): Admission {
  const { store, providers, limits, privatePlatforms = [], log } = deps;
  const isPrivate = ({ platform }: Place): boolean => privatePlatforms.includes(platform);
  const { allow, dailyBudget, dailyPerPerson, maxWaitingPerPerson, minFreeBytes = 0 } = limits;
  const isDiskNearlyFull = createDiskFloor({ store, minFreeBytes, log });
  const oneByOne = createSemaphore();
  const oneByOneOf = createNamedSemaphores<string>();
  // One that is not configured any more may be again.
  const isPaid = (name: string): boolean => providers.find((each) => each.name === name)?.capabilities.paid ?? true;

  async function hasTooManyWaiting({ requester, place, provider }: Asked): Promise<boolean> {
    if (maxWaitingPerPerson === undefined || isPrivate(place)) return false;
    return (await store.tasks.underWay({ provider, person: personOf(requester) })) >= maxWaitingPerPerson;
  }

  async function hadEnough({ provider, requester }: Asked, now: number): Promise<boolean> {
    if (dailyPerPerson === undefined) return false;
    const { clips } = await countedToday({ store, now }, { provider, person: personOf(requester) });
    return clips >= dailyPerPerson;
  }

  async function budgetIsSpent({ provider, cost }: Asked, now: number): Promise<boolean> {
    if (dailyBudget === undefined) return false;
    const { credits } = await countedToday({ store, now }, { provider });
    return credits + cost > dailyBudget;
  }

  return {
    async denialReason(asked) {
      const { requester, place, locale, provider } = asked;
      const words = messagesFor(locale).request;
      const isShared = requester.person !== undefined;
      const isAsked = !isPrivate(place) && (allow !== undefined || isPaid(provider));
      if (isAsked && !isAllowed(allow ?? [], place, requester.id)) return words.notAllowed;
      if (await isDiskNearlyFull()) return words.diskNearlyFull;
      if (await hasTooManyWaiting(asked)) return words.tooManyWaiting(maxWaitingPerPerson ?? 0, { isShared });
      if (!isPaid(provider)) return undefined;
      const now = store.now();
      const pauseMs = await moderationPause(store, personOf(requester), now);
      if (pauseMs > 0) return words.moderationPause(pauseMs);
      if (await hadEnough(asked, now)) return words.personHadEnough(dailyPerPerson ?? 0, { isShared });
      if (await budgetIsSpent(asked, now)) return words.budgetSpent;
      return undefined;
    },
    async quota({ requester, place, provider }) {
      const now = store.now();
      const person = personOf(requester);
      const isCounted = isPaid(provider);
      const { clips: today } = await countedToday({ store, now }, { provider, person });
      const { credits } = await countedToday({ store, now }, { provider });
      return {
        waiting: await store.tasks.underWay({ provider, person }),
        mostWaiting: isPrivate(place) ? undefined : maxWaitingPerPerson,
        today,
        mostToday: isCounted ? dailyPerPerson : undefined,
        budgetLeft: isCounted && dailyBudget !== undefined ? Math.max(0, dailyBudget - credits) : undefined,
      };
    },
    serialized({ requester, place, provider }, work) {
      // Where nothing is counted no request need wait: a hundred at once then wait for the disk once.
      if (isPaid(provider) && (dailyBudget !== undefined || dailyPerPerson !== undefined)) return oneByOne(work);
      if (maxWaitingPerPerson === undefined || isPrivate(place)) return work();
      return oneByOneOf(personOf(requester), work);
    },
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
  const pauseMs = Math.min(mostMs, firstMs * factor ** Math.min(count - from, 10));
  // The clock may have been set back since.
  return Math.min(pauseMs, lastAt + pauseMs - now);
}
