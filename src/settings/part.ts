import type { CoreValues } from './core.ts';
import { type Env, readSettings, type Settings, type Values } from './setting.ts';

/** A provider's or a platform's declaration of its settings. `Own` is its configuration, made of them. */
export interface PartDefinition<S extends Settings, Own> {
  /** On record and in settings: lower case, digits, dashes. */
  name: string;
  /** For people: "gen4 at Runway", "Discord". */
  label: string;
  settings: S;
  /** The setting that switches it on; absent where it always is. */
  needs?: keyof S & string;
  /** Undefined where it is not switched on. */
  read(given: Values<S>): Own | undefined;
  /** Values that are allowed each, and not together, a line each: "NAME: is needed where …". */
  contradictions?(given: Values<S>, core: CoreValues): readonly string[];
}

/** A provider or a platform, as the settings know it. `Ready` is what can be made of it once it is switched on. */
export interface Part<Ready> {
  readonly name: string;
  readonly label: string;
  readonly settings: Settings;
  readonly needs?: string;
  read(env: Env): PartGiven<Ready>;
}

/** The result of reading a part's settings. */
export type PartGiven<Ready> =
  | {
      outcome: 'read';
      secrets: readonly string[];
      contradictions(core: CoreValues): readonly string[];
      ready: Ready | undefined;
    }
  | { outcome: 'wrong'; wrong: readonly string[] };

/** Makes a part of what was declared; `bind` of its own configuration what the program goes on with. */
export function definePart<S extends Settings, Own, Ready>(
  definition: PartDefinition<S, Own>,
  bind: (own: Own) => Ready,
): Part<Ready> {
  const { name, label, settings, needs } = definition;
  return {
    name,
    label,
    settings,
    needs,
    read(env) {
      const given = readSettings(settings, env);
      if (given.outcome === 'wrong') return given;
      const own = definition.read(given.values);
      return {
        outcome: 'read',
        secrets: given.secrets,
        contradictions: (core) => definition.contradictions?.(given.values, core) ?? [],
        ready: own === undefined ? undefined : bind(own),
      };
    },
  };
}
