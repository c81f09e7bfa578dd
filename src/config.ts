import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { fitSchema } from './task/picture.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

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
});

export interface Config {
  /** Folder for the database, pictures and clips. */
  dataDir: string;
  defaultFit: z.infer<typeof fitSchema>;
  ffmpegPath?: string;
  logLevel: (typeof LOG_LEVELS)[number];
  web: WebConfig;
  /** Values that must never be written anywhere. */
  secrets: readonly string[];
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
    throw new ConfigError(`These settings (environment or .env) are not right:\n${wrong.join('\n')}`);
  }
  const { DATA_DIR, DEFAULT_FIT, FFMPEG_PATH, LOG_LEVEL, WEB_PASSWORD } = parsed.data;
  return {
    dataDir: DATA_DIR,
    defaultFit: DEFAULT_FIT,
    ...(FFMPEG_PATH === undefined ? {} : { ffmpegPath: FFMPEG_PATH }),
    logLevel: LOG_LEVEL,
    web: webOf(parsed.data),
    secrets: WEB_PASSWORD === undefined ? [] : [WEB_PASSWORD],
  };
}

function webOf(given: z.infer<typeof settings>): WebConfig {
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
