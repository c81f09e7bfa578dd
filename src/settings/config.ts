import { isIPv4 } from 'node:net';
import type { Fit } from '../task/picture.ts';
import { ConfigError, type LOG_LEVELS, readSettings, type Settings } from './settings.ts';

export { ConfigError };

const DAY_MS = 24 * 3_600_000;

export interface Config {
  /** What this process does: all of it, listening to people, or the work on their requests. */
  role: 'all' | 'gateway' | 'worker';
  /** Folder for the database, pictures and clips. */
  dataDir: string;
  /** Where the record is, instead of SQLite in `dataDir`. Holds a password. */
  mongoUrl?: string;
  /** Tasks that ended are forgotten, with picture and clip, after so long; milliseconds. */
  keepMs: number;
  defaultFit: Fit;
  ffmpegPath?: string;
  logLevel: (typeof LOG_LEVELS)[number];
  web: WebConfig;
  discord?: DiscordConfig;
  telegram?: TelegramConfig;
  provider: ProviderConfig;
  /** Who may spend on public platforms, and how much a day; absent is nobody, and no limit. */
  spend: { allow?: readonly string[]; dailyBudget?: number; dailyPerPerson?: number };
  /** When the worker gives up waiting, in milliseconds. */
  limits: { queueMaxMs: number; deadlineMs: number };
  /** Values that must never be written anywhere. */
  secrets: readonly string[];
}

/** Who renders. Every provider that has a key can finish what it began; `use` is for new requests. */
export interface ProviderConfig {
  use: 'aivideoapi' | 'runway' | 'preview';
  aivideoapi?: { baseUrl: string; keys: readonly string[]; keyPrefix: string };
  runway?: { baseUrl: string; secrets: readonly string[]; model: 'gen4_turbo' | 'gen4.5' };
  /** Jobs under way at once; absent: the provider's own default. */
  concurrency?: number;
}

/** Where the program listens and who may come in. */
export interface WebConfig {
  /** 0 takes any that is free. */
  port: number;
  host: string;
  /** The address that people use, where it is not the one listened at: scheme, name and port. */
  publicUrl?: string;
  password?: string;
  /** New clips that may be asked for in a minute in the web chat. */
  requestsPerMinute: number;
  /** A second listener, on loopback, for health and metrics. */
  opsPort?: number;
}

export interface DiscordConfig {
  token: string;
  /** A server for trying things out: commands appear there at once. */
  guildId?: string;
  /** Clips come in a thread opened on the card, or as a plain reply to it. */
  reply: 'thread' | 'reply';
  /** Root of the REST API, without a version. */
  apiUrl: string;
  /** An origin for pictures beside Discord's own hosts. */
  cdnUrl?: string;
}

export interface TelegramConfig {
  token: string;
  /** Root of the Bot API, without a slash at its end. */
  apiRoot: string;
  /** Telegram calls at `PUBLIC_URL`, instead of being asked. */
  webhook: boolean;
  /** Messages and edits that it lets the bot send in a second, to all chats together. */
  perSecond: number;
}

/** Whether a host's name or address stays inside this machine. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));

/** Reads the environment once. Throws `ConfigError` with everything that is wrong in it. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = readSettings(env);
  const wrong = contradictions(given);
  if (wrong.length > 0) throw new ConfigError(wrong);
  const { DATA_DIR, DEFAULT_FIT, FFMPEG_PATH, LOG_LEVEL, MONGO_URL, KEEP_DAYS } = given;
  const provider = providerOf(given);
  const discord = discordOf(given);
  const telegram = telegramOf(given);
  return {
    role: given.ROLE,
    dataDir: DATA_DIR,
    ...(MONGO_URL === undefined ? {} : { mongoUrl: MONGO_URL }),
    keepMs: KEEP_DAYS * DAY_MS,
    defaultFit: DEFAULT_FIT,
    ...(FFMPEG_PATH === undefined ? {} : { ffmpegPath: FFMPEG_PATH }),
    logLevel: LOG_LEVEL,
    web: webOf(given),
    ...(discord ? { discord } : {}),
    ...(telegram ? { telegram } : {}),
    provider,
    spend: spendOf(given),
    limits: {
      queueMaxMs: given.QUEUE_MAX_HOURS * 3_600_000,
      deadlineMs: given.GEN4_DEADLINE_MINUTES * 60_000,
    },
    secrets: secretsOf(given),
  };
}

/** What each setting allows and they do not allow together, a line each. */
function contradictions(given: Settings): string[] {
  const { GEN4_PROVIDER, API_KEYS, RUNWAYML_API_SECRET, ALLOW, DISCORD_TOKEN, TELEGRAM_TOKEN } = given;
  const wrong: string[] = [];
  if (GEN4_PROVIDER === 'aivideoapi' && !API_KEYS) wrong.push('API_KEYS: is needed where GEN4_PROVIDER is aivideoapi');
  if (GEN4_PROVIDER === 'runway' && !RUNWAYML_API_SECRET)
    wrong.push('RUNWAYML_API_SECRET: is needed where GEN4_PROVIDER is runway');
  if (given.ROLE !== 'all' && given.MONGO_URL === undefined)
    wrong.push(`MONGO_URL: is needed where ROLE is ${given.ROLE}, as several processes share the record`);
  if (given.TELEGRAM_WEBHOOK === '1' && given.PUBLIC_URL === undefined)
    wrong.push('PUBLIC_URL: is needed where TELEGRAM_WEBHOOK is 1, as Telegram has to reach this bot');
  if (rendererOf(given) !== 'preview' && (DISCORD_TOKEN ?? TELEGRAM_TOKEN) !== undefined && !ALLOW)
    wrong.push(
      'ALLOW: say who may spend your credits: discord:<server or user>, telegram:<chat or user>, several with commas, or * for everybody',
    );
  return wrong;
}

