import { z } from 'zod';
import type { Place } from '../task/task.ts';
import { createLately } from '../util/lately.ts';
import { text } from './keys.ts';
import { type KeyValues, valueKey } from './kv.ts';
import { pages } from './pages.ts';

/** So many of the last changes are kept for those who manage the chat. */
export const MAX_CHANGES = 10;
/** So often a change is tried anew where another came between the look and the write. */
const MAX_TRIES = 20;
/** Records looked at at once. */
const PAGE = 200;
const PREFIX = 'settings:';

/** Whose settings: a server's hold for all of its channels. */
export type SettingsScope = Pick<Place, 'platform' | 'chat' | 'community'>;

const changeSchema = z.object({
  name: z.string(),
  /** Absent: as usual again. */
  value: z.unknown().optional(),
  by: z.object({ id: z.string(), name: z.string() }),
  /** On the store's clock. */
  at: z.number(),
});
/** One setting, set by a person. */
export type SettingChange = z.infer<typeof changeSchema>;

const recordSchema = z.object({
  /** By name; what is absent is as usual. Parsed by its reader. */
  values: z.record(z.string(), z.unknown()),
  /** The newest first. */
  changes: z.array(changeSchema),
  /** It is a server's. Absent of a chat's. */
  isCommunity: z.literal(true).optional(),
  /** Whose alone it is: set in a private chat with the bot. Absent of what many share. */
  person: z.string().optional(),
  /** Since when the bot is not there any more, as far as is known; on the store's clock. */
  leftAt: z.number().optional(),
});
type KeptRecord = z.infer<typeof recordSchema>;
/** What those who manage a chat have set there. */
export type ChatSettingsRecord = Pick<KeptRecord, 'values' | 'changes'>;

const scopeKey = ({ platform, chat, community }: SettingsScope): string =>
  valueKey('settings', JSON.stringify([platform, community ?? chat]));

const keySchema = text
  .pipe(z.string().transform((name): unknown => JSON.parse(name)))
  .pipe(z.tuple([z.string(), z.string()]));

/** The scope of a record, by its key. */
function scopeIn(key: string, { isCommunity }: KeptRecord): SettingsScope {
  const [platform, chat] = keySchema.parse(key.slice(PREFIX.length));
  return isCommunity ? { platform, chat, community: chat } : { platform, chat };
}

/** Changes a record; anew where another change came between the look and the write. `edit` returns undefined for no change. */
async function alter(
  values: KeyValues,
  key: string,
  edit: (before: KeptRecord | undefined) => KeptRecord | undefined,
): Promise<KeptRecord | undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const found = await values.get(key);
    const value = edit(found && recordSchema.parse(found.value));
    const replaces = found ? { seen: found.value } : 'none';
    if (!value || (await values.put({ key, value }, { replaces }))) return value;
  }
  throw new Error('the settings of a chat were changed again and again meanwhile');
}

/** All records that can be read, by pages. */
async function* all(values: KeyValues): AsyncIterable<{ key: string; value: unknown; record: KeptRecord }[]> {
  for await (const found of pages((last?: { key: string }) => values.list(PREFIX, PAGE, last?.key)))
    yield found.flatMap(({ key, value }) => {
      const record = recordSchema.safeParse(value).data;
      return record ? [{ key, value, record }] : [];
    });
}

/** What several parts of one request ask for is asked once. */
const LATELY_MS = 1_000;

async function read(values: KeyValues, scope: SettingsScope): Promise<ChatSettingsRecord> {
  const found = await values.get(scopeKey(scope));
  const { values: set, changes } = found ? recordSchema.parse(found.value) : { values: {}, changes: [] };
  return { values: set, changes };
}

