import type { ConfiguredPlatform } from '../chat/define-platform.ts';
import { createNetwork } from '../net/network.ts';
import type { ConfiguredProvider } from '../providers/define-provider.ts';
import type { SettingsFound } from '../settings/load.ts';
import { ConfigError } from '../settings/setting.ts';
import { bucketCheck } from './bucket.ts';
import { type Check, type Finding, off } from './check.ts';
import { clockCheck } from './clock.ts';
import { diskCheck } from './disk.ts';
import { ffmpegCheck } from './ffmpeg.ts';
import { nodeCheck } from './node.ts';
import { packagesCheck } from './packages.ts';
import { platformsCheck } from './platforms.ts';
import { portsCheck } from './ports.ts';
import { recordCheck } from './record.ts';
import { servicesCheck } from './services.ts';
import { settingsCheck } from './settings.ts';

/** Everything that is looked at, in the order in which it is shown. */
export const checks: readonly Check[] = [
  nodeCheck,
  packagesCheck,
  settingsCheck,
  portsCheck,
  diskCheck,
  ffmpegCheck,
  recordCheck,
  bucketCheck,
  clockCheck,
  servicesCheck,
  platformsCheck,
];

type Found = SettingsFound<ConfiguredProvider, ConfiguredPlatform>;

/** Looks, one after the other. Those that want settings that are right are left out where they are not. */
export async function* lookAt(
  found: Found,
  which: readonly Check[] = checks,
): AsyncIterable<Finding & { name: string }> {
  const { loaded } = found;
  const setUp =
    loaded instanceof ConfigError ? undefined : { ...loaded, network: createNetwork(loaded.config.network) };
  for (const check of which) {
    const looks = check.of === 'settings' ? check.look(found) : setUp && check.look(setUp);
    for (const finding of (await looks?.catch(couldNotLook)) ?? []) yield { name: check.name, ...finding };
  }
}

/** What is off, of what the start looks at too. */
export async function offAtStart(found: Found): Promise<string[]> {
  const texts: string[] = [];
  for await (const { isFine, text } of lookAt(
    found,
    checks.filter(({ atStart }) => atStart),
  ))
    if (!isFine) texts.push(text);
  return texts;
}

/** Nothing that a look meets ends the others. Of an error only its words are told. */
const couldNotLook = (error: unknown): Finding[] => [
  off(
    `This could not be looked at: ${error instanceof Error ? error.message.split('\n')[0] : 'an error without words'}`,
  ),
];
