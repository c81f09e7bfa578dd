import type { Cooldowns } from '../store/values.ts';
import type { FailureType } from '../task/failure.ts';
import { offeredModels } from './models.ts';
import type { Provider } from './provider.ts';

/** Also where the provider says "at once": asking in a circle helps nobody. */
const MIN_PARK_MS = 1_000;
const HOUR_MS = 3_600_000;
/** Where the provider does not say: a person has to buy credits, mend a key or choose a model. */
const SETUP_TROUBLE_MS = HOUR_MS;

/** Under which name the store parks a key or a model, or the provider as a whole. */
export const parkingName = (provider: Pick<Provider, 'name'>, part?: string): string =>
  part === undefined ? provider.name : `${provider.name}:${part}`;

/** What a refusal of a submit that was made with this key and model is about: that is parked, and no more. */
export function parkedBy(
  reason: FailureType,
  provider: Pick<Provider, 'name' | 'model'>,
  { key, model = provider.model }: { key?: string; model?: string } = {},
): string {
  if (!isSetupTrouble(reason)) return parkingName(provider);
  return parkingName(provider, reason === 'no-model' ? model : key);
}

/** What parks each of these keys or models, in their order. Asked at once: a store may make one question of it. */
const parkingsOf = (parts: readonly string[], provider: Provider, cooldowns: Cooldowns) =>
  Promise.all(parts.map((part) => cooldowns.get(parkingName(provider, part))));

/**
 * The key that a submit may use now, no key where the provider needs none, or undefined where all are parked at present.
 * Keys are used in their order, so that the first is emptied before the second is touched.
 */
export async function usableKey(provider: Provider, cooldowns: Cooldowns): Promise<{ key?: string } | undefined> {
  const { keys } = provider;
  const [whole, hasModelTrouble, parked] = await Promise.all([
    cooldowns.get(parkingName(provider)),
    modelTrouble(provider, cooldowns),
    parkingsOf(keys ?? [], provider, cooldowns),
  ]);
  if (whole || hasModelTrouble) return undefined;
  if (!keys) return {};
  const key = keys.find((_, n) => parked[n] === undefined);
  return key === undefined ? undefined : { key };
}

/** Why nothing can be submitted now, where it is the keys' or the model's fault: then a person has to do something. */
export async function setupTrouble(provider: Provider, cooldowns: Cooldowns): Promise<SetupTrouble | undefined> {
  const [hasModelTrouble, parked] = await Promise.all([
    modelTrouble(provider, cooldowns),
    parkingsOf(provider.keys ?? [], provider, cooldowns),
  ]);
  if (hasModelTrouble) return 'no-model';
  for (const parking of parked) {
    if (!parking) return undefined;
    if (isSetupTrouble(parking.reason)) return parking.reason;
  }
  return undefined;
}

/** Whether nothing can be made because the only model is parked. Where requests may choose, one that is missing ends its own. */
const modelTrouble = async (provider: Provider, cooldowns: Cooldowns): Promise<boolean> =>
  offeredModels(provider).length === 0 && (await missingModel(provider, cooldowns)) !== undefined;

/** The name of a model that requests are made with, and that the service does not have. */
export async function missingModel(provider: Provider, cooldowns: Cooldowns): Promise<string | undefined> {
  const names = [provider.model, ...offeredModels(provider).map(({ name }) => name)].filter(
    (name) => name !== undefined,
  );
  const parked = await parkingsOf(names, provider, cooldowns);
  return names.find((_, n) => parked[n] !== undefined);
}

const SETUP_TROUBLES = ['no-credits', 'quota', 'auth', 'no-model'] as const;
type SetupTrouble = (typeof SETUP_TROUBLES)[number];

/** Whether a refusal is about the key or the model it was made with, not about the provider: a person has to look. */
export const isSetupTrouble = (reason: string): reason is SetupTrouble =>
  SETUP_TROUBLES.some((trouble) => trouble === reason);

/** Longer than a try takes: meanwhile the outage before it is not over yet. */
const TRY_MS = 60_000;
const outageName = (provider: Pick<Provider, 'name'>): string => parkingName(provider, 'outage');

/** A service takes nothing for now, through no fault of keys or model: it is tried again at `nextAt`, on the store's clock. */
export interface Outage {
  reason: string;
  nextAt: number;
}

/** Notes that a submit was refused like that, and that another is made in so many milliseconds. */
export const noteOutage = (provider: Provider, cooldowns: Cooldowns, { ms, reason }: { ms: number; reason: string }) =>
  cooldowns.park(outageName(provider), ms + TRY_MS, reason);

/** Whether the last submit to a service was refused like that, by whichever process. */
export async function outageOf(provider: Provider, cooldowns: Cooldowns): Promise<Outage | undefined> {
  const noted = await cooldowns.get(outageName(provider));
  return noted && { reason: noted.reason, nextAt: noted.until - TRY_MS };
}

/** The service took a submit. */
export const endOutage = (provider: Provider, cooldowns: Cooldowns): Promise<void> =>
  cooldowns.end(outageName(provider));

/** How long what refused is left alone, in milliseconds. */
export function parkMs(reason: FailureType, told: number | undefined, backoff: number): number {
  return Math.max(MIN_PARK_MS, told ?? (isSetupTrouble(reason) ? SETUP_TROUBLE_MS : backoff));
}
