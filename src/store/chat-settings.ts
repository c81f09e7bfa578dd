import { z } from 'zod';
import type { Place } from '../task/task.ts';
import { type KeyValues, valueKey } from './kv.ts';
import { pages } from './pages.ts';

/** So many of the last changes are kept for those who manage the chat. */
export const MAX_CHANGES = 10;
/** So often a change is tried anew where another came between the look and the write. */
const MAX_TRIES = 20;
/** Records looked at at once. */
const PAGE = 200;

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
});
/** What those who manage a chat have set there. */
export type ChatSettingsRecord = z.infer<typeof recordSchema>;

const scopeKey = ({ platform, chat, community }: SettingsScope): string =>
  valueKey('settings', JSON.stringify([platform, community ?? chat]));

/** Changes a record; anew where another change came between the look and the write. Returns it as it then stands. */
async function alter(
  values: KeyValues,
  key: string,
  edit: (before: ChatSettingsRecord) => ChatSettingsRecord,
): Promise<ChatSettingsRecord> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const found = await values.get(key);
    const value = edit(found ? recordSchema.parse(found.value) : { values: {}, changes: [] });
    const replaces = found ? { seen: found.value } : 'none';
    if (await values.put({ key, value }, { replaces })) return value;
  }
  throw new Error('the settings of a chat were changed again and again meanwhile');
}

/** The settings of chats, one record each, kept until it is removed. */
export const createChatSettings = (values: KeyValues) => ({
  async get(scope: SettingsScope): Promise<ChatSettingsRecord> {
    const found = await values.get(scopeKey(scope));
    return found ? recordSchema.parse(found.value) : { values: {}, changes: [] };
  },

  /** Of many changes at once each is kept. Returns the record as it then stands. */
  change: (scope: SettingsScope, change: SettingChange): Promise<ChatSettingsRecord> =>
    alter(values, scopeKey(scope), (before) => {
      const { [change.name]: _before, ...others } = before.values;
      return {
        values: change.value === undefined ? others : { ...others, [change.name]: change.value },
        changes: [change, ...before.changes].slice(0, MAX_CHANGES),
      };
    }),

  /** What a person has set stays, in all chats; that it was they goes. */
  async forgetPerson(person: string): Promise<void> {
    const isTheirs = ({ by }: SettingChange) => by.id === person;
    for await (const found of pages((last?: { key: string }) => values.list('settings:', PAGE, last?.key)))
      for (const { key, value } of found)
        if (recordSchema.safeParse(value).data?.changes.some(isTheirs))
          await alter(values, key, ({ values: kept, changes }) => ({
            values: kept,
            changes: changes.filter((change) => !isTheirs(change)),
          }));
  },

  /** The chat has another name from now on, and has its settings there, unless some are there already. */
  async move(from: SettingsScope, to: SettingsScope): Promise<void> {
    const found = await values.get(scopeKey(from));
    if (!found) return;
    await values.put({ key: scopeKey(to), value: found.value }, { replaces: 'none' });
    await values.remove(scopeKey(from));
  },

  /** All is as usual again, and nothing of it is left. */
  async remove(scope: SettingsScope): Promise<void> {
    await values.remove(scopeKey(scope));
  },
});
export type ChatSettingsPort = ReturnType<typeof createChatSettings>;
