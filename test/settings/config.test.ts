import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, loadEnvFile } from '../../src/settings/config.ts';

describe('settings', () => {
  test('all have defaults', () => {
    expect(loadConfig({})).toMatchObject({ dataDir: './data', defaultFit: 'crop', logLevel: 'info' });
  });

  test('left empty count as absent', () => {
    expect(loadConfig({ DATA_DIR: '', LOG_LEVEL: ' ' })).toEqual(loadConfig({}));
  });

  test('that are wrong are all told at once, by name and with what to choose from', () => {
    const load = () => loadConfig({ DEFAULT_FIT: 'squeeze', LOG_LEVEL: 'loud' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/DEFAULT_FIT: choose one of crop, pad, strict\n.*LOG_LEVEL: choose one of fatal/);
  });
});

describe('settings that do not go together', () => {
  const DISCORD = { DISCORD_TOKEN: 'abc.def.ghi' };
  test.each([
    [{ ...DISCORD, API_KEYS: 'key' }, /ALLOW: say who may spend/],
    [{ TELEGRAM_TOKEN: `123:${'x'.repeat(30)}`, RUNWAYML_API_SECRET: 'key' }, /ALLOW: say who may spend/],
    [{ TELEGRAM_WEBHOOK: '1' }, /PUBLIC_URL: is needed/],
    [{ ROLE: 'gateway' }, /MONGO_URL: is needed/],
    [{ TELEGRAM_TOKEN: 'no token' }, /TELEGRAM_TOKEN: must be a token as BotFather gives it/],
    [{ DISCORD_GUILD_ID: 'my server' }, /DISCORD_GUILD_ID: must be the number/],
    [{ KEEP_DAYS: '0' }, /KEEP_DAYS: must be more than 0/],
  ])('%j', (env, sentence) => {
    expect(() => loadConfig(env)).toThrow(ConfigError);
    expect(() => loadConfig(env)).toThrow(sentence);
  });

  test('strangers may make previews: they cost nothing', () => {
    expect(loadConfig(DISCORD).discord?.token).toBe('abc.def.ghi');
    expect(loadConfig({ ...DISCORD, API_KEYS: 'key', ALLOW: '*' }).spend.allow).toEqual(['*']);
  });

  test('every secret among them is kept out of what is written', () => {
    const { secrets } = loadConfig({
      ...DISCORD,
      TELEGRAM_TOKEN: `123:${'x'.repeat(30)}`,
      MONGO_URL: 'mongodb+srv://kinora:p%40ss@db.example/kinora',
      WEB_PASSWORD: 'long enough for this',
    });
    expect(secrets).toEqual(
      expect.arrayContaining(['abc.def.ghi', `123:${'x'.repeat(30)}`, 'p%40ss', 'p@ss', 'long enough for this']),
    );
  });
});

describe('the file .env', () => {
  test('may be absent', () => {
    expect(() => loadEnvFile(join(tmpdir(), 'there-is-no-such-folder', '.env'))).not.toThrow();
  });

  test('that cannot be read is told in a sentence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kinora-env-'));
    expect(() => loadEnvFile(folder)).toThrow(ConfigError);
  });

  test('gives what the environment does not say already', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kinora-env-'));
    await writeFile(join(folder, '.env'), '# a comment\nKINORA_TEST_A=from file\nKINORA_TEST_B=from file\n');
    process.env.KINORA_TEST_B = 'from environment';
    loadEnvFile(join(folder, '.env'));
    expect([process.env.KINORA_TEST_A, process.env.KINORA_TEST_B]).toEqual(['from file', 'from environment']);
    delete process.env.KINORA_TEST_A;
    delete process.env.KINORA_TEST_B;
  });
});
