import { messagesFor } from '../src/messages/messages.ts';
import type { Provider } from '../src/providers/provider.ts';
import type { Store } from '../src/store/store.ts';
import type { NewTask, Place } from '../src/task/task.ts';
import { sha256 } from '../src/util/hash.ts';
import { createSemaphore } from '../src/util/semaphore.ts';

const DAY_MS = 24 * 3_600_000;
/** One refusal by moderation may be a slip; from the second within a day on, each pause is six times the one before. */
const MODERATION_PAUSE = { from: 2, firstMs: 10 * 60_000, factor: 6, mostMs: DAY_MS };

/** Chats that only the operator's own people reach: a password or this machine guards them. */
const PRIVATE_PLATFORMS = ['web', 'terminal'];

/** The operator's limits of a day's (UTC) spend; absent is no limit. */
export interface SpendLimits {
  /** Names that may spend on public platforms: `<platform>:<community, chat or user>`, or `*` for everybody. */
  allow?: readonly string[];
  /** Credits of all people together. */
  dailyBudget?: number;
  /** Clips of one person that cost something. */
  dailyPerPerson?: number;
}

/** Decides whether another clip may be asked for. Waiting tasks count like those that are paid. */
export interface Admission {
  /** Why not, as a sentence; undefined where nothing is in the way. */
  denialReason(request: Pick<NewTask, 'requester' | 'place' | 'locale'>, cost: number): Promise<string | undefined>;
  /** Where a limit counts clips, one at a time in this process: no other request comes between the look at it and the insert. */
  serialized<T>(work: () => Promise<T>): Promise<T>;
}

export function createAdmission(deps: { store: Store; provider: Provider; limits: SpendLimits }): Admission {
  const { store, provider, limits } = deps;
  // Where nothing is counted no request need wait: a hundred at once then wait for the disk once.
  const isCounted = limits.dailyBudget !== undefined || limits.dailyPerPerson !== undefined;
  const serialized: Admission['serialized'] =
    provider.capabilities.paid && isCounted ? createSemaphore() : (work) => work();

  // Waiting tasks are asked for first: one that begins between the two questions is then counted twice, and not left out.
  async function budgetIsSpent(cost: number, today: number): Promise<boolean> {
    if (limits.dailyBudget === undefined) return false;
    const waiting = await store.tasks.waiting({ provider: provider.name });
    const spent = await store.spend.since(today, { provider: provider.name });
    return spent.credits + waiting.credits + cost > limits.dailyBudget;
  }

  async function personHadEnough(person: string, today: number): Promise<boolean> {
    if (limits.dailyPerPerson === undefined) return false;
    const waiting = await store.tasks.waiting({ provider: provider.name, person });
    const spent = await store.spend.since(today, { provider: provider.name, person: sha256(person) });
    return spent.clips + waiting.clips >= limits.dailyPerPerson;
  }

  return {
    async denialReason({ requester: { id: person }, place, locale }, cost) {
      if (!provider.capabilities.paid) return undefined;
      const words = messagesFor(locale).request;
      if (!isAllowed(limits.allow ?? [], place, person)) return words.notAllowed;
      const now = store.now();
      const pauseMs = await moderationPause(store, person, now);
      if (pauseMs > 0) return words.moderationPause(pauseMs);
      const today = now - (now % DAY_MS);
      if (await personHadEnough(person, today)) return words.personHadEnough(limits.dailyPerPerson ?? 0);
      if (await budgetIsSpent(cost, today)) return words.budgetSpent;
      return undefined;
    },
    serialized,
  };
}

/** Strangers spend nothing: on a public platform only those who are named. */
function isAllowed(allow: readonly string[], { platform, community, chat }: Place, person: string): boolean {
  if (PRIVATE_PLATFORMS.includes(platform) || allow.includes('*')) return true;
  return [`${platform}:${community}`, `${platform}:${chat}`, person].some((name) => allow.includes(name));
}

/** How long a person still has to wait after moderation refused them again and again: it protects the account. */
async function moderationPause(store: Store, person: string, now: number): Promise<number> {
  const { count, lastAt } = await store.spend.moderated(now - DAY_MS, sha256(person));
  if (count < MODERATION_PAUSE.from || lastAt === undefined) return 0;
  const { from, firstMs, factor, mostMs } = MODERATION_PAUSE;
  return lastAt + Math.min(mostMs, firstMs * factor ** Math.min(count - from, 10)) - now;
}
