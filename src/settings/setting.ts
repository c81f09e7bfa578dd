import { z } from 'zod';
import { PlainError } from '../util/plain-error.ts';

/** The words about a setting that its schema does not say. */
export interface SettingText {
  /** Its effect, as a sentence without its dot: for docs/settings.md and .env.example. */
  says: string;
  /** The effect of leaving it out, in words, where the schema has no default: none. */
  unset?: string;
  /** Its value is never written anywhere; a function tells which parts of it are not. */
  secret?: true | ((value: string) => readonly string[]);
}

/** Settings by name. Each schema takes the text that the environment has, or undefined. */
export type Settings = Record<string, z.ZodType>;

/** The values of settings, by name. */
export type Values<S extends Settings> = z.output<z.ZodObject<S>>;

/** Settings that belong together, under a title for people. */
export interface SettingsGroup<S extends Settings = Settings> {
  title: string;
  settings: S;
}

export type Env = Record<string, string | undefined>;

const abouts = z.registry<SettingText>();

/** Declares a setting: its schema, and what people should know of it. */
export function setting<S extends z.ZodType>(schema: S, about: SettingText): S {
  abouts.add(schema, about);
  return schema;
}

/** A setting's words, from its declaration. */
export function aboutSetting(schema: z.ZodType): SettingText {
  const about = abouts.get(schema);
  if (!about) throw new Error('a setting that was not declared by setting()');
  return about;
}

/** Settings that are wrong; `message` lists all of it, a line each. */
export class ConfigError extends PlainError {
  override name = 'ConfigError';
  /** A line each. */
  readonly wrong: readonly string[];
  constructor(wrong: readonly string[] | string) {
    super(
      typeof wrong === 'string'
        ? wrong
        : `These settings (environment or .env) are not right:\n${wrong.map((line) => `  ${line}`).join('\n')}`,
    );
    this.wrong = [wrong].flat();
  }
}

/** The result of reading settings: their values, with those that are secret, or what is wrong, a line each. */
export type Given<S extends Settings> =
  | { outcome: 'read'; values: Values<S>; secrets: readonly string[] }
  | { outcome: 'wrong'; wrong: readonly string[] };

/** Reads these settings from an environment. An empty value counts as absent. */
export function readSettings<S extends Settings>(settings: S, env: Env): Given<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = z.object(settings).safeParse(given);
  if (parsed.success) return { outcome: 'read', values: parsed.data, secrets: secretsOf(settings, parsed.data) };
  return { outcome: 'wrong', wrong: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${inWords(issue)}`) };
}

function secretsOf(settings: Settings, values: Record<string, unknown>): string[] {
  return Object.entries(settings).flatMap(([name, schema]) => {
    const { secret } = aboutSetting(schema);
    const texts = [values[name]].flat().filter((each) => typeof each === 'string');
    if (secret === undefined) return [];
    return secret === true ? texts : texts.flatMap(secret);
  });
}

function inWords(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_value' ? `choose one of ${issue.values.join(', ')}` : issue.message;
}
