import { randomBytes } from 'node:crypto';
import { mac, sameText } from './mac.ts';

/** Marks that tell browsers apart which are not logged in. */
export type Browsers = ReturnType<typeof createBrowsers>;

/**
 * A mark is signed: nobody makes up a second one, or says of a browser that it has shown the password (this one: another
 * password makes strangers of all).
 */
export function createBrowsers({ password, secret }: { password: string; secret: Buffer }) {
  const keys = { seen: mac(secret, 'browser'), known: mac(mac(secret, 'known browser'), password) };
  const sign = (as: keyof typeof keys, nonce: string): string =>
    `${nonce}.${mac(keys[as], nonce).toString('base64url')}`;
  return {
    /** `known`: it has shown the password. */
    mark: (as: 'seen' | 'known'): string => sign(as, randomBytes(16).toString('base64url')),
    /** Undefined for what is no mark. */
    read(mark: string | undefined): { id: string; isKnown: boolean } | undefined {
      if (mark === undefined) return undefined;
      const [id = ''] = mark.split('.');
      const isKnown = sameText(mark, sign('known', id));
      return isKnown || sameText(mark, sign('seen', id)) ? { id, isKnown } : undefined;
    },
  };
}
