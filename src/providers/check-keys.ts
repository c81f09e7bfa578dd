import type { ConfiguredProvider, KeyStatus } from './define-provider.ts';
import type { CallOptions } from './http/client.ts';
import { keyName } from './http/key-ring.ts';

/** A key's status, with the names of its provider and of the key. */
type KeyCheck = KeyStatus & { provider: string; key: string };

/** Looks at every key of these providers, one after the other: a rate limit should spoil no check. */
export async function checkKeys(providers: readonly ConfiguredProvider[], how?: CallOptions): Promise<KeyCheck[]> {
  const checks: KeyCheck[] = [];
  for (const provider of providers)
    for (const key of new Set(provider.keys))
      checks.push({ provider: provider.name, key: keyName(key), ...(await provider.checkKey(key, how)) });
  return checks;
}

/** A check in words, for the operator. */
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
