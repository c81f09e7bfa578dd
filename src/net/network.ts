import { isPublicAddress } from './public-only.ts';
import { rangesOf } from './ranges.ts';

/** What the settings say of the network that this machine is in. */
export interface NetworkConfig {
  /** Ranges of addresses that a name may lead to as if they were public. */
  publicRanges: readonly string[];
}

/** The way out of this machine. */
export interface Network {
  /** Whether a name that somebody else gave may lead to this address. */
  mayLeadTo(address: string): boolean;
}

export function createNetwork({ publicRanges }: NetworkConfig): Network {
  const admitted = rangesOf(publicRanges);
  return { mayLeadTo: (address) => isPublicAddress(address) || admitted.has(address) };
}

/** Straight to the internet. */
export const DIRECT = createNetwork({ publicRanges: [] });
