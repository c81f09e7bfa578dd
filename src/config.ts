import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { AIVIDEOAPI_URL, RUNWAY_URL } from './gen4/urls.ts';
import { fitSchema } from './task/picture.ts';

const SETTINGS_WRONG = 'These settings (environment or .env) are not right:';
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const COUNT_RULE = 'must be a whole number, 1 or more';
const PORT_RULE = 'must be a whole number from 0 (any free port) to 65535';
const portSchema = z.coerce.number(PORT_RULE).int(PORT_RULE).min(0, PORT_RULE).max(65_535, PORT_RULE);

/** Every setting, with the words said when it is wrong. An empty value counts as absent: `.env.example` has many. */
const settings = z.object({
  DATA_DIR: z.string().default('./data'),
  DEFAULT_FIT: fitSchema.default('crop'),
  FFMPEG_PATH: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  PORT: portSchema.default(3000),
  HOST: z.string().trim().default('127.0.0.1'),
  PUBLIC_URL: z.string().transform(toOrigin).optional(),
  WEB_PASSWORD: z.string().min(8, 'choose at least 8 characters').optional(),
  WEB_REQUESTS_PER_MINUTE: z.coerce.number('must be a number').min(1, 'must be 1 or more').default(30),
  OPS_PORT: portSchema.optional(),
  GEN4_PROVIDER: z.enum(['aivideoapi', 'runway', 'preview']).optional(),
  API_KEYS: z.string().transform(toList).optional(),
  API_KEY_PREFIX: z.string().default(''),
  AIVIDEOAPI_URL: z.string().transform(toBaseUrl).default(AIVIDEOAPI_URL),
  RUNWAYML_API_SECRET: z.string().transform(toList).optional(),
  RUNWAY_URL: z.string().transform(toBaseUrl).default(RUNWAY_URL),
  GEN4_MODEL: z.enum(['gen4_turbo', 'gen4.5']).default('gen4_turbo'),
  GEN4_CONCURRENCY: z.coerce.number(COUNT_RULE).int(COUNT_RULE).min(1, COUNT_RULE).optional(),
  GEN4_DEADLINE_MINUTES: z.coerce.number('must be a number').min(1, 'must be 1 or more').default(120),
  QUEUE_MAX_HOURS: z.coerce.number('must be a number').positive('must be more than 0').default(24),
  ALLOW: z.string().transform(toList).optional(),
  DAILY_BUDGET: z.coerce.number('must be a number').min(0, 'must be 0 or more').optional(),
  DAILY_PER_PERSON: z.coerce.number('must be a number').int('must be whole').min(0, 'must be 0 or more').optional(),
});

type Settings = z.infer<typeof settings>;

export interface Config {
  /** Folder for the database, pictures and clips. */
  dataDir: string;
  defaultFit: z.infer<typeof fitSchema>;
  ffmpegPath?: string;
  logLevel: (typeof LOG_LEVELS)[number];
  web: WebConfig;
  gen4: Gen4Config;
  /** Who may spend on public platforms, and how much a day; absent is nobody, and no limit. */
  spend: { allow?: readonly string[]; dailyBudget?: number; dailyPerPerson?: number };
  /** When the worker gives up waiting, in milliseconds. */
  limits: { queueMaxMs: number; deadlineMs: number };
  /** Values that must never be written anywhere. */
  secrets: readonly string[];
}

/** Who renders. Every provider that has a key can finish what it began; `use` is for new requests. */
export interface Gen4Config {
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

/** Whether a host's name or address stays inside this machine. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));

/** Something about the settings is wrong; `message` lists all of it, a line each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the environment once. Throws `ConfigError` with everything that is wrong in it. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${inWords(issue)}`);
    throw new ConfigError(`${SETTINGS_WRONG}\n${wrong.join('\n')}`);
  }
  const { DATA_DIR, DEFAULT_FIT, FFMPEG_PATH, LOG_LEVEL, WEB_PASSWORD, DAILY_BUDGET, DAILY_PER_PERSON } = parsed.data;
  const gen4 = gen4Of(parsed.data);
  return {
    dataDir: DATA_DIR,
    defaultFit: DEFAULT_FIT,
    ...(FFMPEG_PATH === undefined ? {} : { ffmpegPath: FFMPEG_PATH }),
    logLevel: LOG_LEVEL,
    web: webOf(parsed.data),
    gen4,
    spend: {
      ...(parsed.data.ALLOW === undefined ? {} : { allow: parsed.data.ALLOW }),
      ...(DAILY_BUDGET === undefined ? {} : { dailyBudget: DAILY_BUDGET }),
      ...(DAILY_PER_PERSON === undefined ? {} : { dailyPerPerson: DAILY_PER_PERSON }),
    },
    limits: {
      queueMaxMs: parsed.data.QUEUE_MAX_HOURS * 3_600_000,
      deadlineMs: parsed.data.GEN4_DEADLINE_MINUTES * 60_000,
    },
    secrets: [
      ...(WEB_PASSWORD === undefined ? [] : [WEB_PASSWORD]),
      ...(gen4.aivideoapi?.keys ?? []),
      ...(gen4.runway?.secrets ?? []),
    ],
  };
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

function gen4Of(given: Settings): Gen4Config {
  const { GEN4_PROVIDER, API_KEYS, RUNWAYML_API_SECRET, GEN4_CONCURRENCY } = given;
  const wants = (provider: string, has: unknown, setting: string) => {
    if (GEN4_PROVIDER === provider && !has)
      throw new ConfigError(`${SETTINGS_WRONG}\n  ${setting}: is needed where GEN4_PROVIDER is ${provider}`);
  };
  wants('aivideoapi', API_KEYS, 'API_KEYS');
  wants('runway', RUNWAYML_API_SECRET, 'RUNWAYML_API_SECRET');
  return {
    // The preview only where there is no key: never in silence instead of what somebody pays for.
    use: GEN4_PROVIDER ?? (API_KEYS ? 'aivideoapi' : RUNWAYML_API_SECRET ? 'runway' : 'preview'),
    ...(API_KEYS
      ? { aivideoapi: { baseUrl: given.AIVIDEOAPI_URL, keys: API_KEYS, keyPrefix: given.API_KEY_PREFIX } }
      : {}),
    ...(RUNWAYML_API_SECRET
      ? { runway: { baseUrl: given.RUNWAY_URL, secrets: RUNWAYML_API_SECRET, model: given.GEN4_MODEL } }
      : {}),
    ...(GEN4_CONCURRENCY === undefined ? {} : { concurrency: GEN4_CONCURRENCY }),
  };
}

function toList(text: string, context: z.RefinementCtx): string[] {
  const all = [...new Set(text.split(',').map((each) => each.trim()))].filter((each) => each !== '');
  if (all.length > 0) return all;
  context.addIssue('must be one or more values, with commas between them');
  return z.NEVER;
}

function toBaseUrl(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '');
  context.addIssue('must be an address like https://api.example.org');
  return z.NEVER;
}

function toOrigin(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (bare) return url.origin;
  context.addIssue('must be an address without a path, like https://kinora.example.org');
  return z.NEVER;
}

function inWords(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_value' ? `choose one of ${issue.values.join(', ')}` : issue.message;
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
