import type { Model } from '../../src/providers/provider.ts';
import { scriptedProvider } from './rig.ts';

/** A provider of three models, of which people may choose two: quick and loud. What it was asked stands in `submits`. */
export function providerWithModels() {
  const provider = scriptedProvider();
  const model = (name: string, label: string, perSecond: number, can: Partial<Model['capabilities']>): Model => ({
    name,
    label,
    capabilities: { ...provider.capabilities, ...can },
    isOffered: name !== 'retired',
    credits: ({ duration, sound }) => perSecond * duration * (sound ? 2 : 1),
  });
  const models = [
    model('quick', 'Quick', 1, { durations: [2, 3, 4, 5, 6, 7, 8, 9, 10], wordless: true }),
    model('loud-1.5', 'Loud 1.5', 10, { durations: [4, 6, 8], sound: true, lastFrame: true }),
    model('retired', 'Retired', 3, { durations: [5] }),
  ];
  return Object.assign(provider, {
    model: 'quick',
    models,
    capabilities: models[0]?.capabilities ?? provider.capabilities,
  });
}
