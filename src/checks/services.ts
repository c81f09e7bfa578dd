import { checkKeys, keyCheckLine } from '../providers/check-keys.ts';
import { type Check, fine, off } from './check.ts';

/** The keys of everything that can render. A look at a key spends nothing. */
export const servicesCheck: Check = {
  name: 'Keys',
  of: 'set-up',
  async look({ providers, network }) {
    const checks = await checkKeys(providers, { network });
    return checks.map((check) => {
      const isBad = check.outcome === 'refused' || check.outcome === 'unreachable';
      return (isBad ? off : fine)(keyCheckLine(check));
    });
  },
};
