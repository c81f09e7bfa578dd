import { chatHash } from '../src/store/spend.ts';
import type { Store } from '../src/store/store.ts';
import type { Whose } from '../src/store/tasks.ts';
import { sha256 } from '../src/util/hash.ts';

export const DAY_MS = 24 * 3_600_000;
/** What begins while it is counted began so lately, whatever the clocks of other processes say. */
const LATELY_MS = 60_000;

/**
 * What was spent with a provider today (UTC), and what waits to be; of one person or in one chat where that is said. What
 * is spent is asked first: one that is refused between the two questions, and waits again, is then counted twice and not left out. One
 * that begins between them would be in neither answer: then both are asked anew.
 */
export async function countedToday(
  { store, now }: { store: Pick<Store, 'spend' | 'tasks'>; now: number },
  whose: Whose,
): Promise<{ credits: number; clips: number }> {
  const { provider, person, place } = whose;
  const of = { provider, person: person === undefined ? undefined : sha256(person), chat: place && chatHash(place) };
  for (let begun = await store.spend.opened(now - LATELY_MS); ; ) {
    const spent = await store.spend.since(now - (now % DAY_MS), of);
    const waiting = await store.tasks.waiting(whose);
    const begunNow = await store.spend.opened(now - LATELY_MS);
    if (begunNow === begun) return { credits: spent.credits + waiting.credits, clips: spent.clips + waiting.clips };
    begun = begunNow;
  }
}
