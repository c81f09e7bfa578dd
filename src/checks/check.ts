import type { ConfiguredPlatform } from '../chat/define-platform.ts';
import type { Network } from '../net/network.ts';
import type { ConfiguredProvider } from '../providers/define-provider.ts';
import type { Loaded } from '../settings/config.ts';
import type { SettingsFound } from '../settings/load.ts';

/** What a look has found, as one sentence for the operator. */
export interface Finding {
  isFine: boolean;
  text: string;
}

/** What settings that are right lead to. */
export type SetUp = Loaded<ConfiguredProvider, ConfiguredPlatform> & { network: Network };

/**
 * One thing that is looked at. It changes nothing (but for an object that it takes out of the bucket again), spends nothing,
 * and takes a few seconds at most.
 */
export type Check = {
  /** Before its lines. */
  name: string;
  /** The start shows it too where something is off: it takes no time and goes over no network. */
  atStart?: true;
} & (
  | { of: 'settings'; look(found: SettingsFound<ConfiguredProvider, ConfiguredPlatform>): Promise<Finding[]> }
  /** Only where the settings are right. */
  | { of: 'set-up'; look(setUp: SetUp): Promise<Finding[]> }
);

export const fine = (text: string): Finding => ({ isFine: true, text });
export const off = (text: string): Finding => ({ isFine: false, text });
