import { z } from 'zod';
import type { Share } from '../shards.ts';

/** Which gateway hears which shards, as it stands on record. */
const planSchema = z.object({
  /** The same for all of them. */
  total: z.int().positive(),
  /** By name; `until`: on the store's clock. */
  gateways: z.record(z.string(), z.object({ until: z.number(), shards: z.array(z.int().nonnegative()) })),
});
export type Plan = z.infer<typeof planSchema>;

/** Undefined where there is none, or one that says nothing. */
export const readPlan = (value: unknown): Plan | undefined => planSchema.safeParse(value).data;

/** One gateway as it looks at the plan. */
export interface Looking {
  me: string;
  /** The shards that it has connections for. */
  has: Share;
  /** The total where nobody is connected. */
  recommended: number;
  now: number;
  leaseMs: number;
  /** It was late itself, as all are after the record was away: nothing is taken from others who are. */
  wasLate: boolean;
}

export interface SharedOut {
  plan: Plan;
  /** What this gateway hears from now on. */
  mine: Share;
  /** Of what is on record as its own it has too many: others may have these once their connections are closed. */
  isSurplus: boolean;
  /** There will soon be more for it. */
  isHungry: boolean;
  /** Until the first of the others' leases ends; Infinity where there are none. */
  nextEndMs: number;
}

/**
 * The plan as one gateway makes it of what it saw: no shard is two gateways' at once, and each has its part of all but what
 * it could not be given yet. Total and shards stay as long as anybody holds one.
 */
export function shareOut(seen: Plan | undefined, looking: Looking): SharedOut {
  const { me, has, recommended, now, leaseMs, wasLate } = looking;
  const others = Object.entries(seen?.gateways ?? ({} satisfies Plan['gateways'])).filter(
    ([name, { until }]) => name !== me && (until > now || wasLate),
  );
  const taken = new Set(others.flatMap(([, { shards }]) => shards));
  const kept = seen && has.total === seen.total ? has.shards.filter((shard) => !taken.has(shard)) : [];
  const total = seen && (taken.size > 0 || kept.length > 0) ? seen.total : recommended;
  const part = Math.ceil(total / (others.length + 1));
  const free = Array.from({ length: total }, (_, n) => n).filter((shard) => !taken.has(shard) && !kept.includes(shard));
  const wanted = Math.max(0, part - kept.length);
  const onRecord = [...kept, ...free.slice(0, wanted)].toSorted((a, b) => a - b);
  const mine = { shards: onRecord.slice(0, part), total };
  const gateways = Object.fromEntries([...others, [me, { until: now + leaseMs, shards: onRecord }]]);
  return {
    plan: { total, gateways },
    mine,
    isSurplus: onRecord.length > part,
    isHungry: mine.shards.length < part && others.some(([, { shards }]) => shards.length > part),
    nextEndMs: Math.min(...others.map(([, { until }]) => until - now)),
  };
}

/** The plan without one gateway. */
export const without = ({ total, gateways }: Plan, me: string): Plan => ({
  total,
  gateways: Object.fromEntries(Object.entries(gateways).filter(([name]) => name !== me)),
});
