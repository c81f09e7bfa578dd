import { randomBytes } from 'node:crypto';
import type { Store } from '../../store/store.ts';
import { mac, sameText } from './mac.ts';

/** A browser is asked for the password again after so long. */
export const SESSION_MS = 30 * 24 * 60 * 60_000;

/** Sessions of browsers that have shown the password. Nothing is kept: a token proves itself, so restarts end no session. */
export type Sessions = ReturnType<typeof createSessions>;

/** Tokens are signed with a key made of `secret` and the password: another password ends all sessions. */
export function createSessions(options: { password: string; secret: Buffer; now: () => number }) {
  const { password, secret, now } = options;
  const key = mac(secret, password);
  const sign = (claim: string): string => `${claim}.${mac(key, claim).toString('base64url')}`;
  return {
    matches: (given: string) => sameText(given, password),
    issue: () => sign(`${now() + SESSION_MS}.${randomBytes(16).toString('base64url')}`),
    isValid(token: string | undefined): boolean {
      const [until = '', nonce = ''] = token?.split('.') ?? [];
      return token !== undefined && sameText(token, sign(`${until}.${nonce}`)) && Number(until) > now();
    },
  };
}

/**
 * 32 random bytes, the same in all processes on one record, so that a browser may come to any of them. They open nothing
 * without the password, which is nowhere on record.
 */
export async function loadSecret(store: Pick<Store, 'setOnce'>): Promise<Buffer> {
  return Buffer.from(await store.setOnce('web-secret', randomBytes(32).toString('hex')), 'hex');
}
