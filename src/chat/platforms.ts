import type { Config } from '../config.ts';
import type { Log } from '../ops/log.ts';
import type { Store } from '../store/store.ts';
import type { ListenDeps, Listening, Platform } from './platform.ts';
import type { TaskFiles } from './task-files.ts';

/** What every platform's adapter is made of. */
export interface PlatformDeps {
  store: Store;
  files: TaskFiles;
  log: Log;
  /** Where people and services reach this bot from outside; absent where they cannot. */
  publicUrl?: string;
}

/** Makes the adapters of the platforms that are configured. Their libraries are loaded only then. */
export async function createPlatforms({ discord, telegram }: Config, deps: PlatformDeps): Promise<readonly Platform[]> {
  const platforms: Platform[] = [];
  if (discord) platforms.push((await import('./discord/platform.ts')).createDiscord({ config: discord, ...deps }));
  if (telegram) platforms.push((await import('./telegram/platform.ts')).createTelegram(telegram, deps));
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
