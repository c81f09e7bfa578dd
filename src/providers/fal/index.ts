import { z } from 'zod';
import { baseUrl, keys, list } from '../../settings/fields.ts';
import { setting } from '../../settings/setting.ts';
import { defineProvider } from '../define-provider.ts';
import { CAPABILITIES } from './capabilities.ts';
import { MODEL_NAMES } from './models.ts';

const models = () =>
  list()
    .pipe(z.tuple([z.enum(MODEL_NAMES)], z.enum(MODEL_NAMES)))
    .default(['kling-2.5-turbo']);

/** Image-to-video models at fal. */
export const fal = defineProvider({
  name: 'fal',
  label: 'models at fal',
  settings: {
    FAL_KEY: setting(keys().optional(), { says: 'the key, or several with commas between them', secret: true }),
    FAL_MODELS: setting(models(), {
      says: `the models that a request may choose from, the usual one first: ${MODEL_NAMES.map((name) => `\`${name}\``).join(', ')} (Seedance takes a second picture, which the clip ends on)`,
    }),
    FAL_URL: setting(baseUrl().default('https://queue.fal.run'), {
      says: 'the address of the service, for a proxy',
    }),
  },
  needs: 'FAL_KEY',
  read: ({ FAL_KEY, FAL_MODELS, FAL_URL }) => FAL_KEY && { secrets: FAL_KEY, offered: FAL_MODELS, baseUrl: FAL_URL },
  address: ({ baseUrl }) => baseUrl,
  capabilities: CAPABILITIES,
  async create(own, { concurrency, network, decoder, log }) {
    const { createFal } = await import('./fal.ts');
    return createFal({ ...own, concurrency, network, decoder, log });
  },
  keys: ({ secrets }) => secrets,
  async checkKey(own, key, how) {
    const { checkKey } = await import('./fal.ts');
    return checkKey(own, key, how);
  },
});
