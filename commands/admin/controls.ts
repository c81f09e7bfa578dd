import type { ChatSettingsRecord, SettingChange, SettingsScope } from '../../src/store/chat-settings.ts';
import type { Store } from '../../src/store/store.ts';
import { personOf, type Task } from '../../src/task/task.ts';

/** Where the owner's word for the whole bot stands: no chat has this name. */
const BOT: SettingsScope = { platform: 'bot', chat: 'all' };
/** True while it is paused; afterwards since when it is not. */
const PAUSED = 'paused';
/** Stand before whom and what they are about: one entry each, so that none of two words at once is lost. */
const PREFIXES = { blocked: 'blocked ', refused: 'refused ' } as const;
/** People and words together. */
const MAX_ENTRIES = 500;

/** The owner's word for the whole bot, beside the settings: it holds at once, in all processes. */
export interface Controls {
  /** Nothing new is begun: requests wait. */
  isPaused: boolean;
  /** When the last pause ended, on the store's clock: what waited waits from then on. */
  resumedAt?: number;
  /** People who get no clips. */
  blocked: readonly string[];
  /** Words that no scene may have, in lower case. */
  refused: readonly string[];
}

/** A control, by what it is about. */
export type Control = { type: 'paused' } | { type: keyof typeof PREFIXES; what: string };

type ControlStore = Pick<Store, 'chatSettings' | 'now'>;

type Reader = Pick<Store, 'chatSettings'>;

export const controlsOf = async ({ chatSettings }: Reader): Promise<Controls> =>
  readControls((await chatSettings.get(BOT)).values);

/** The same a second ago at worst: for admission, as a worker looks once more before anything is paid. */
export const controlsLately = async ({ chatSettings }: Reader): Promise<Controls> =>
  readControls((await chatSettings.lately(BOT)).values);

function readControls(values: ChatSettingsRecord['values']): Controls {
  const names = Object.keys(values);
  const paused = values[PAUSED];
  const after = (prefix: string) =>
    names.flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  return {
    isPaused: paused === true,
    resumedAt: typeof paused === 'number' ? paused : undefined,
    blocked: after(PREFIXES.blocked),
    refused: after(PREFIXES.refused),
  };
}

/** What was changed lately, the newest first; `name` tells of what. */
export const controlChanges = async ({ chatSettings }: ControlStore): Promise<readonly SettingChange[]> =>
  (await chatSettings.get(BOT)).changes;

/** False where there are too many already. */
export async function setControl(
  { control, isOn, by }: { control: Control; isOn: boolean; by: SettingChange['by'] },
  { chatSettings, now }: ControlStore,
): Promise<boolean> {
  const name = control.type === 'paused' ? PAUSED : PREFIXES[control.type] + control.what;
  const { values } = await chatSettings.get(BOT);
  if ((values[name] === true) === isOn) return true;
  if (isOn && Object.keys(values).length >= MAX_ENTRIES) return false;
  const at = now();
  const off = control.type === 'paused' ? at : undefined;
  await chatSettings.change(BOT, { name, value: isOn ? true : off, by, at });
  return true;
}

/** Written without blanks between words: there a word may begin anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether a scene has one of these words, as a whole word where words have blanks between them. */
export function hasRefused(scene: string, refused: readonly string[]): boolean {
  const said = plainWords(scene);
  return refused.some((word) => {
    if (UNSPACED.test(word)) return said.includes(word);
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(said);
  });
}

/** A word as it is kept. */
export const refusedWord = (text: string): string => plainWords(text).trim();

/** As a reader sees it: letters of one kind, in lower case, nothing between them that is not seen. */
const plainWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/gu, ' ');

/** Whether the owner has no clip made: for this person, or of this scene. */
export function ownersNo(
  { blocked, refused }: Controls,
  { requester, scene }: { requester: Task['requester']; scene?: string },
): 'person' | 'scene' | undefined {
  if (blocked.includes(requester.id) || blocked.includes(personOf(requester))) return 'person';
  return scene !== undefined && hasRefused(scene, refused) ? 'scene' : undefined;
}
