import { z } from 'zod';
import { fitSchema } from '../task/picture.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Where the providers are. Runway's is named "dev", but is production. */
const AIVIDEOAPI_URL = 'https://api.aivideoapi.com';
const RUNWAY_URL = 'https://api.dev.runwayml.com';

const COUNT_RULE = 'must be a whole number, 1 or more';
const PORT_RULE = 'must be a whole number from 0 (any free port) to 65535';
const portSchema = z.coerce.number(PORT_RULE).int(PORT_RULE).min(0, PORT_RULE).max(65_535, PORT_RULE);
const SNOWFLAKE_RULE = 'must be the number of a server, 17 to 20 digits';

/** Every setting, with the words said when it is wrong. An empty value counts as absent. */
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
  DISCORD_TOKEN: z.string().trim().optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{17,20}$/, SNOWFLAKE_RULE)
    .optional(),
  DISCORD_REPLY: z.enum(['thread', 'reply']).default('thread'),
  DISCORD_API_URL: z.string().transform(toBaseUrl).default('https://discord.com/api'),
  DISCORD_CDN_URL: z.string().transform(toBaseUrl).optional(),
  TELEGRAM_TOKEN: z
    .string()
    .trim()
    .regex(/^\d+:[\w-]{20,}$/, 'must be a token as BotFather gives it, like 123456789:AAF…')
    .optional(),
  TELEGRAM_API_ROOT: z.string().transform(toBaseUrl).default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK: z.enum(['0', '1']).default('0'),
  TELEGRAM_PER_SECOND: z.coerce.number(COUNT_RULE).int(COUNT_RULE).min(1, COUNT_RULE).default(30),
  MONGO_URL: z.string().trim().optional(),
  ROLE: z.enum(['all', 'gateway', 'worker']).default('all'),
  KEEP_DAYS: z.coerce.number('must be a number').positive('must be more than 0').default(30),
});

export type Settings = z.infer<typeof settings>;

/** Something about the settings is wrong; `message` lists all of it, a line each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  constructor(wrong: readonly string[] | string) {
    super(
      typeof wrong === 'string'
        ? wrong
        : `These settings (environment or .env) are not right:\n${wrong.map((line) => `  ${line}`).join('\n')}`,
    );
  }
}

/** The settings of an environment, parsed. Throws `ConfigError` with everything that is wrong in them. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${inWords(issue)}`));
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