/** The settings of chats, one record each, kept until it is removed. */
export function createChatSettings(values: KeyValues) {
  const known = createLately<ChatSettingsRecord>(LATELY_MS);
  const changing = withChangesSeen(values, known.drop);
  return {
    get: (scope: SettingsScope): Promise<ChatSettingsRecord> => read(values, scope),
    /** As they were a second ago at worst, where another process changed them: as though what is asked for had been said then. */
    lately: (scope: SettingsScope): Promise<ChatSettingsRecord> =>
      known.get(scopeKey(scope), () => read(values, scope)),
    ...changesOf(changing),
  };
}
export type ChatSettingsPort = ReturnType<typeof createChatSettings>;

/** Tells of each key before and after it is written. */
const withChangesSeen = ({ get, list, put, remove }: KeyValues, changes: (key: string) => void): KeyValues => ({
  get,
  list,
  async put(value, how) {
    changes(value.key);
    return put(value, how).finally(() => changes(value.key));
  },
  async remove(key, how) {
    changes(key);
    return remove(key, how).finally(() => changes(key));
  },
});

const changesOf = (values: KeyValues) => ({
  /** Where something is set on a platform, by pages. */
  async *scopes(platform: string): AsyncIterable<SettingsScope[]> {
    for await (const found of all(values))
      yield found.map(({ key, record }) => scopeIn(key, record)).filter((scope) => scope.platform === platform);
  },

  /** The bot is not there any more. What is marked already stays marked since then. */
  async leave(scope: SettingsScope, at: number): Promise<void> {
    await alter(values, scopeKey(scope), (before) =>
      before && before.leftAt === undefined ? { ...before, leftAt: at } : undefined,
    );
  },

  /** The bot is there. */
  async enter(scope: SettingsScope): Promise<void> {
    await alter(values, scopeKey(scope), (before) =>
      before?.leftAt === undefined ? undefined : { ...before, leftAt: undefined },
    );
  },

  /** Removes what was left by this instant; what is entered in the same moment stays. */
  async removeLeft(by: number): Promise<void> {
    for await (const found of all(values))
      for (const { key, value, record } of found)
        if (record.leftAt !== undefined && record.leftAt <= by)
          // Past its time at once, and only if it is still the one that was read.
          await values.put({ key, value: null, forMs: 0 }, { replaces: { seen: value } });
  },

  /** Of many changes at once each is kept. `isAlone`: nobody else is in that chat. Returns the record as it then stands. */
  async change(scope: SettingsScope, change: SettingChange, { isAlone = false } = {}): Promise<ChatSettingsRecord> {
    const isCommunity = scope.community === undefined ? undefined : true;
    const after = await alter(values, scopeKey(scope), (before) => {
      const { [change.name]: _before, ...others } = before?.values ?? {};
      return {
        values: change.value === undefined ? others : { ...others, [change.name]: change.value },
        changes: [change, ...(before?.changes ?? [])].slice(0, MAX_CHANGES),
        isCommunity,
        person: isAlone ? change.by.id : undefined,
      };
    });
    return { values: after?.values ?? {}, changes: after?.changes ?? [] };
  },

  /** What a person has set for others stays; that it was they goes, and what they set for themselves alone. */
  async forgetPerson(person: string): Promise<void> {
    const isTheirs = ({ by }: SettingChange) => by.id === person;
    for await (const found of all(values))
      for (const { key, record } of found)
        if (record.person === person) await values.remove(key);
        else if (record.changes.some(isTheirs))
          await alter(
            values,
            key,
            (before) => before && { ...before, changes: before.changes.filter((change) => !isTheirs(change)) },
          );
  },

  /** The chat has another name from now on, and has its settings there, unless some are there already. */
  async move(from: SettingsScope, to: SettingsScope): Promise<void> {
    const found = await values.get(scopeKey(from));
    if (!found) return;
    // Under its other name the bot is in it.
    const value = { ...recordSchema.parse(found.value), leftAt: undefined };
    await values.put({ key: scopeKey(to), value }, { replaces: 'none' });
    await values.remove(scopeKey(from));
  },

  /** All is as usual again, and nothing of it is left. */
  async remove(scope: SettingsScope): Promise<void> {
    await values.remove(scopeKey(scope));
  },
});
