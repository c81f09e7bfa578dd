import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { platforms } from '../../src/chat/index.ts';
import { providers } from '../../src/providers/index.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { loadEnvFile } from '../../src/settings/env-file.ts';
import { originOf } from '../../src/settings/object-storage.ts';
import { ConfigError } from '../../src/settings/setting.ts';

const load = (env: Record<string, string>) => loadConfig(env, { providers, platforms });

describe('settings', () => {
  test('all have defaults', () => {
    expect(load({}).config).toMatchObject({ dataDir: './data', defaultFit: 'crop', logLevel: 'info' });
  });

  test('left empty count as absent', () => {
    expect(load({ DATA_DIR: '', LOG_LEVEL: ' ' }).config).toEqual(load({}).config);
  });

  test('that are wrong are all told at once, by name and with what to choose from', () => {
    const loadWrong = () => load({ DEFAULT_FIT: 'squeeze', LOG_LEVEL: 'loud' });
    expect(loadWrong).toThrow(ConfigError);
    expect(loadWrong).toThrow(/DEFAULT_FIT: choose one of crop, pad, strict\n.*LOG_LEVEL: choose one of fatal/);
  });
});

describe('settings that do not go together', () => {
  const DISCORD = { DISCORD_TOKEN: 'abc.def.ghi' };
  const BOT = `123:${'x'.repeat(35)}`;
  const SIGNED = { BLOBS: 's3://bucket', CLIP_URLS: 'signed' };
  test.each([
    [{ ...DISCORD, API_KEYS: 'key' }, /ALLOW: say who may spend/],
    [{ TELEGRAM_TOKEN: `123:${'x'.repeat(30)}`, RUNWAYML_API_SECRET: 'key' }, /ALLOW: say who may spend/],
    [{ TELEGRAM_WEBHOOK: '1' }, /PUBLIC_URL: is needed/],
    [{ ROLE: 'gateway' }, /MONGO_URL: is needed/],
    [{ TELEGRAM_TOKEN: 'no token' }, /TELEGRAM_TOKEN: must be a token as BotFather gives it/],
    [{ TELEGRAM_TOKENS: `${BOT}, 124` }, /TELEGRAM_TOKENS: number 2 of them must be a token as BotFather gives it/],
    [{ TELEGRAM_TOKENS: ' , ' }, /TELEGRAM_TOKENS: must be a token as BotFather gives it/],
    [{ TELEGRAM_TOKEN: BOT, TELEGRAM_TOKENS: BOT.replace('x', 'y') }, /bot 123 is there by TELEGRAM_TOKEN already/],
    [{ TELEGRAM_TOKENS: `${BOT}\n${BOT}` }, /TELEGRAM_TOKENS: bot 123 is there twice; leave one token of it/],
    [{ DISCORD_GUILD_ID: 'my server' }, /DISCORD_GUILD_ID: must be the number/],
    [{ SHARDS: '0-15' }, /SHARDS: must be auto, or a part of all shards like 0-15\/32/],
    [{ SHARDS: '3-1/4' }, /SHARDS: must name the lower shard first: 1-3\/4/],
    [{ SHARDS: '0-4/4' }, /SHARDS: must end at 3, the last of 4/],
    [{ SHARDS: '0/0' }, /SHARDS: must have 1 to 100000 shards in all/],
    [{ GEN4_PROVIDER: 'runway', API_KEYS: 'key' }, /RUNWAYML_API_SECRET: is needed where GEN4_PROVIDER is runway/],
    [
      { API_KEYS: 'key', AIVIDEOAPI_URL: 'https://api.aivideoapi.ai' },
      /AIVIDEOAPI_URL: this address belongs to another firm/,
    ],
    [{ MODELS: 'gen4_turbo,gen9' }, /MODELS.*choose one of gen4_turbo, gen4\.5, veo3\.1/],
    [{ FAL_MODELS: 'kling' }, /FAL_MODELS.*choose one of kling-2\.5-turbo/],
    [{ GEN4_PROVIDER: 'gen5' }, /GEN4_PROVIDER: choose one of aivideoapi, runway, fal, preview/],
    [{ PUBLIC_RANGES: '198.18.0.0/15, everything' }, /PUBLIC_RANGES: must be ranges like 198\.18\.0\.0\/15/],
    [{ PUBLIC_RANGES: '10.0.0.0/33' }, /PUBLIC_RANGES: must be ranges/],
    [{ ...DISCORD, OWNER: 'telegrm:5' }, /OWNER: "telegrm:5" is nobody: it takes discord:<user>, telegram:<user>/],
    [{ ...DISCORD, OWNER: 'discord:5' }, /OWNER: "discord:5" is nobody: discord: wants the number of a user/],
    [{ ...DISCORD, OWNER: 'telegram:5' }, /OWNER: "telegram:5" cannot be heard: TELEGRAM_TOKEN is not set/],
    [{ KEEP_DAYS: '0' }, /KEEP_DAYS: must be more than 0/],
    [{ CLIP_URLS: 'signed' }, /CLIP_URLS: signed is for clips in object storage: set BLOBS=s3:\/\/bucket\/prefix, or /],
    [{ BLOBS: 'gs://bucket' }, /BLOBS: must be `s3:\/\/bucket` or `s3:\/\/bucket\/prefix`/],
    [{ BLOBS: 's3://bucket' }, /AWS_REGION: is needed where BLOBS is set/],
    [{ BLOBS: 's3://bucket', AWS_ENDPOINT_URL: 'minio:9000' }, /AWS_ENDPOINT_URL_S3: must be an address like https/],
    [{ BLOBS: 's3://bucket', AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'A' }, /set both, or neither/],
    [
      { ...SIGNED, PUBLIC_URL: 'https://kinora.example.org', AWS_ENDPOINT_URL: 'http://minio:9000' },
      /CLIP_URLS: signed wants an AWS_ENDPOINT_URL_S3 that begins with https/,
    ],
  ])('%j', (env, sentence) => {
    expect(() => load(env)).toThrow(ConfigError);
    expect(() => load(env)).toThrow(sentence);
  });

  test('whoever runs the bot has a password of their own for its page', () => {
    const both = { WEB_PASSWORD: 'password', ADMIN_PASSWORD: 'password' };
    expect(() => load(both)).toThrow('ADMIN_PASSWORD: choose another than WEB_PASSWORD');
    expect(load({ ADMIN_PASSWORD: 'only for me' }).config.web.adminPassword).toBe('only for me');
    expect(load({ ADMIN_PASSWORD: 'only for me' }).config.secrets).toContain('only for me');
  });

  test('the weekly line is on, until it is switched off or a week is longer than tasks are kept', () => {
    expect(load({}).config.tellsWeekly).toBe(true);
    expect(load({ WEEKLY_LINE: 'off' }).config.tellsWeekly).toBe(false);
    expect(load({ KEEP_DAYS: '6' }).config.tellsWeekly).toBe(false);
  });

  test('strangers may make previews: they cost nothing', () => {
    expect(load(DISCORD).platforms.map(({ name }) => name)).toEqual(['discord']);
    expect(load({ ...DISCORD, API_KEYS: 'key', ALLOW: '*' }).config.admission.allow).toEqual(['*']);
  });

  test('several bots of Telegram are one each, by tokens with commas or on lines of a file, and none is written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kinora-tokens-'));
    const more = ['124', '125', '126'].map((id) => BOT.replace('123', id));
    await writeFile(join(folder, 'tokens'), `${more.join('\n')}\n`);
    for (const [name, given] of Object.entries({ '': more.join(', '), _FILE: join(folder, 'tokens') })) {
      const { config, platforms } = load({ TELEGRAM_TOKEN: BOT, [`TELEGRAM_TOKENS${name}`]: given });
      expect(platforms.map(({ name }) => name)).toEqual(Array.from({ length: 4 }, () => 'telegram'));
      expect(config.secrets).toEqual([BOT, ...more]);
    }
    expect(load({ TELEGRAM_TOKENS: BOT }).platforms).toHaveLength(1);
    await rm(folder, { recursive: true });
  });

  test('every secret among them is kept out of what is written', () => {
    const { secrets } = load({
      ...DISCORD,
      TELEGRAM_TOKEN: `123:${'x'.repeat(30)}`,
      MONGO_URL: 'mongodb+srv://kinora:p%40ss@db.example/kinora',
      WEB_PASSWORD: 'long enough for this',
    }).config;
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
    expect(() => loadEnvFile(tmpdir())).toThrow(ConfigError);
  });

  test('gives what the environment does not say already', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kinora-env-'));
    await writeFile(join(folder, '.env'), '# a comment\nKINORA_TEST_A=from file\nKINORA_TEST_B=from file\n');
    process.env.KINORA_TEST_B = 'from environment';
    loadEnvFile(join(folder, '.env'));
    expect([process.env.KINORA_TEST_A, process.env.KINORA_TEST_B]).toEqual(['from file', 'from environment']);
    delete process.env.KINORA_TEST_A;
    delete process.env.KINORA_TEST_B;
    await rm(folder, { recursive: true });
  });
});

