import { z } from 'zod';
import { baseUrl, keys, list } from '../../settings/fields.ts';
import { setting } from '../../settings/setting.ts';
import { defineProvider } from '../define-provider.ts';
import { CAPABILITIES } from './capabilities.ts';
import { MODEL_NAMES } from './models.ts';

/** gen4 at Runway itself. */
export const runway = defineProvider({
  name: 'runway',
  label: 'gen4 at Runway',
  settings: {
    RUNWAYML_API_SECRET: setting(keys().optional(), {
      says: 'the key, or several with commas between them',
      secret: true,
    }),
    GEN4_MODEL: setting(z.enum(MODEL_NAMES).default('gen4_turbo'), {
      says: `the usual model: ${MODEL_NAMES.map((name) => `\`${name}\``).join(', ')}; those of Veo take a second picture, which the clip ends on`,
    }),
    MODELS: setting(
      list()
        .pipe(z.array(z.enum(MODEL_NAMES)))
        .optional(),
      {
        says: 'the models that a request may choose from, with commas between them; the usual one always',
        unset: 'the usual model makes all clips',
      },
    ),
    // Named "dev", but it is production.
    RUNWAY_URL: setting(baseUrl().default('https://api.dev.runwayml.com'), {
      says: 'the address of the service, for a proxy',
    }),
  },
  needs: 'RUNWAYML_API_SECRET',
  read: ({ RUNWAYML_API_SECRET, GEN4_MODEL, MODELS = [], RUNWAY_URL }) =>
    RUNWAYML_API_SECRET && {
      secrets: RUNWAYML_API_SECRET,
      model: GEN4_MODEL,
      offered: MODELS,
      baseUrl: RUNWAY_URL,
    },
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
