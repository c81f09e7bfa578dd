import { aivideoapi } from './aivideoapi/index.ts';
import {
  type ConfiguredProvider,
  type ProviderDeps,
  type ProviderDescriptor,
  ProviderUnusable,
} from './define-provider.ts';
import { fal } from './fal/index.ts';
import { preview } from './preview/index.ts';
import type { Provider } from './provider.ts';
import { runway } from './runway/index.ts';

/**
 * Every provider. The first that is switched on renders, unless GEN4_PROVIDER names another; the preview, which always
 * is, stands last: never in silence instead of one that is paid for.
 */
export const providers: readonly ProviderDescriptor[] = [aivideoapi, runway, fal, preview];

/** Providers by their part: `use` renders new requests, and each of `all` what it began, also after settings changed. */
export interface Providers {
  use: Provider;
  all: readonly Provider[];
}

/** Makes every provider that is switched on. Throws in plain words where the one to be used cannot work. */
export async function createProviders(
  configured: readonly ConfiguredProvider[],
  use: string,
  deps: ProviderDeps,
): Promise<Providers> {
  const all: Provider[] = [];
  try {
    for (const each of configured) {
      try {
        all.push(await each.create(deps));
      } catch (error) {
        if (!(error instanceof ProviderUnusable) || each.name === use) throw error;
        deps.log.warn({ provider: each.name, why: error.message }, 'a provider cannot be used');
      }
    }
    const chosen = all.find(({ name }) => name === use);
    if (!chosen) throw new Error(`no provider ${use}`);
    return { use: chosen, all };
  } catch (error) {
    await Promise.all(all.map((each) => each.close()));
    throw error;
  }
}
