import type { PlatformDescriptor } from './define-platform.ts';
import { discord } from './discord/index.ts';
import type { Connected, ListenDeps, Listening, Platform } from './platform.ts';
import { telegram } from './telegram/index.ts';

/** Every platform that the program can be on, beside its own web chat. */
export const platforms: readonly PlatformDescriptor[] = [discord, telegram];

/** Begins to listen on all of them or, where one cannot, on none: then throws why. */
export async function listenAll(
  made: readonly Platform[],
  deps: Omit<ListenDeps, 'connected'> & { connected: (platform: string, how: Connected) => void },
): Promise<readonly Listening[]> {
  const all = await Promise.allSettled(
    made.map((platform) =>
      platform.listen({ ...deps, connected: (how) => deps.connected(platform.messenger.platform, how) }),
    ),
  );
  const listening = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const refused = all.find((each) => each.status === 'rejected');
  if (!refused) return listening;
  await Promise.all(listening.map((each) => each.stop()));
  throw refused.reason;
}
