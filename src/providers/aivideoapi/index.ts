import { z } from 'zod';
import { baseUrl, keys } from '../../settings/fields.ts';
import { setting } from '../../settings/setting.ts';
import { defineProvider } from '../define-provider.ts';
import { CAPABILITIES } from './capabilities.ts';

/** gen4 through aivideoapi. */
export const aivideoapi = defineProvider({
  name: 'aivideoapi',
  label: 'gen4 at aivideoapi',
  settings: {
    API_KEYS: setting(keys().optional(), {
      says: 'the key, or several with commas between them: the next is used when one is out of credits',
      secret: true,
    }),
    // A file of settings loses the blank at a line's end.
    API_KEY_PREFIX: setting(
      z
        .string()
        .default('')
        .transform((prefix) => prefix.replace(/^[A-Za-z]+$/, '$& ')),
      {
        says: 'what stands before each key in the header: `Bearer` for some accounts; behind a word there is a blank',
      },
    ),
    AIVIDEOAPI_URL: setting(baseUrl().default('https://api.aivideoapi.com'), {
      says: 'the address of the service, for a proxy; api.aivideoapi.ai belongs to another firm, which would get your key',
    }),
  },
  needs: 'API_KEYS',
  read: ({ API_KEYS, API_KEY_PREFIX, AIVIDEOAPI_URL }) =>
    API_KEYS && { secrets: API_KEYS, keyPrefix: API_KEY_PREFIX, baseUrl: AIVIDEOAPI_URL },
  contradictions: ({ AIVIDEOAPI_URL }) =>
    new URL(AIVIDEOAPI_URL).hostname.endsWith('aivideoapi.ai')
      ? [
          'AIVIDEOAPI_URL: this address belongs to another firm, which would get your key; the service is at https://api.aivideoapi.com',
        ]
      : [],
  address: ({ baseUrl }) => baseUrl,
  capabilities: CAPABILITIES,
  async create(own, { concurrency, network, decoder, log }) {
    const { createAivideoapi } = await import('./aivideoapi.ts');
    return createAivideoapi({ ...own, concurrency, network, decoder, log });
  },
  keys: ({ secrets }) => secrets,
  async checkKey(own, key, how) {
    const { checkKey } = await import('./aivideoapi.ts');
    return checkKey(own, key, how);
  },
});
