import { afterEach, describe, expect, it } from 'vitest';
import { checkKeys, keyCheckLine } from '../../src/providers/check-keys.ts';
import { providers } from '../../src/providers/index.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import { startRunway } from '../fakes/runway.ts';
import { SECRETS, secretsIn, TIMEOUTS } from './support/paid.ts';

const [GOOD] = SECRETS;
const [good, unknown] = SECRETS.map((key, n) => `${n === 0 ? '1st' : '2nd'} key (…${key.slice(-4)})`);
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const load = (env: Record<string, string>) => loadConfig(env, { providers, platforms: [] });

async function start() {
  const runway = await startRunway({ keys: { [GOOD]: 275 } });
  const aivideoapi = await startAivideoapi({ keys: { [GOOD]: 5 } });
  ends.push(
    () => runway.close(),
    () => aivideoapi.close(),
  );
  const { providers: configured } = load({
    API_KEYS: SECRETS.join(),
    AIVIDEOAPI_URL: aivideoapi.url,
    RUNWAYML_API_SECRET: SECRETS.join(),
    RUNWAY_URL: runway.url,
  });
  return { runway, aivideoapi, check: () => checkKeys(configured, { timeouts: TIMEOUTS }) };
}

describe('checking keys', () => {
  it('says which work, and what is left where that is told, and spends nothing', async () => {
    const { runway, aivideoapi, check } = await start();
    const checks = await check();
    expect(checks).toEqual([
      { provider: 'gen4 at aivideoapi', key: good, outcome: 'untold' },
      { provider: 'gen4 at aivideoapi', key: unknown, outcome: 'refused' },
      { provider: 'gen4 at Runway', key: good, outcome: 'works', credits: 275 },
      { provider: 'gen4 at Runway', key: unknown, outcome: 'refused' },
    ]);
    const lines = checks.map(keyCheckLine);
    expect(lines[0]).toContain('cannot be told without spending');
    expect(lines[2]).toBe(`gen4 at Runway, ${good}: works, 275 credits left`);
    expect(secretsIn(lines)).toEqual([]);
    for (const standIn of [runway, aivideoapi]) expect(standIn.report()).toMatchObject({ accepted: [], charged: {} });
  });

  it('says so where a service cannot be reached or makes no sense', async () => {
    const { runway, aivideoapi, check } = await start();
    aivideoapi.misbehave('poll', { how: 'status', status: 500 }, { how: 'reset', when: 'read' });
    runway.misbehave('organization', { how: 'silence' }, { how: 'garbage' });
    const checks = await check();
    expect(checks.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unreachable'));
    expect(checks.map(keyCheckLine)[0]).toContain('HTTP 500');
  });

  it('checks nothing where nothing is set up', async () => {
    expect(await checkKeys(load({}).providers)).toEqual([]);
  });
});
