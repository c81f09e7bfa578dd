import { randomBytes } from 'node:crypto';
import { mac, sameText } from './mac.ts';

/** Who a browser is: an id of ours, and the name that its person chose. */
export interface Browser {
  id: string;
  /** `''` where none was chosen. */
  name: string;
}

/** Marks that tell browsers apart. */
export type Browsers = ReturnType<typeof createBrowsers>;

export const newBrowser = (): Browser => ({ id: randomBytes(16).toString('base64url'), name: '' });

/**
 * A mark is `<id>.<name>.<proof>[.<proof of the password>]`, signed: nobody makes up a second one, takes another's, or says
 * of a browser that it has shown the password (this one: another password makes strangers of all, and keeps who they are).
 * Marks of earlier versions have no name, and one proof of either kind.
 */
export function createBrowsers({ password, secret }: { password: string; secret: Buffer }) {
  const keys = { seen: mac(secret, 'browser'), known: mac(mac(secret, 'known browser'), password) };
  const sign = (as: keyof typeof keys, claim: string): string => mac(keys[as], claim).toString('base64url');
  return {
    /** `known`: it has shown the password. */
    mark(as: 'seen' | 'known', { id, name }: Browser): string {
      const claim = `${id}.${Buffer.from(name).toString('base64url')}`;
      return [claim, sign('seen', claim), ...(as === 'known' ? [sign('known', claim)] : [])].join('.');
    },
    /** Undefined for what is no mark. */
    read(mark: string | undefined): (Browser & { isKnown: boolean }) | undefined {
      if (mark === undefined) return undefined;
      const parts = mark.split('.');
      const [id = '', second = '', seen = '', known = ''] = parts;
      if (parts.length === 2) {
        const isKnown = sameText(second, sign('known', id));
        return isKnown || sameText(second, sign('seen', id)) ? { id, name: '', isKnown } : undefined;
      }
      const claim = `${id}.${second}`;
      if (parts.length > 4 || !sameText(seen, sign('seen', claim))) return undefined;
      const name = Buffer.from(second, 'base64url').toString();
      return { id, name, isKnown: sameText(known, sign('known', claim)) };
    },
  };
}
