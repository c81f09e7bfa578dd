import type { Decoder } from '../media/pictures/decoder/decoder.ts';
import type { Network } from '../net/network.ts';
import { definePart, type Part, type PartDefinition } from '../settings/part.ts';
import type { Settings } from '../settings/setting.ts';
import type { Log } from '../util/log.ts';
import { PlainError } from '../util/plain-error.ts';
import type { CallOptions } from './http/client.ts';
import type { Capabilities, Provider } from './provider.ts';

/** A provider's surroundings, beside its own settings. */
export interface ProviderDeps {
  /** Jobs under way at once, in place of `Capabilities.concurrency`. */
  concurrency?: number;
  /** DATA_DIR. */
  dataDir: string;
  /** For files of its own. Belongs to this process alone. */
  scratchDir: string;
  /** FFMPEG_PATH. */
  ffmpegPath?: string;
  network: Network;
  /** Makes of a picture whatever a service wants of it. */
  decoder: Decoder;
  log: Log;
}

/** A key's standing, as far as it can be learned without spending anything. */
export type KeyStatus =
  | { outcome: 'works'; credits: number }
  | { outcome: 'refused' }
  /** The service was reached and did not refuse the key; more it does not tell without spending a credit. */
  | { outcome: 'untold' }
  /** `reason`: words of ours, an error's code or a status. */
  | { outcome: 'unreachable'; reason: string };

/** One provider: a folder with this, and a line in `index.ts`. Heavy libraries are imported in `create` and `checkKey`. */
export interface ProviderDefinition<S extends Settings, Own> extends PartDefinition<S, Own> {
  /** As it comes; `concurrency` is its own number of jobs at once. */
  capabilities: Capabilities;
  /** Where its service is, as a URL; absent where it has none. */
  address?(own: Own): string;
  /** Throws `ProviderUnusable` where this machine has not what it needs. */
  create(own: Own, deps: ProviderDeps): Promise<Provider>;
  /** The keys of its settings. */
  keys?(own: Own): readonly string[];
  /** Looks at a key, in one call that costs nothing. Never throws for what the service does. */
  checkKey?(own: Own, key: string, how?: CallOptions): Promise<KeyStatus>;
}

/** A provider of the list. */
export interface ProviderDescriptor extends Part<ConfiguredProvider> {
  readonly paid: boolean;
  readonly concurrency: number;
}

/** A provider that is switched on, with its settings. */
export interface ConfiguredProvider {
  readonly name: string;
  readonly label: string;
  readonly paid: boolean;
  /** Where its service is; absent where it has none. */
  readonly address?: string;
  /** Keys that can be looked at. */
  readonly keys: readonly string[];
  create(deps: ProviderDeps): Promise<Provider>;
  checkKey(key: string, how?: CallOptions): Promise<KeyStatus>;
}

/** This machine has not what the provider needs. One plain sentence for the operator. */
export class ProviderUnusable extends PlainError {
  override name = 'ProviderUnusable';
}

export function defineProvider<S extends Settings, Own extends object>(
  definition: ProviderDefinition<S, Own>,
): ProviderDescriptor {
  const { name, label, capabilities } = definition;
  const { paid, concurrency } = capabilities;
  const part = definePart(
    definition,
    (own): ConfiguredProvider => ({
      name,
      label,
      paid,
      address: definition.address?.(own),
      keys: definition.keys?.(own) ?? [],
      create: (deps) => definition.create(own, deps),
      checkKey: async (key, how) => definition.checkKey?.(own, key, how) ?? { outcome: 'untold' },
    }),
  );
  return { ...part, paid, concurrency };
}