describe('object storage', () => {
  const bucketIn = (env: Record<string, string>) => load(env).config.bucket;

  test('is at Amazon, or wherever an endpoint says, with the usual names', () => {
    expect(bucketIn({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'no address' })).toBeUndefined();
    const amazon = bucketIn({ BLOBS: 's3://my-clips', AWS_REGION: 'eu-west-1' });
    expect(amazon).toEqual({
      bucket: 'my-clips',
      prefix: '',
      region: 'eu-west-1',
      endpoint: 'https://s3.eu-west-1.amazonaws.com',
      pathStyle: false,
    });
    expect(amazon && originOf(amazon)).toBe('https://my-clips.s3.eu-west-1.amazonaws.com');
    const key = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'very secret' };
    const own = { ...key, BLOBS: 's3://clips/bot/a/', AWS_ENDPOINT_URL_S3: 'http://minio:9000', AWS_ENDPOINT_URL: 'x' };
    const minio = bucketIn(own);
    expect(minio).toMatchObject({
      prefix: 'bot/a/',
      region: 'us-east-1',
      pathStyle: true,
      credentials: { accessKeyId: 'AKIA', secretAccessKey: 'very secret' },
    });
    expect(minio && originOf(minio)).toBe('http://minio:9000');
    expect(bucketIn({ ...own, BLOBS_PATH_STYLE: 'no' })?.pathStyle).toBe(false);
    expect(load(own).config.secrets).toEqual(expect.arrayContaining(['AKIA', 'very secret']));
  });
});
