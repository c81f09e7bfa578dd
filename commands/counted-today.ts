import type { Store } from '../src/store/store.ts';
import { sha256 } from '../src/util/hash.ts';

export const DAY_MS = 24 * 3_600_000;
/** What begins while it is counted began so lately, whatever the clocks of other processes say. */
const LATELY_MS = 60_000;

/**
 * What was spent with a provider today (UTC), and what waits to be; of one person where that is said. What is spent is
 * asked first: one that is refused between the two questions, and waits again, is then counted twice and not left out. One
 * that begins between them would be in neither answer: then both are asked anew.
 */
export async function countedToday(
  { store, now }: { store: Pick<Store, 'spend' | 'tasks'>; now: number },
  { provider, person }: { provider: string; person?: string },
): Promise<{ credits: number; clips: number }> {
  const hashed = person === undefined ? undefined : sha256(person);
  for (let begun = await store.spend.opened(now - LATELY_MS); ; ) {
    const spent = await store.spend.since(now - (now % DAY_MS), { provider, person: hashed });
    const waiting = await store.tasks.waiting({ provider, person });
    const begunNow = await store.spend.opened(now - LATELY_MS);
    if (begunNow === begun) return { credits: spent.credits + waiting.credits, clips: spent.clips + waiting.clips };
    begun = begunNow;
  }
}