function webOf(given: Settings): WebConfig {
  const { PORT, HOST, PUBLIC_URL, WEB_PASSWORD, WEB_REQUESTS_PER_MINUTE, OPS_PORT } = given;
  return {
    port: PORT,
    host: HOST,
    requestsPerMinute: WEB_REQUESTS_PER_MINUTE,
    ...(PUBLIC_URL === undefined ? {} : { publicUrl: PUBLIC_URL }),
    ...(WEB_PASSWORD === undefined ? {} : { password: WEB_PASSWORD }),
    ...(OPS_PORT === undefined ? {} : { opsPort: OPS_PORT }),
  };
}

/** The preview only where there is no key: never in silence instead of what somebody pays for. */
const rendererOf = ({ GEN4_PROVIDER, API_KEYS, RUNWAYML_API_SECRET }: Settings): ProviderConfig['use'] =>
  GEN4_PROVIDER ?? (API_KEYS ? 'aivideoapi' : RUNWAYML_API_SECRET ? 'runway' : 'preview');

function providerOf(given: Settings): ProviderConfig {
  const { API_KEYS, RUNWAYML_API_SECRET, GEN4_CONCURRENCY } = given;
  return {
    use: rendererOf(given),
    ...(API_KEYS
      ? { aivideoapi: { baseUrl: given.AIVIDEOAPI_URL, keys: API_KEYS, keyPrefix: given.API_KEY_PREFIX } }
      : {}),
    ...(RUNWAYML_API_SECRET
      ? { runway: { baseUrl: given.RUNWAY_URL, secrets: RUNWAYML_API_SECRET, model: given.GEN4_MODEL } }
      : {}),
    ...(GEN4_CONCURRENCY === undefined ? {} : { concurrency: GEN4_CONCURRENCY }),
  };
}

function discordOf(given: Settings): DiscordConfig | undefined {
  const { DISCORD_TOKEN, DISCORD_GUILD_ID, DISCORD_REPLY, DISCORD_API_URL, DISCORD_CDN_URL } = given;
  if (DISCORD_TOKEN === undefined) return undefined;
  return {
    token: DISCORD_TOKEN,
    ...(DISCORD_GUILD_ID === undefined ? {} : { guildId: DISCORD_GUILD_ID }),
    reply: DISCORD_REPLY,
    apiUrl: DISCORD_API_URL,
    ...(DISCORD_CDN_URL === undefined ? {} : { cdnUrl: DISCORD_CDN_URL }),
  };
}

function telegramOf(given: Settings): TelegramConfig | undefined {
  const { TELEGRAM_TOKEN, TELEGRAM_API_ROOT, TELEGRAM_WEBHOOK, TELEGRAM_PER_SECOND } = given;
  if (TELEGRAM_TOKEN === undefined) return undefined;
  return {
    token: TELEGRAM_TOKEN,
    apiRoot: TELEGRAM_API_ROOT,
    webhook: TELEGRAM_WEBHOOK === '1',
    perSecond: TELEGRAM_PER_SECOND,
  };
}

function spendOf({ ALLOW, DAILY_BUDGET, DAILY_PER_PERSON }: Settings): Config['spend'] {
  return {
    ...(ALLOW === undefined ? {} : { allow: ALLOW }),
    ...(DAILY_BUDGET === undefined ? {} : { dailyBudget: DAILY_BUDGET }),
    ...(DAILY_PER_PERSON === undefined ? {} : { dailyPerPerson: DAILY_PER_PERSON }),
  };
}

function secretsOf(given: Settings): string[] {
  const { WEB_PASSWORD, API_KEYS = [], RUNWAYML_API_SECRET = [], DISCORD_TOKEN, TELEGRAM_TOKEN, MONGO_URL } = given;
  // As it stands in the address, and as a driver may print it.
  const encoded = MONGO_URL === undefined ? undefined : /:\/\/[^:@/]*:([^@/]*)@/.exec(MONGO_URL)?.[1];
  const single = [WEB_PASSWORD, DISCORD_TOKEN, TELEGRAM_TOKEN, encoded, encoded && decoded(encoded)];
  return [
    ...single.filter((each): each is string => each !== undefined && each !== ''),
    ...API_KEYS,
    ...RUNWAYML_API_SECRET,
  ];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Adds what `.env` in this folder says; what the environment says already wins. No file is fine. */
export function loadEnvFile(path = '.env'): void {
  try {
    process.loadEnvFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw new ConfigError(
      `The file ${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}
