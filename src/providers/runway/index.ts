import { z } from 'zod';
import { baseUrl, keys } from '../../settings/fields.ts';
import { setting } from '../../settings/setting.ts';
import { defineProvider } from '../define-provider.ts';
import { CAPABILITIES } from './capabilities.ts';

/** gen4 at Runway itself. */
export const runway = defineProvider({
  name: 'runway',
  label: 'gen4 at Runway',
  settings: {
    RUNWAYML_API_SECRET: setting(keys().optional(), {
      says: 'the key, or several with commas between them',
      secret: true,
    }),
    GEN4_MODEL: setting(z.enum(['gen4_turbo', 'gen4.5']).default('gen4_turbo'), {
      says: 'the model: `gen4_turbo` or `gen4.5`',
    }),
    // Named "dev", but it is production.
    RUNWAY_URL: setting(baseUrl().default('https://api.dev.runwayml.com'), {
      says: 'the address of the service, for a proxy',
    }),
  },
  needs: 'RUNWAYML_API_SECRET',
  read: ({ RUNWAYML_API_SECRET, GEN4_MODEL, RUNWAY_URL }) =>
    RUNWAYML_API_SECRET && { secrets: RUNWAYML_API_SECRET, model: GEN4_MODEL, baseUrl: RUNWAY_URL },
  address: ({ baseUrl }) => baseUrl,
  capabilities: CAPABILITIES,
  async create(own, { concurrency, network, decoder, log }) {
    const { createRunway } = await import('./runway.ts');
    return createRunway({ ...own, concurrency, network, decoder, log });
  },
  keys: ({ secrets }) => secrets,
  async checkKey(own, key, how) {
    const { checkKey } = await import('./runway.ts');
    return checkKey(own, key, how);
  },
});
