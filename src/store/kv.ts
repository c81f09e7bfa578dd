import { z } from 'zod';
import { key } from './keys.ts';
import { DRAFT_MS, type Locks, type ValuePorts } from './values.ts';

/** A value under its key, to be kept as JSON. */
export interface NewValue {
  key: string;
  value: unknown;
  /** For so many milliseconds; absent: for ever. */
  forMs?: number;
  /** Has it to itself. What has an owner is about this one database, so that copies of the record go without it. */
  owner?: string;
}

/** What a new value may replace, besides one past its time: any, one that ends sooner, its owner's own, or none. */
export type Replaces = 'any' | 'sooner' | 'own' | 'none';

/** The one table of small values; the same five ports are made of it in every store. A call is one atomic step. */
export interface KeyValues {
  /** Undefined where there is none, or one past its time that `sweep` has not removed yet. */
  get(key: string): Promise<{ value: unknown; until?: number } | undefined>;
  /**
   * Whether it stands there now. Where the store writes to disk itself: at once, or `gathered` with other writes, which
   * blocks nobody but is read by others a moment later only.
   */
  put(value: NewValue, how: { replaces: Replaces; gathered?: boolean }): Promise<boolean>;
  /** Whether it was there, of this owner or of none, and in time; true for exactly one of several callers. */
  remove(key: string, how?: { owner?: string; gathered?: boolean }): Promise<boolean>;
}

/** By key, no value of one kind is ever another's; nor is any the status of the whole record. */
export const valueKey = (kind: 'draft' | 'cooldown' | 'duration' | 'lock' | 'once', name: string): string =>
  `${kind}:${key(name)}`;

const cooldownSchema = z.object({ value: z.string(), until: z.number() });

export function createLocks(values: KeyValues): Locks {
  return {
    hold: (name, owner, ms) =>
      values.put(
        { key: valueKey('lock', name), value: null, forMs: ms, owner: key(owner) },
        { replaces: 'own', gathered: true },
      ),
    async release(name, owner) {
      await values.remove(valueKey('lock', name), { owner: key(owner), gathered: true });
    },
  };
}

export function createValuePorts(values: KeyValues): ValuePorts {
  return {
    // Written at once: a person may answer a question as soon as it stands there.
    drafts: {
      async put({ key: name, data }) {
        await values.put({ key: valueKey('draft', name), value: data, forMs: DRAFT_MS }, { replaces: 'any' });
      },
      async get(name) {
        const found = await values.get(valueKey('draft', name));
        return found && { key: name, data: found.value };
      },
      take: (name) => values.remove(valueKey('draft', name)),
    },
    // At once: that the operator is told once rests on nothing coming between `get` and `park`.
    cooldowns: {
      async park(name, ms, reason) {
        await values.put({ key: valueKey('cooldown', name), value: reason, forMs: ms }, { replaces: 'sooner' });
      },
      async get(name) {
        const found = await values.get(valueKey('cooldown', name));
        if (!found) return undefined;
        const { value: reason, until } = cooldownSchema.parse(found);
        return { until, reason };
      },
    },
    durations: {
      get: async (kind) => (await values.get(valueKey('duration', kind)))?.value,
      async put(kind, learned) {
        await values.put({ key: valueKey('duration', kind), value: learned }, { replaces: 'any', gathered: true });
      },
    },
    locks: createLocks(values),
    async setOnce(name, proposal) {
      await values.put({ key: valueKey('once', name), value: proposal }, { replaces: 'none' });
      return z.string().parse((await values.get(valueKey('once', name)))?.value);
    },
  };
}
