import { ordinal } from '../messages/en/say.ts';
import type { ConfiguredProvider, KeyStatus } from './define-provider.ts';
import type { CallOptions } from './http/client.ts';

/** A key's status, with the label of its provider and the words that the key is known by. */
type KeyCheck = KeyStatus & { provider: string; key: string };

/** Of a shorter one even its end would be much. */
const LONG_KEY_CHARS = 12;

/** Looks at every key of these providers, one after the other: a rate limit should spoil no check. */
export async function checkKeys(providers: readonly ConfiguredProvider[], how?: CallOptions): Promise<KeyCheck[]> {
  const checks: KeyCheck[] = [];
  for (const provider of providers)
    for (const [index, key] of [...new Set(provider.keys)].entries())
      checks.push({ provider: provider.label, key: keyWords(key, index), ...(await provider.checkKey(key, how)) });
  return checks;
}

/** "1st key (…ab12)": its place in the setting, and the end that its owner knows it by. */
function keyWords(key: string, index: number): string {
  const place = `${ordinal(index + 1)} key`;
  return key.length < LONG_KEY_CHARS ? place : `${place} (…${key.slice(-4)})`;
}

/** A check in words, for the operator. */
export function keyCheckLine(check: KeyCheck): string {
  const key = `${check.provider}, ${check.key}: `;
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
