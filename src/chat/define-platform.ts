import { definePart, type Part, type PartDefinition } from '../settings/part.ts';
import type { Settings, Values } from '../settings/setting.ts';
import type { Platform, PlatformDeps } from './platform.ts';

/** One platform: a folder with this, and a line in `index.ts`. Heavy libraries are imported in `create`. */
export interface PlatformDefinition<S extends Settings, Own> extends Omit<PartDefinition<S, readonly Own[]>, 'read'> {
  /** Undefined where it is not switched on; several where it is several bots of the platform, each a face of its own. */
  read(given: Values<S>): Own | readonly Own[] | undefined;
  /** Where its service is, as a URL; absent where it has none. */
  address?(own: Own): string;
  /** Names that ALLOW takes there, "server or user", as strangers can come; absent where they cannot. */
  spenders?: string;
  /** The form of such a name, where it has one. */
  spenderForm?: RegExp;
  /** Looks whether the platform takes this bot, by calls that change nothing. Never throws for what the platform does. */
  check?(own: Own, deps: Pick<PlatformDeps, 'network'>): Promise<PlatformStatus>;
  create(own: Own, deps: PlatformDeps): Promise<Platform>;
}

/** A platform of the list: once it is switched on, one for each of its bots. */
export interface PlatformDescriptor extends Part<readonly ConfiguredPlatform[]> {
  readonly spenders?: string;
  readonly spenderForm?: RegExp;
}

/** How a platform takes this bot. `as`: the end of a line about a connection, "as Kinora#1234 in 3 servers". */
export type PlatformStatus =
  | { outcome: 'connected'; as: string }
  /** `reason`: one plain sentence for the operator. */
  | { outcome: 'refused'; reason: string }
  /** `reason`: words of ours, an error's code or a status. */
  | { outcome: 'unreachable'; reason: string };

/** A platform that is switched on, or one of several bots there, with its settings. */
export interface ConfiguredPlatform {
  /** The platform's, which several may have: `serviceOf` the name that `Place.platform` has. */
  readonly name: string;
  readonly label: string;
  /** Where its service is; absent where it has none. */
  readonly address?: string;
  /** Strangers cannot come: whoever asks there may spend. */
  readonly isPrivate: boolean;
  /** Absent where it cannot be looked at. */
  check?(deps: Pick<PlatformDeps, 'network'>): Promise<PlatformStatus>;
  create(deps: PlatformDeps): Promise<Platform>;
}

export function definePlatform<S extends Settings, Own extends object>(
  definition: PlatformDefinition<S, Own>,
): PlatformDescriptor {
  const { name, label, spenders, spenderForm, check } = definition;
  const bind = (own: Own): ConfiguredPlatform => ({
    name,
    label,
    address: definition.address?.(own),
    isPrivate: spenders === undefined,
    check: check && ((deps) => check(own, deps)),
    create: (deps) => definition.create(own, deps),
  });
  function read(given: Values<S>): readonly Own[] | undefined {
    const own = definition.read(given);
    if (own === undefined) return undefined;
    return isSeveral(own) ? own : [own];
  }
  const part = definePart({ ...definition, read }, (all) => all.map(bind));
  return { ...part, spenders, spenderForm };
}

/** The settings of one are no list. */
const isSeveral = <Own extends object>(own: Own | readonly Own[]): own is readonly Own[] => Array.isArray(own);
