import { definePart, type Part, type PartDefinition } from '../settings/part.ts';
import type { Settings } from '../settings/setting.ts';
import type { Platform, PlatformDeps } from './platform.ts';

/** One platform: a folder with this, and a line in `index.ts`. Heavy libraries are imported in `create`. */
export interface PlatformDefinition<S extends Settings, Own> extends PartDefinition<S, Own> {
  /** Names that ALLOW takes there, "server or user", as strangers can come; absent where they cannot. */
  spenders?: string;
  create(own: Own, deps: PlatformDeps): Promise<Platform>;
}

/** A platform of the list. */
export interface PlatformDescriptor extends Part<ConfiguredPlatform> {
  readonly spenders?: string;
}

/** A platform that is switched on, with its settings. */
export interface ConfiguredPlatform {
  readonly name: string;
  /** Strangers cannot come: whoever asks there may spend. */
  readonly isPrivate: boolean;
  create(deps: PlatformDeps): Promise<Platform>;
}

export function definePlatform<S extends Settings, Own extends object>(
  definition: PlatformDefinition<S, Own>,
): PlatformDescriptor {
  const { name, spenders } = definition;
  const part = definePart(
    definition,
    (own): ConfiguredPlatform => ({
      name,
      isPrivate: spenders === undefined,
      create: (deps) => definition.create(own, deps),
    }),
  );
  return { ...part, spenders };
}
