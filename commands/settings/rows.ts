import { z } from 'zod';
import { locales, messagesFor } from '../../src/messages/messages.ts';
import { DURATIONS_SECONDS, USUAL_SECONDS } from '../../src/task/options.ts';
import { type Fit, fitSchema, type Shape, shapeSchema } from '../../src/task/picture.ts';
import { MAX_STARS, placeSchema } from '../../src/task/task.ts';
import type { AdmissionLimits } from '../limits.ts';
import type { Standing } from './standing.ts';

/** The operator's own settings, which hold where a chat has none. */
export interface OperatorSettings {
  fit: Fit;
  /** Those that clips may have where this renders. */
  shapes: readonly Shape[];
  starsNeeded: number;
  limits: AdmissionLimits;
}

/** Where settings are looked at. */
export interface SettingsPlace {
  standing: Standing;
  /** The platform has a gallery. */
  hasGallery: boolean;
  /** Clips may have one of several shapes. */
  hasShapes: boolean;
}

type RowValue = string | number | boolean;

/** A setting, as platforms ask for it. */
export interface SettingRow {
  kind: 'switch' | 'choice' | 'number' | 'roles' | 'channels';
  /** Of a choice. */
  choices?: readonly (string | number)[];
  /** Those of a choice's values that there are, where that depends on the operator. */
  offered?(operator: OperatorSettings): readonly (string | number)[];
  /** A choice's name where it is the same in every language. */
  nameOf?(choice: string): string;
  /** Of a number: what the operator set bounds it. */
  bounds?(operator: OperatorSettings): { min: number; max: number };
  /** What holds where it is not set, as far as the operator says. */
  usual?(operator: OperatorSettings): RowValue | undefined;
  /** Of roles and channels: so many at once. */
  most?: number;
  /** Of channels: clips are posted there. */
  isPostedIn?: boolean;
  /** Absent: everywhere. */
  isOffered?(place: SettingsPlace): boolean;
}

type RowRest = Omit<SettingRow, 'kind' | 'choices'>;

/** By their schemas. */
const rows = new Map<z.ZodType, SettingRow>();

function declare<Schema extends z.ZodType>(schema: Schema, row: SettingRow): Schema {
  rows.set(schema, row);
  return schema;
}
const flag = (row: RowRest) => declare(z.boolean(), { kind: 'switch', ...row });
const choice = <Value extends string | number>(choices: readonly Value[], row: RowRest) =>
  declare(z.literal([...choices]), { kind: 'choice', choices, ...row });
const number = (row: RowRest & Required<Pick<SettingRow, 'bounds'>>) =>
  declare(z.number().int().min(1), { kind: 'number', ...row });
/** As many as a select of Discord's takes. */
export const MAX_IDS = 25;
const ids = (kind: 'roles' | 'channels', row: RowRest) =>
  declare(
    z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(row.most ?? MAX_IDS),
    { kind, ...row },
  );

const isForMany = ({ standing }: SettingsPlace): boolean => standing.isAlone !== true;
const mayHaveGallery = ({ standing }: SettingsPlace): boolean => standing.obstacleIn !== undefined;
const MOST_A_DAY = 1_000;

/** The settings of a chat, in the order in which they are shown: another one is a line here, and its words. */
const shape = {
  isOn: flag({ usual: () => true, isOffered: isForMany }),
  language: choice(locales, { nameOf: (locale) => messagesFor(locale).language }),
  shape: choice(shapeSchema.options, {
    usual: () => 'auto',
    offered: ({ shapes }) => shapes,
    isOffered: ({ hasShapes }) => hasShapes,
  }),
  fit: choice(fitSchema.options, { usual: ({ fit }) => fit }),
  duration: choice(DURATIONS_SECONDS, { usual: () => USUAL_SECONDS }),
  isCovered: flag({ usual: () => false, isOffered: ({ standing }) => standing.hasCovers === true }),
  reply: choice(placeSchema.shape.reply.unwrap().options, {
    isOffered: ({ standing }) => standing.hasThreads === true,
  }),
  perPerson: number({
    usual: ({ limits }) => limits.dailyPerPerson,
    bounds: ({ limits }) => ({ min: 1, max: limits.dailyPerPerson ?? MOST_A_DAY }),
    isOffered: isForMany,
  }),
  perChat: number({
    usual: ({ limits }) => limits.dailyPerChat,
    bounds: ({ limits }) => ({ min: 1, max: limits.dailyPerChat ?? MOST_A_DAY }),
    isOffered: isForMany,
  }),
  roles: ids('roles', { isOffered: ({ standing }) => standing.roles !== undefined }),
  channels: ids('channels', { isOffered: ({ standing }) => standing.hasChannels === true }),
  toGallery: flag({ usual: () => true, isOffered: ({ hasGallery }) => hasGallery }),
  gallery: ids('channels', { most: 1, isPostedIn: true, isOffered: mayHaveGallery }),
  starsNeeded: number({
    usual: ({ starsNeeded }) => starsNeeded,
    bounds: ({ starsNeeded }) => ({ min: starsNeeded, max: MAX_STARS }),
    isOffered: (place) => (place.hasGallery || mayHaveGallery(place)) && isForMany(place),
  }),
};
const schema = z.object(shape).partial();

/** What those who manage a chat have set; what is absent is as usual. */
export type ChosenSettings = z.output<typeof schema>;
export type SettingName = keyof ChosenSettings;

const nameSchema = z.object(shape).keyof();
export const SETTING_NAMES: readonly SettingName[] = nameSchema.options;

export const rowOf = (name: SettingName): SettingRow => {
  const row = rows.get(shape[name]);
  if (!row) throw new Error(`the setting ${name} is not declared as a row`);
  return row;
};

/** Undefined for a name that there is not, or not any more. */
export const settingNamed = (name: string): SettingName | undefined => nameSchema.safeParse(name).data;

/** The settings on record; what was written by another version, and is none here, counts as not set. */
export function readChosen(values: Readonly<Record<string, unknown>>): ChosenSettings {
  const known = Object.entries(values).filter(([name, value]) => {
    const named = settingNamed(name);
    return named !== undefined && shape[named].safeParse(value).success;
  });
  return schema.parse(Object.fromEntries(known));
}

/** A value as a person gave it, by whichever control; undefined where the setting does not take it. */
export function readGiven(
  name: SettingName,
  given: string | readonly string[],
  operator: OperatorSettings,
): { value: unknown } | undefined {
  const { kind, choices, offered, bounds } = rowOf(name);
  const value = valueIn({ kind, choices: offered?.(operator) ?? choices }, given);
  if (!shape[name].safeParse(value).success) return undefined;
  const { min, max } = bounds?.(operator) ?? { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  return typeof value === 'number' && (value < min || value > max) ? undefined : { value };
}

function valueIn({ kind, choices }: Pick<SettingRow, 'kind' | 'choices'>, given: string | readonly string[]): unknown {
  if (typeof given !== 'string') return [...new Set(given)];
  if (kind === 'switch') return given === 'true' ? true : given === 'false' ? false : undefined;
  if (kind === 'choice') return choices?.find((choice) => String(choice) === given);
  return given.trim() === '' ? undefined : Number(given);
}
