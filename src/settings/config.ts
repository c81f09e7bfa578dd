import { isIPv4 } from 'node:net';
import type { NetworkConfig } from '../net/network.ts';
import type { Fit } from '../task/picture.ts';
import { checkAllow, checkOwners } from './allow.ts';
import { type CoreValues, coreGroups, coreSettings, type Known } from './core.ts';
import { type BucketConfig, bucketOf } from './object-storage.ts';
import type { Part } from './part.ts';
import { fileNames, withSecretFiles } from './secret-files.ts';
import { ConfigError, type Env, readSettings, type Settings, type SettingsGroup } from './setting.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MB = 1024 * 1024;

export interface Config {
  /** The part of this process: all of it, listening to people, or the work on their requests. */
  role: CoreValues['ROLE'];
  /** Folder for the database, pictures and clips. */
  dataDir: string;
  /** Where the record is, instead of SQLite in `dataDir`. Holds a password. */
  mongoUrl?: string;
  /** Where pictures and clips are kept, instead of with the record. Holds secrets. */
  bucket?: BucketConfig;
  /** A clip's own page has the video from the bucket, and not from this program. */
  signsClipUrls: boolean;
  /** Tasks that ended are forgotten, with picture and clip, after so long; milliseconds. */
  keepMs: number;
  defaultFit: Fit;
  ffmpegPath?: string;
  logLevel: CoreValues['LOG_LEVEL'];
  web: WebConfig;
  network: NetworkConfig;
  /** `use`: name of the provider of new requests; `concurrency`: jobs under way at once, in place of its own number. */
  provider: { use: string; concurrency?: number };
  /** Who may ask for clips on public platforms, and for how many; absent is nobody who costs something, and no limit. */
  admission: {
    allow?: readonly string[];
    dailyBudget?: number;
    dailyPerPerson?: number;
    dailyPerChat?: number;
    maxWaitingPerPerson: number;
    maxWaitingPerChat: number;
    minFreeBytes: number;
  };
  /** A clip that so many people starred is shown in the galleries. */
  starsNeeded: number;
  /** Who runs it: ids of people. */
  owners: readonly string[];
  /** Whether they hear how each week was. */
  tellsWeekly: boolean;
  /** When the worker gives up waiting, in milliseconds. */
  limits: { queueMaxMs: number; deadlineMs: number };
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
  /** Asked for on the page of those who run the bot. */
  adminPassword?: string;
  /** New clips that may be asked for in a minute in the web chat. */
  requestsPerMinute: number;
  /** A second listener, on loopback, for health and metrics. */
  opsPort?: number;
}

/** The providers, in the order in which one is chosen, and the platforms that there are. */
export interface Lists<P, F> {
  providers: readonly (Part<P> & { paid: boolean; concurrency: number })[];
  /** `spenders`: what ALLOW may name there, in the form `spenderForm`; absent where strangers cannot come. */
  platforms: readonly (Part<readonly F[]> & { spenders?: string; spenderForm?: RegExp })[];
}

/** The settings, and of each list what is switched on. Every one of `providers` can finish what it began. */
export interface Loaded<P, F> {
  config: Config;
  providers: readonly P[];
  platforms: readonly F[];
}

/** Whether a host's name or address stays inside this machine. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));

/** Every setting that there is, in groups. */
export const settingsGroups = (lists: Lists<unknown, unknown>): SettingsGroup[] =>
  [
    ...Object.values(coreGroups(knownOf(lists))),
    ...[...lists.providers, ...lists.platforms].map(({ label, settings }) => ({ title: label, settings })),
  ].filter(({ settings }) => Object.keys(settings).length > 0);

/** The name of everything that may be set. */
export function settingNames(lists: Lists<unknown, unknown>): string[] {
  const settings = allSettings(lists);
  return [...Object.keys(settings), ...fileNames(settings), ...PROXY_NAMES];
}

const allSettings = (lists: Lists<unknown, unknown>): Settings =>
  Object.assign({}, ...settingsGroups(lists).map(({ settings }) => settings));

