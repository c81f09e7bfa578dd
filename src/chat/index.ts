import type { Config } from '../settings/config.ts';
import type { ListenDeps, Listening, Platform, PlatformDeps } from './platform.ts';

/** Makes the adapters of the platforms that are configured. Their libraries are loaded only then. */
export async function createPlatforms({ discord, telegram }: Config, deps: PlatformDeps): Promise<readonly Platform[]> {
  const platforms: Platform[] = [];
  if (discord) platforms.push((await import('./discord/index.ts')).createDiscord({ config: discord, ...deps }));
  if (telegram) platforms.push((await import('./telegram/index.ts')).createTelegram(telegram, deps));
  return platforms;
}

/** Listens on all of them or, where one cannot, on none: then throws why. */
export async function listenAll(platforms: readonly Platform[], deps: ListenDeps): Promise<readonly Listening[]> {
  const all = await Promise.allSettled(platforms.map((platform) => platform.listen(deps)));
  const listening = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const refused = all.find((each) => each.status === 'rejected');
  if (!refused) return listening;
  await Promise.all(listening.map((each) => each.stop()));
  throw refused.reason;
}
