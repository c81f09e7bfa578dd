import { messagesFor } from '../../src/messages/messages.ts';
import { offeredShapes } from '../../src/providers/models.ts';
import type { ChatSettingsRecord, SettingChange } from '../../src/store/chat-settings.ts';
import type { Reply, SettingField } from '../reply.ts';
import type { CommandDeps, RequestOrigin } from '../table.ts';
import {
  MAX_IDS,
  type OperatorSettings,
  readChosen,
  rowOf,
  SETTING_NAMES,
  type SettingName,
  type SettingsPlace,
  settingNamed,
} from './rows.ts';

type ViewDeps = Pick<CommandDeps, 'admission' | 'defaultFit' | 'provider' | 'starsNeeded' | 'galleries' | 'store'>;

export const operatorIn = ({ defaultFit, provider, starsNeeded, admission }: ViewDeps): OperatorSettings => ({
  fit: defaultFit,
  shapes: offeredShapes(provider),
  starsNeeded,
  limits: admission.limits,
});

const placeOf = ({ place, standing = {} }: RequestOrigin, { galleries, provider }: ViewDeps): SettingsPlace => ({
  standing,
  hasShapes: offeredShapes(provider).length > 0,
  hasGallery: galleries.some(({ platform }) => platform === place.platform),
});

/** Whether a setting means something there. */
export const isOffered = (name: SettingName, origin: RequestOrigin, deps: ViewDeps): boolean =>
  rowOf(name).isOffered?.(placeOf(origin, deps)) ?? true;

/** All that can be set there, as it is set, and what was changed lately. */
export function settingsReply(record: ChatSettingsRecord, origin: RequestOrigin, deps: ViewDeps): Reply {
  const { locale, standing, place } = origin;
  const words = messagesFor(locale).settings;
  const chosen = readChosen(record.values);
  const offered = SETTING_NAMES.filter((name) => isOffered(name, origin, deps));
  const whose = standing?.isAlone ? 'own' : place.community === undefined ? 'chat' : 'server';
  return {
    type: 'settings',
    locale,
    text: words.title[whose],
    fields: offered.map((name) => fieldOf(name, chosen[name], { locale, operator: operatorIn(deps) })),
    changes: record.changes.flatMap((change) => changeLine(change, { locale, now: deps.store.now() }) ?? []),
  };
}

function fieldOf(
  name: SettingName,
  value: unknown,
  { locale, operator }: { locale: string; operator: OperatorSettings },
): SettingField {
  const { asUsual, rows } = messagesFor(locale).settings;
  const { label, hint, unset } = rows[name];
  const { kind, choices, offered, bounds, usual, most = MAX_IDS, isPostedIn } = rowOf(name);
  const usualValue = usual?.(operator);
  const usually = asUsual(usualValue === undefined ? unset : valueInWords(name, usualValue, locale));
  const isSet = value !== undefined;
  const common = { name, label, hint, isSet, usually, shown: isSet ? valueInWords(name, value, locale) : usually };
  switch (kind) {
    case 'switch':
    case 'choice': {
      const values = offered?.(operator) ?? choices ?? [true, false];
      const named = values.map((each) => ({ value: String(each), label: valueInWords(name, each, locale) }));
      return { kind: 'choice', ...common, value: isSet ? String(value) : undefined, choices: named };
    }
    case 'number': {
      const { min, max } = bounds?.(operator) ?? { min: 1, max: Number.MAX_SAFE_INTEGER };
      return { kind, ...common, value: typeof value === 'number' ? value : undefined, min, max };
    }
    default:
      return { kind, ...common, ids: idsIn(value), most, isPostedIn };
  }
}

const idsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function valueInWords(name: SettingName, value: unknown, locale: string): string {
  const { rows, switches, several } = messagesFor(locale).settings;
  const { values } = rows[name];
  if (Array.isArray(value)) return several[rowOf(name).kind === 'roles' ? 'roles' : 'channels'](value.length);
  if (typeof value === 'boolean') return value ? switches.on : switches.off;
  return rowOf(name).nameOf?.(String(value)) ?? values?.[String(value)] ?? String(value);
}

function changeLine(
  { name, value, by, at }: SettingChange,
  { locale, now }: { locale: string; now: number },
): string | undefined {
  const named = settingNamed(name);
  if (named === undefined) return undefined;
  const words = messagesFor(locale);
  const { rows, asUsual, changed } = words.settings;
  const to = value === undefined ? asUsual(undefined) : valueInWords(named, value, locale);
  return changed({ who: by.name, what: rows[named].label, to, ago: words.clips.ago(now - at) });
}
