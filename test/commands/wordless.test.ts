import { describe, expect, test } from 'vitest';
import { checkRequest } from '../../commands/record.ts';
import { en } from '../../src/messages/en/index.ts';
import { CAPABILITIES as aivideoapi } from '../../src/providers/aivideoapi/capabilities.ts';
import { CAPABILITIES as preview } from '../../src/providers/preview/capabilities.ts';
import type { Provider } from '../../src/providers/provider.ts';
import type { RunwayModel } from '../../src/providers/runway/models.ts';
import { createRunway } from '../../src/providers/runway/runway.ts';
import { scriptedProvider } from '../helpers/rig.ts';

const runway = (model: RunwayModel): Provider['capabilities'] =>
  createRunway({
    model,
    baseUrl: 'https://runway.example',
    secrets: ['key_0123456789'],
    decoder: { convert: () => Promise.reject(new Error('no picture')) },
    log: { error() {}, warn() {} },
  }).capabilities;

const check = (scene: string, capabilities: Provider['capabilities']) =>
  checkRequest({ scene, options: {}, locale: 'en' }, { provider: scriptedProvider(capabilities), defaultFit: 'crop' });

describe('a request without words', () => {
  test.each([
    ['aivideoapi', aivideoapi],
    ['gen4_turbo', runway('gen4_turbo')],
    ['the preview', preview],
  ])('is taken where the provider makes clips of a picture alone: %s', (_name, capabilities) => {
    expect(check('', capabilities)).toMatchObject({ scene: '' });
    expect(check(' \u200b\n', capabilities)).toMatchObject({ scene: '' });
  });
  test('is refused in a sentence where it must have words: gen4.5', () =>
    expect(check(' ', runway('gen4.5'))).toEqual({ refused: en.request.noScene }));
});
