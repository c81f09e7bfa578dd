import { chatHash, type Sum } from '../src/store/spend.ts';
import type { Store } from '../src/store/store.ts';
import type { Whose } from '../src/store/tasks.ts';
import { sha256 } from '../src/util/hash.ts';

export const DAY_MS = 24 * 3_600_000;
const LATELY_MS = 60_000;

/**
 * What was spent with a provider today (UTC), and what waits to be; of one person or in one chat where that is said. What
 * is spent is asked first: one that is refused between the two questions, and waits again, is then counted twice and not left out. One
 * that begins between them would be in neither answer: then both are asked anew.
 */
export async function countedToday(
  { store, now }: { store: Pick<Store, 'count'>; now: number },
  whose: Whose,
): Promise<Sum> {
  const { provider, person, place } = whose;
  const of = { provider, person: person === undefined ? undefined : sha256(person), chat: place && chatHash(place) };
  const wanted = { spent: of, waiting: whose, since: now - (now % DAY_MS), lately: now - LATELY_MS };
  for (;;) {
    const { spent, waiting, isSure } = await store.count(wanted);
    if (isSure) return { credits: spent.credits + waiting.credits, clips: spent.clips + waiting.clips };
  }
}
