import { z } from 'zod';
import type { Task } from '../task/task.ts';
import { systemClock } from '../util/clock.ts';
import { createLately } from '../util/lately.ts';
import { makeRoom } from '../util/make-room.ts';
import { createRemembered } from '../util/remembered.ts';
import { createChatSettings } from './chat-settings.ts';
import { createForgetting } from './forgetting.ts';
import { key } from './keys.ts';
import { type KeyValues, LONGEST_KEPT_MS, valueKey } from './kv.ts';
import { createLinks } from './links.ts';

/** What other processes shut out is seen so late at most. */
const SHUT_MS = 5_000;
/** What other processes learn is seen so late at most. */
const LEARNED_MS = 5 * 60_000;
/** So often at most a process writes down what it learned of one kind. */
const WRITTEN_MS = 60_000;
const MAX_KINDS = 1_000;
export const DRAFT_MS = LONGEST_KEPT_MS;

/** A question or form that is open, so that any process, also after a restart, can take the answer. */
export interface Draft {
  /** Chosen by the adapter, for instance place + person. */
  key: string;
  /** The adapter's own; parsed by it when it comes back. */
  data: unknown;
}

const createDrafts = (values: KeyValues) => ({
  /** Replaces a draft of the same key; gone after `DRAFT_MS`. At once: a person may answer as soon as it stands there. */
  async put({ key: name, data }: Draft): Promise<void> {
    await values.put({ key: valueKey('draft', name), value: data, forMs: DRAFT_MS }, { replaces: 'any' });
  },
  /** Puts it where there is none; the data of the one that stands there then. */
  async first({ key: name, data }: Draft): Promise<unknown> {
    const key = valueKey('draft', name);
    if (await values.put({ key, value: data, forMs: DRAFT_MS }, { replaces: 'none' })) return data;
    return (await values.get(key))?.value;
  },
  async get(name: string): Promise<Draft | undefined> {
    const found = await values.get(valueKey('draft', name));
    return found && { key: name, data: found.value };
  },
  /** Removes it; true for exactly one of several callers, which then goes on. */
  take: (name: string): Promise<boolean> => values.remove(valueKey('draft', name)),
});

const cooldownSchema = z.object({ value: z.string(), until: z.number() });

/** Keys and providers that are not to be used for a while, known to all processes. */
const createCooldowns = (values: KeyValues) => ({
  /**
   * Parks it for so many milliseconds; a later end wins. At once: that the operator is told once rests on nothing coming
   * between `get` and `park`.
   */
  async park(name: string, ms: number, reason: string): Promise<void> {
    await values.put({ key: valueKey('cooldown', name), value: reason, forMs: ms }, { replaces: 'sooner' });
  },
  /** It may be used again. */
  async end(name: string): Promise<void> {
    await values.remove(valueKey('cooldown', name));
  },
  /** Until when (store's clock) and why, or undefined where it may be used. */
  async get(name: string): Promise<{ until: number; reason: string } | undefined> {
    const found = await values.get(valueKey('cooldown', name));
    if (!found) return undefined;
    const { value: reason, until } = cooldownSchema.parse(found);
    return { until, reason };
  },
});
export type Cooldowns = ReturnType<typeof createCooldowns>;

/** What was learned of how long jobs of one kind take; a small record each, known to all processes. */
const createDurations = (values: KeyValues) => {
  // What others learn meanwhile is seen a little later: nothing rests on it but when jobs are looked at.
  const lately = createLately<unknown>(LEARNED_MS);
  const written = createRemembered({ clock: systemClock, forMs: WRITTEN_MS, max: MAX_KINDS });
  const unwritten = new Map<string, unknown>();
  return {
    /** Parsed by its reader; undefined where nothing is known. As it was some minutes ago, at worst. */
    get: async (kind: string): Promise<unknown> =>
      unwritten.get(kind) ?? lately.get(kind, async () => (await values.get(valueKey('duration', kind)))?.value),
    /** Within a minute of one that was written it is kept in this process alone: what comes later has it along. */
    async put(kind: string, learned: unknown): Promise<void> {
      lately.set(kind, learned);
      unwritten.delete(kind);
      if (written.has(kind)) {
        makeRoom(unwritten, MAX_KINDS);
        unwritten.set(kind, learned);
        return;
      }
      written.add(kind);
      try {
        await values.put({ key: valueKey('duration', kind), value: learned }, { replaces: 'any', gathered: true });
      } catch (error) {
        written.forget(kind);
        throw error;
      }
    },
  };
};
export type Durations = ReturnType<typeof createDurations>;

/** What only one process does at a time: leases with names. */
export const createLocks = (values: KeyValues) => ({
  /** Takes it, or prolongs it, for so many milliseconds; false while it is another owner's. */
  hold: (name: string, owner: string, ms: number): Promise<boolean> =>
    values.put(
      { key: valueKey('lock', name), value: null, forMs: ms, owner: key(owner) },
      { replaces: 'own', gathered: true },
    ),
  /** Ends one's own. */
  async release(name: string, owner: string): Promise<void> {
    await values.remove(valueKey('lock', name), { owner: key(owner), gathered: true });
  },
});
export type Locks = ReturnType<typeof createLocks>;