/** Reads the environment once. Throws `ConfigError` with everything that is wrong in it. */
export function loadConfig<P extends object, F extends object>(given: Env, lists: Lists<P, F>): Loaded<P, F> {
  const wrong: string[] = [];
  const env = withSecretFiles(allSettings(lists), given, wrong);
  const core = readSettings(coreSettings(knownOf(lists)), withConvention(env));
  if (core.outcome === 'wrong') wrong.push(...core.wrong);
  const providers = readParts(lists.providers, env, wrong);
  const platforms = readParts(lists.platforms, env, wrong);
  if (core.outcome === 'wrong' || wrong.length > 0) throw new ConfigError(wrong);

  const { values } = core;
  const usable = providers.filter(({ ready }) => ready);
  const use = values.GEN4_PROVIDER ?? usable[0]?.part.name;
  const chosen = usable.find(({ part }) => part.name === use)?.part;
  const isPublic = platforms.some(({ part, ready }) => ready && part.spenders !== undefined);
  if (!chosen) wrong.push(missingFor(use, lists));
  if (chosen?.paid && isPublic && !values.ALLOW)
    wrong.push(
      `ALLOW: say who may spend your credits: ${knownOf(lists).spenders.join(', ')}, several with commas, or * for everybody`,
    );
  wrong.push(...checkAllow(values.ALLOW ?? [], lists.platforms));
  const heard = platforms.map(({ part, ready }) => ({ ...part, isOn: ready !== undefined }));
  wrong.push(...checkOwners(values.OWNER ?? [], heard));
  if (values.ADMIN_PASSWORD !== undefined && values.ADMIN_PASSWORD === values.WEB_PASSWORD)
    wrong.push('ADMIN_PASSWORD: choose another than WEB_PASSWORD, which everybody in the web chat knows');
  if (values.ROLE !== 'all' && values.MONGO_URL === undefined)
    wrong.push(`MONGO_URL: is needed where ROLE is ${values.ROLE}, as several processes share the record`);
  wrong.push(...[...providers, ...platforms].flatMap((each) => each.contradictions(values)));
  const bucket = bucketOf(values, values.PUBLIC_URL, wrong);
  if (!chosen || wrong.length > 0) throw new ConfigError(wrong);

  const secrets = [core, ...providers, ...platforms].flatMap((each) => each.secrets);
  return {
    config: configOf(values, { use: chosen.name, bucket, secrets }),
    providers: providers.flatMap(({ ready }) => ready ?? []),
    platforms: platforms.flatMap(({ ready }) => ready ?? []),
  };
}

const PROXY_NAMES = ['https_proxy', 'http_proxy', 'no_proxy'];

/** Proxies have lower-case names as well, which other programs look at first. */
const withConvention = (env: Env): Env => ({
  ...env,
  HTTPS_PROXY: env.https_proxy ?? env.HTTPS_PROXY,
  HTTP_PROXY: env.http_proxy ?? env.HTTP_PROXY,
  NO_PROXY: env.no_proxy ?? env.NO_PROXY,
});

/** Every part with what it was given; what is wrong in that goes to `wrong`. */
function readParts<Ready, Q>(parts: readonly (Part<Ready> & Q)[], env: Env, wrong: string[]) {
  return parts.flatMap((part) => {
    const given = part.read(env);
    if (given.outcome === 'read') return [{ part, ...given }];
    wrong.push(...given.wrong);
    return [];
  });
}

const knownOf = ({ providers, platforms }: Lists<unknown, unknown>): Known => ({
  providers: providers.map(({ name }) => name),
  concurrency: providers
    .filter(({ paid }) => paid)
    .map(({ label, concurrency }) => `${concurrency} for ${label}`)
    .join(', '),
  spenders: platforms.flatMap(({ name, spenders }) => (spenders === undefined ? [] : [`${name}:<${spenders}>`])),
});

/** Why nothing renders: of the provider that was chosen, or of all. */
function missingFor(use: string | undefined, { providers }: Lists<unknown, unknown>): string {
  const chosen = providers.find(({ name }) => name === use);
  if (chosen?.needs) return `${chosen.needs}: is needed where GEN4_PROVIDER is ${chosen.name}`;
  return `${providers.flatMap(({ needs }) => needs ?? []).join(' or ')}: is needed, as nothing renders without`;
}

function configOf(
  values: CoreValues,
  { use, bucket, secrets }: { use: string; bucket?: BucketConfig; secrets: readonly string[] },
): Config {
  return {
    role: values.ROLE,
    dataDir: values.DATA_DIR,
    mongoUrl: values.MONGO_URL,
    bucket,
    signsClipUrls: values.CLIP_URLS === 'signed',
    keepMs: values.KEEP_DAYS * DAY_MS,
    defaultFit: values.DEFAULT_FIT,
    ffmpegPath: values.FFMPEG_PATH,
    logLevel: values.LOG_LEVEL,
    web: {
      port: values.PORT,
      host: values.HOST,
      requestsPerMinute: values.WEB_REQUESTS_PER_MINUTE,
      publicUrl: values.PUBLIC_URL,
      password: values.WEB_PASSWORD,
      adminPassword: values.ADMIN_PASSWORD,
      opsPort: values.OPS_PORT,
    },
    network: {
      publicRanges: values.PUBLIC_RANGES ?? [],
      proxies: { http: values.HTTP_PROXY, https: values.HTTPS_PROXY, except: values.NO_PROXY ?? [] },
    },
    provider: { use, concurrency: values.GEN4_CONCURRENCY },
    admission: {
      allow: values.ALLOW,
      dailyBudget: values.DAILY_BUDGET,
      dailyPerPerson: values.DAILY_PER_PERSON,
      dailyPerChat: values.DAILY_PER_CHAT,
      maxWaitingPerPerson: values.MAX_WAITING_PER_PERSON,
      maxWaitingPerChat: values.MAX_WAITING_PER_CHAT,
      minFreeBytes: values.MIN_FREE_MB * MB,
    },
    starsNeeded: values.STARS_NEEDED,
    owners: values.OWNER ?? [],
    tellsWeekly: values.WEEKLY_LINE === 'on' && values.KEEP_DAYS >= 7,
    limits: { queueMaxMs: values.QUEUE_MAX_HOURS * HOUR_MS, deadlineMs: values.GEN4_DEADLINE_MINUTES * 60_000 },
    secrets,
  };
}
