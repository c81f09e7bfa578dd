import { afterEach, describe, expect, it } from 'vitest';
import { checkKeys, keyCheckLine } from '../../src/providers/check-keys.ts';
import { keyName } from '../../src/providers/http/key-ring.ts';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import { startRunway } from '../fakes/runway.ts';
import { SECRETS, secretsIn, TIMEOUTS } from './support/paid.ts';

const [GOOD] = SECRETS;
const [good, unknown] = SECRETS.map(keyName);
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start() {
  const runway = await startRunway({ keys: { [GOOD]: 275 } });
  const aivideoapi = await startAivideoapi({ keys: { [GOOD]: 5 } });
  ends.push(
    () => runway.close(),
    () => aivideoapi.close(),
  );
  const keys = {
    aivideoapi: { baseUrl: aivideoapi.url, keys: SECRETS },
    runway: { baseUrl: runway.url, secrets: SECRETS },
    timeouts: TIMEOUTS,
  };
  return { runway, aivideoapi, keys };
}

describe('checking keys', () => {
  it('says which work, and what is left where that is told, and spends nothing', async () => {
    const { runway, aivideoapi, keys } = await start();
    const checks = await checkKeys(keys);
    expect(checks).toEqual([
      { provider: 'aivideoapi', key: good, works: 'untold' },
      { provider: 'aivideoapi', key: unknown, works: 'no' },
      { provider: 'runway', key: good, works: 'yes', credits: 275 },
      { provider: 'runway', key: unknown, works: 'no' },
    ]);
    const lines = checks.map(keyCheckLine);
    expect(lines[0]).toContain('cannot be told without spending');
    expect(lines[2]).toBe(`runway, key ${good}: works, 275 credits left`);
    expect(secretsIn(lines)).toEqual([]);
    for (const standIn of [runway, aivideoapi]) expect(standIn.report()).toMatchObject({ accepted: [], charged: {} });
  });

  it('says so where a service cannot be reached or makes no sense', async () => {
    const { runway, aivideoapi, keys } = await start();
    aivideoapi.misbehave('poll', { how: 'status', status: 500 }, { how: 'reset', when: 'read' });
    runway.misbehave('organization', { how: 'silence' }, { how: 'garbage' });
    const checks = await checkKeys(keys);
    expect(checks.map(({ works }) => works)).toEqual(Array(4).fill('unreachable'));
    expect(checks.map(keyCheckLine)[0]).toContain('HTTP 500');
  });

  it('checks nothing where nothing is set up', async () => {
    expect(await checkKeys({})).toEqual([]);
  });
});