/** What the processes of one record share out among themselves: a small plan for each name, about this one database. */
const createPlans = (values: KeyValues) => ({
  /** Parsed by its reader; undefined where there is none. */
  get: async (name: string): Promise<unknown> => (await values.get(valueKey('shared-out', name)))?.value,
  /** False where it is another by now than was `seen`. It ends after a day without a change. */
  replace: (name: string, { seen, by }: { seen: unknown; by: unknown }): Promise<boolean> =>
    values.put(
      { key: valueKey('shared-out', name), value: by, forMs: LONGEST_KEPT_MS, owner: key('plan') },
      { replaces: seen === undefined ? 'none' : { seen } },
    ),
});
export type Plans = ReturnType<typeof createPlans>;

/** What was spent of a budget that a platform sets, for as long as it counts: the next process goes on with it. */
const createSpendings = (values: KeyValues) => ({
  /** Parsed by its reader; undefined where nothing is known. */
  get: async (budget: string): Promise<unknown> => (await values.get(valueKey('spending', budget)))?.value,
  async put(budget: string, spent: unknown, forMs: number): Promise<void> {
    await values.put({ key: valueKey('spending', budget), value: spent, forMs }, { replaces: 'any', gathered: true });
  },
});

const removalSchema = z.object({
  /** What it is known by: a task, or a message. */
  id: z.string(),
  platform: z.string(),
  /** Whose task they were of, where that is known. */
  person: z.string().optional(),
  /** What is said where they can only be emptied is in this. */
  locale: z.string().optional(),
  /** As a task has them, by kind. */
  sent: z.record(z.string(), z.string()),
  /** On the store's clock: it is not tried before. */
  dueAt: z.number(),
  /** How often it failed. */
  tries: z.number().int(),
});
/** Messages that are to be taken away: that was promised, and their task may be gone. */
export type Removal = z.infer<typeof removalSchema>;

const createRemovals = (values: KeyValues) => ({
  /** Replaces one of the same id; kept until it is done, however long no process runs. */
  async put(removal: Removal): Promise<void> {
    await values.put({ key: valueKey('removal', removal.id), value: removal }, { replaces: 'any' });
  },
  /** So many at most, in the order of their keys; those behind the one of the id `after`. */
  async open(limit: number, after?: string): Promise<Removal[]> {
    const last = after === undefined ? undefined : valueKey('removal', after);
    return (await values.list('removal:', limit, last)).flatMap(
      ({ value }) => removalSchema.safeParse(value).data ?? [],
    );
  },
  /** They are gone, or will never be. */
  async done(id: string): Promise<void> {
    await values.remove(valueKey('removal', id));
  },
});
export type Removals = ReturnType<typeof createRemovals>;

const shutOutSchema = z.object({
  taskId: z.string(),
  platform: z.string(),
  chat: z.string(),
  thread: z.string().optional(),
  community: z.string().optional(),
  person: z.string(),
});
/** A task of which no place takes anything for now, and where one may open. */
export type ShutOut = z.infer<typeof shutOutSchema>;

function createShutOut(values: KeyValues) {
  // Asked at each thing that anybody does. What another process put down meanwhile tries by the clock as well.
  const lately = createLately<boolean>(SHUT_MS);
  async function list(limit: number, after?: string): Promise<ShutOut[]> {
    const last = after === undefined ? undefined : valueKey('shut', after);
    return (await values.list('shut:', limit, last)).flatMap(({ value }) => shutOutSchema.safeParse(value).data ?? []);
  }
  return {
    /** Replaces that of the same task; kept for a day, or until it is put again. */
    async put({ id: taskId, place, requester }: Pick<Task, 'id' | 'place' | 'requester'>): Promise<void> {
      const { platform, chat, thread, community } = place;
      const value: ShutOut = { taskId, platform, chat, thread, community, person: requester.id };
      await values
        .put({ key: valueKey('shut', taskId), value, forMs: LONGEST_KEPT_MS }, { replaces: 'any' })
        .finally(() => lately.drop(ANY));
    },
    /** Whether there are any, a few seconds ago at worst where another process put them down. */
    isAny: (): Promise<boolean> => lately.get(ANY, async () => (await list(1)).length > 0),
    /** So many at most, in the order of their keys; those behind that of the task `after`. */
    list,
    /** Removes it; true for exactly one of several callers, which then wakes the task. */
    take: (taskId: string): Promise<boolean> => values.remove(valueKey('shut', taskId)),
  };
}
const ANY = 'any';

/** What is kept beside the tasks, all of it small values. */
export const createValuePorts = (values: KeyValues) => ({
  drafts: createDrafts(values),
  cooldowns: createCooldowns(values),
  durations: createDurations(values),
  locks: createLocks(values),
  plans: createPlans(values),
  spendings: createSpendings(values),
  removals: createRemovals(values),
  shutOut: createShutOut(values),
  links: createLinks(values),
  chatSettings: createChatSettings(values),
  forgetting: createForgetting(values),
  /** A value that all processes agree on, for ever: the first that any of them proposed. */
  async setOnce(name: string, proposal: string): Promise<string> {
    await values.put({ key: valueKey('once', name), value: proposal }, { replaces: 'none' });
    return z.string().parse((await values.get(valueKey('once', name)))?.value);
  },
});
export type ValuePorts = ReturnType<typeof createValuePorts>;
