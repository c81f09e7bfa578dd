import type { Cooldowns } from '../store/values.ts';
import type { FailureType } from '../task/failure.ts';
import type { Provider } from './provider.ts';

/** Also where the provider says "at once": asking in a circle helps nobody. */
const MIN_PARK_MS = 1_000;
/** A key is left alone for so long where the provider does not say: a person has to buy credits or mend the key. */
const KEY_TROUBLE_MS = 60 * 60_000;

/** Under which name the store parks a key, or the provider as a whole. */
export const parkingName = (provider: Pick<Provider, 'name'>, key?: string): string =>
  key === undefined ? provider.name : `${provider.name}:${key}`;

/**
 * The key that a submit may use now, no key where the provider needs none, or undefined where all are parked at present.
 * Keys are used in their order, so that the first is emptied before the second is touched.
 */
export async function usableKey(provider: Provider, cooldowns: Cooldowns): Promise<{ key?: string } | undefined> {
  if (await cooldowns.get(parkingName(provider))) return undefined;
  if (!provider.keys) return {};
  for (const key of provider.keys) if (!(await cooldowns.get(parkingName(provider, key)))) return { key };
  return undefined;
}

/** Why nothing can be submitted now, where it is the keys' fault: then a person has to do something. */
export async function keyTrouble(provider: Provider, cooldowns: Cooldowns): Promise<KeyTrouble | undefined> {
  for (const key of provider.keys ?? []) {
    const parking = await cooldowns.get(parkingName(provider, key));
    if (!parking) return undefined;
    if (isKeyTrouble(parking.reason)) return parking.reason;
  }
  return undefined;
}

const KEY_TROUBLES = ['no-credits', 'quota', 'auth'] as const;
type KeyTrouble = (typeof KEY_TROUBLES)[number];

/** Whether a refusal is about the key it was made with, not about the provider. */
export const isKeyTrouble = (reason: string): reason is KeyTrouble =>
  KEY_TROUBLES.some((trouble) => trouble === reason);

/** How long what refused is left alone, in milliseconds. */
export function parkMs(reason: FailureType, told: number | undefined, backoff: number): number {
  return Math.max(MIN_PARK_MS, told ?? (isKeyTrouble(reason) ? KEY_TROUBLE_MS : backoff));
}
