import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { defineProvider } from '../../src/providers/define-provider.ts';
import { keyName } from '../../src/providers/http/key-ring.ts';
import type { Capabilities, SubmitInput } from '../../src/providers/provider.ts';
import { list } from '../../src/settings/fields.ts';
import { setting } from '../../src/settings/setting.ts';

export const CLIP = readFileSync(new URL('../fakes/clips/clip-1280x720-5s.mp4', import.meta.url));

const CAPABILITIES: Capabilities = {
  sizes: [{ width: 1280, height: 720 }],
  durations: [5, 10],
  maxSceneChars: 200,
  minPollMs: 50,
  concurrency: 3,
  paid: true,
  local: true,
};

/** A provider that no line of `src` knows, and what it was asked to render. */
export function madeUpProvider() {
  const submits: (SubmitInput & { style: string })[] = [];
  const wonder = defineProvider({
    name: 'wonder',
    label: 'Wonder',
    settings: {
      WONDER_KEYS: setting(list().optional(), { says: 'keys for Wonder', secret: true }),
      WONDER_STYLE: setting(z.enum(['oil', 'ink']).default('oil'), { says: 'how Wonder paints: `oil` or `ink`' }),
    },
    needs: 'WONDER_KEYS',
    read: ({ WONDER_KEYS, WONDER_STYLE }) => WONDER_KEYS && { keys: WONDER_KEYS, style: WONDER_STYLE },
    contradictions: ({ WONDER_STYLE }, { KEEP_DAYS }) =>
      WONDER_STYLE === 'ink' && KEEP_DAYS > 30 ? ['KEEP_DAYS: is at most 30 where WONDER_STYLE is ink'] : [],
    capabilities: CAPABILITIES,
    keys: ({ keys }) => keys,
    checkKey: async (_own, key) => (key.startsWith('good') ? { outcome: 'works', credits: 7 } : { outcome: 'refused' }),
    create: async ({ keys, style }, { concurrency = CAPABILITIES.concurrency }) => ({
      name: 'wonder',
      capabilities: { ...CAPABILITIES, concurrency },
      keys: keys.map(keyName),
      credits: (seconds) => seconds * 2,
      async submit(input) {
        submits.push({ ...input, style });
        return { outcome: 'accepted', jobId: `wonder-${submits.length}` };
      },
      poll: async () => ({ outcome: 'succeeded', open: async () => Readable.from([CLIP]) }),
      close: async () => {},
    }),
  });
  return { wonder, submits };
}
