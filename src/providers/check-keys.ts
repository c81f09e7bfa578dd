import type { ConfiguredProvider, KeyStatus } from './define-provider.ts';
import type { CallOptions } from './http/client.ts';
import { keyName } from './http/key-ring.ts';

/** What was learned of a key. */
export type KeyCheck = KeyStatus & {
  /** Name of the provider. */
  provider: string;
  /** The key's name. */
  key: string;
};

/** Looks at every key of these providers, one after the other: nobody's rate limit should spoil a check. */
export async function checkKeys(providers: readonly ConfiguredProvider[], how?: CallOptions): Promise<KeyCheck[]> {
  const checks: KeyCheck[] = [];
  for (const provider of providers)
    for (const key of new Set(provider.keys))
      checks.push({ provider: provider.name, key: keyName(key), ...(await provider.checkKey(key, how)) });
  return checks;
}

/** A check in words, for whoever runs the program. */
export function keyCheckLine(check: KeyCheck): string {
  const key = `${check.provider}, key ${check.key}: `;
  switch (check.outcome) {
    case 'works':
      return `${key}works, ${check.credits} credits left`;
    case 'refused':
      return `${key}REFUSED by the service`;
    case 'untold':
      return `${key}not refused; whether credits are left cannot be told without spending one`;
    case 'unreachable':
      return `${key}could not be checked: ${check.reason}`;
  }
}
