import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actions, commands } from '../../commands/index.ts';
import { type App, startApp } from '../../src/app.ts';
import { platforms } from '../../src/chat/index.ts';
import type { Connected } from '../../src/chat/platform.ts';
import { providers } from '../../src/providers/index.ts';
import { introduction } from '../../src/server/banner.ts';
import { loadConfig, settingsGroups } from '../../src/settings/config.ts';
import { madeUpPlatform } from '../helpers/made-up-platform.ts';
import { CLIP, madeUpProvider } from '../helpers/made-up-provider.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { settingsPage } from '../helpers/settings-documents.ts';

const ON = { WONDER_KEYS: 'good-key-0123', PIGEON_RING: 'ring-of-the-pigeon' };

/** Both lists with one line more. */
function setUp(changes?: { spenders?: string }) {
  const pigeons = madeUpPlatform(changes);
  const lists = { providers: [madeUpProvider().wonder, ...providers], platforms: [...platforms, pigeons.pigeon] };
  return { ...pigeons, lists, load: (env: Record<string, string>) => loadConfig(env, lists) };
}

describe('a platform that is one line more in the list', () => {
  let dir: string;
  let app: App | undefined;
  const failures: Error[] = [];
  const connected = new Map<string, Connected>();
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-seam-'));
  });
  afterEach(async () => {
    app?.closeStreams();
    await app?.stop();
    app = undefined;
    await rm(dir, { recursive: true, force: true });
    expect(failures).toEqual([]);
  });

  async function start({ config, ...configured }: ReturnType<ReturnType<typeof setUp>['load']>): Promise<void> {
    const log = pino({ level: 'silent' });
    app = await startApp({
      config,
      ...configured,
      commands,
      actions,
      log,
      connected: (name, how) => void connected.set(name, how),
      fail: (error) => failures.push(error),
    });
  }

  test('takes a picture to a clip, for whom ALLOW names', async () => {
    const { load, say, clip } = setUp();
    await start(load({ ...ON, ALLOW: 'pigeon:anna', DATA_DIR: dir }));
    expect([...connected]).toEqual([['pigeon', { as: 'as Columba', notes: ['Pigeon has landed.'] }]]);
    expect((await say('ben', 'waves roll in', await tinyPng())).type).toBe('refused');
    expect((await say('anna', 'waves roll in', await tinyPng())).type).toBe('taken');
    expect((await clip).equals(CLIP)).toBe(true);
  });

  test('that strangers cannot come to wants no ALLOW, and everybody there may spend', async () => {
    const { load, say } = setUp({ spenders: undefined });
    await start(load({ ...ON, DATA_DIR: dir }));
    expect((await say('ben', 'waves roll in', await tinyPng())).type).toBe('taken');
  });

  test('has settings, a secret and a word in ALLOW', () => {
    const { load, lists } = setUp();
    expect(load({ ...ON, ALLOW: '*' }).config.secrets).toEqual(['good-key-0123', 'ring-of-the-pigeon']);
    expect(load({ PIGEON_RING: 'ring-of-the-pigeon' }).platforms.map(({ name }) => name)).toEqual(['pigeon']);
    expect(() => load(ON)).toThrow('telegram:<chat or user>, pigeon:<person>, several with commas');
    expect(settingsPage(settingsGroups(lists))).toContain('## Pigeon\n');
  });

  test('stands in the banner', () => {
    const { load, lists } = setUp();
    const banner = (on: string[], connected: [string, Connected][], env = {}) =>
      introduction(load(env).config, lists, {
        url: 'http://localhost:1',
        on,
        connected: new Map(connected),
        startupNotes: [],
      });
    const how = { as: 'as Columba in 2 lofts', notes: ['Feed it: corn.'] };
    expect(banner([], [])).toContain('  Pigeon    not connected. PIGEON_RING connects it.\n');
    expect(banner(['pigeon'], [])).toContain('  Pigeon    configured, not reached yet; it is tried again and again.\n');
    expect(banner(['pigeon'], [['pigeon', how]])).toMatch(
      / {2}Pigeon {4}connected as Columba in 2 lofts\.\n[\s\S]*Feed it: corn/,
    );
    const worker = { ROLE: 'worker', MONGO_URL: 'mongodb://db.lan/kinora' };
    expect(banner(['pigeon'], [], worker)).toContain('  Pigeon    clips are sent there; a gateway listens (ROLE).\n');
  });
});
