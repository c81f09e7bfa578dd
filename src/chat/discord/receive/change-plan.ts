import type { Plans } from '../../../store/values.ts';
import type { Clock } from '../../../util/clock.ts';
import { type Plan, readPlan } from './share-out.ts';

/** Another wrote the plan between the look and the write: so often it is tried again, after some of these. */
const MAX_TRIES = 20;
const BETWEEN_TRIES_MS = 30;

/**
 * Changes the plan on record, and returns what `make` made of it: made anew where another wrote it between the look and the
 * write, and not written where it is undefined. `askedAt`: the clock right before the look. Throws where others are quicker
 * again and again.
 */
export async function changePlan<Made extends { plan: Plan } | undefined>(
  make: (seen: Plan | undefined, askedAt: number) => Made,
  { plans, name, clock }: { plans: Plans; name: string; clock: Clock },
): Promise<Made> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const askedAt = clock.now();
    const seen = await plans.get(name);
    const made = make(readPlan(seen), askedAt);
    if (made === undefined || (await plans.replace(name, { seen, by: made.plan }))) return made;
    await clock.sleep(BETWEEN_TRIES_MS * Math.random());
  }
  throw new Error('the plan of the shards was changed again and again meanwhile');
}
