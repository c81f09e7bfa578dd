import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actions, commands } from '../../commands/index.ts';
import { startApp } from '../../src/app.ts';
import { platforms } from '../../src/chat/index.ts';
import { checkKeys, keyCheckLine } from '../../src/providers/check-keys.ts';
import { keyName } from '../../src/providers/http/key-ring.ts';
import { providers } from '../../src/providers/index.ts';
import { introduction } from '../../src/server/banner.ts';
import { listen } from '../../src/server/listener.ts';
import { loadConfig, settingsGroups } from '../../src/settings/config.ts';
import { CLIP, madeUpProvider } from '../helpers/made-up-provider.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { envExample, settingsPage } from '../helpers/settings-documents.ts';
import { ask, openLive, taskIn } from '../helpers/web.ts';

const KEYS = ['good-key-0123', 'bad-key-4567'];
const ON = { WONDER_KEYS: KEYS.join() };

/** The list with one line more. */
function setUp() {
  const { wonder, submits } = madeUpProvider();
  const lists = { providers: [wonder, ...providers], platforms };
  return { lists, submits, load: (env: Record<string, string>) => loadConfig(env, lists) };
}

describe('a provider that is one line more in the list', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-seam-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test('takes a picture to a clip', async () => {
    const { load, submits } = setUp();
    const { config, ...configured } = load({ ...ON, WONDER_STYLE: 'ink', DATA_DIR: dir });
    const log = pino({ level: 'silent' });
    const failures: Error[] = [];
    const app = await startApp({
      config,
      ...configured,
      commands,
      actions,
      log,
      connected: () => {},
      fail: (error) => failures.push(error),
    });
    const listener = await listen({ host: '127.0.0.1', port: 0, portSetting: 'PORT', answer: app.answer, log });
    try {
      const url = `http://127.0.0.1:${listener.port}`;
      expect(await (await fetch(`${url}/api/about`)).json()).toMatchObject({ costs: { 5: 10 } });
      const live = await openLive(url);
      const { taskId } = await taskIn(await ask(url, await tinyPng(), { scene: 'waves roll in' }));
      const { clip } = await live.untilState(taskId, 'delivered');
      const bytes = Buffer.from(await (await fetch(`${url}${clip?.url}`)).arrayBuffer());
      live.close();
      expect(bytes.equals(CLIP)).toBe(true);
      const [key = ''] = KEYS;
      expect(submits).toMatchObject([{ scene: 'waves roll in', duration: 5, style: 'ink', key: keyName(key) }]);
      expect(failures).toEqual([]);
    } finally {
      app.closeStreams();
      await listener.stop();
      await app.stop();
    }
  });

  test('is used once it has what it needs, and told apart by GEN4_PROVIDER', () => {
    const { load } = setUp();
    expect(load({}).config.provider.use).toBe('preview');
    expect(load(ON).config.provider.use).toBe('wonder');
    expect(load({ ...ON, GEN4_PROVIDER: 'preview' }).config.provider.use).toBe('preview');
    expect(load({ ...ON, API_KEYS: 'key' }).providers.map(({ name }) => name)).toEqual([
      'wonder',
      'aivideoapi',
      'preview',
    ]);
  });

  test('has settings that are judged with all others, alone and together', () => {
    const { load } = setUp();
    expect(() => load({ WONDER_STYLE: 'chalk', PORT: 'x' })).toThrow(
      /PORT: .*\n.*WONDER_STYLE: choose one of oil, ink/,
    );
    expect(() => load({ GEN4_PROVIDER: 'wonder' })).toThrow('WONDER_KEYS: is needed where GEN4_PROVIDER is wonder');
    expect(() => load({ WONDER_STYLE: 'ink', KEEP_DAYS: '60' })).toThrow('KEEP_DAYS: is at most 30');
    expect(() => load({ GEN4_PROVIDER: 'other' })).toThrow('choose one of wonder, aivideoapi, runway, fal, preview');
    expect(() => load({ ...ON, DISCORD_TOKEN: 'abc.def.ghi' })).toThrow('ALLOW: say who may spend your credits');
  });

  test('keeps its keys to itself', () => {
    expect(setUp().load(ON).config.secrets).toEqual(KEYS);
  });

  test('has its keys checked', async () => {
    const lines = (await checkKeys(setUp().load(ON).providers)).map(keyCheckLine);
    expect(lines).toEqual([
      'Wonder, 1st key (…0123): works, 7 credits left',
      'Wonder, 2nd key (…4567): REFUSED by the service',
    ]);
  });

  test('stands in the banner, and in the pages about settings', () => {
    const { load, lists } = setUp();
    const configured = (env: Record<string, string>) => load(env).providers.map(({ name }) => name);
    const banner = (env: Record<string, string>) =>
      introduction(load(env).config, lists, {
        url: 'http://localhost:1',
        on: configured(env),
        connected: new Map(),
        startupNotes: [],
      });
    expect(banner({ ...ON, DAILY_BUDGET: '50' })).toContain(
      'Renderer  Wonder, at most 50 credits a day (DAILY_BUDGET).',
    );
    expect(banner({})).toContain(
      'No AI, no cost. WONDER_KEYS or API_KEYS or RUNWAYML_API_SECRET or FAL_KEY switches AI on.',
    );
    // It advises nothing that is done already.
    expect(banner({ ...ON, GEN4_PROVIDER: 'preview' })).toContain('GEN4_PROVIDER says so; without it, it is Wonder.');
    const groups = settingsGroups(lists);
    expect(settingsPage(groups)).toContain('## Wonder\n');
    expect(settingsPage(groups)).toMatch(/\| `WONDER_STYLE` +\| `oil` +\| how Wonder paints/);
    expect(settingsPage(groups)).toContain('3 for Wonder, 5 for gen4 at aivideoapi');
    expect(envExample(groups)).toContain('# How Wonder paints: oil or ink.\n# WONDER_STYLE=oil\n');
  });
});
