import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A browser is asked for the password again after so long. */
export const SESSION_MS = 30 * 24 * 60 * 60_000;

/** Who has shown the password. Nothing is kept: a token proves itself, so restarts end no session. */
export interface Sessions {
  matches(password: string): boolean;
  issue(): string;
  isValid(token: string | undefined): boolean;
}

/** Tokens are signed with a key made of `secret` and the password: another password ends all sessions. */
export function createSessions(options: { password: string; secret: Buffer; now: () => number }): Sessions {
  const { password, secret, now } = options;
  const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const key = mac(secret, password);
  const sign = (claim: string): string => `${claim}.${mac(key, claim).toString('base64url')}`;
  // Digests have one length, so that the time of the comparison tells nothing.
  const equal = (a: string, b: string): boolean => timingSafeEqual(mac(secret, a), mac(secret, b));
  return {
    matches: (given) => equal(given, password),
    issue: () => sign(`${now() + SESSION_MS}.${randomBytes(16).toString('base64url')}`),
    isValid(token) {
      const [until = '', nonce = ''] = token?.split('.') ?? [];
      return token !== undefined && equal(token, sign(`${until}.${nonce}`)) && Number(until) > now();
    },
  };
}

/** 32 random bytes that stay with the data folder; made where there are none. */
export async function loadSecret(dir: string): Promise<Buffer> {
  const path = join(dir, 'web-secret');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (/^[0-9a-f]{64}$/.test(kept)) return Buffer.from(kept, 'hex');
  const made = randomBytes(32);
  await writeFile(`${path}.part`, made.toString('hex'), { mode: 0o600, flush: true });
  await rename(`${path}.part`, path);
  return made;
}
