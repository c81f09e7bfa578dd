import type { Connected } from '../chat/platform.ts';
import { whyOff, whyOpen } from '../chat/web/off.ts';
import type { Config, Lists } from '../settings/config.ts';
import { nameOf } from '../settings/object-storage.ts';
import { serviceOf } from '../task/task.ts';

const DAY_MS = 24 * 3_600_000;
/** Characters of a line's name, so that what follows stands in one column. */
const NAME_CHARS = 10;

/** The lines of `npm start`: the parts that run, and for each default the setting that would change it. */
export function introduction(
  config: Config,
  known: Lists<unknown, unknown>,
  running: {
    url: string;
    /** Names of the providers and platforms that are switched on; of several bots of one, one for each. */
    on: readonly string[];
    /** The platforms that people can reach by now, by the name that places have. */
    connected: ReadonlyMap<string, Connected>;
    /** What is off, a line each. */
    startupNotes: readonly string[];
  },
): string {
  const { web } = config;
  const { url, on, connected, startupNotes } = running;
  const notes = [...startupNotes, ...[...connected.values()].flatMap(({ notes }) => notes)];
  return [
    web.publicUrl === undefined ? `Kinora is at ${url}` : `Kinora is at ${web.publicUrl}, listening at ${url}`,
    '',
    line('Web chat', webChat(config)),
    ...known.platforms.flatMap((platform) => platformLines(platform, config, { on, connected })),
    line('Renderer', renderer(config, known, on)),
    line('Record', record(config)),
    ...proxies(config),
    line('Kept', `${config.keepMs / DAY_MS} days after it is done (KEEP_DAYS).`),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `  ${note}`)] : []),
    '',
    'Ctrl-C stops it; what is unfinished goes on at the next start.',
  ].join('\n');
}

/** A line for each bot of a platform, with how it stands or, where it is not switched on, with what switches it on. */
function platformLines(
  { name, label, needs }: { name: string; label: string; needs?: string },
  { role }: Config,
  { on, connected }: { on: readonly string[]; connected: ReadonlyMap<string, Connected> },
): string[] {
  const bots = on.filter((each) => each === name).length;
  if (bots === 0) return [line(label, `not connected.${needs === undefined ? '' : ` ${needs} connects it.`}`)];
  const there = [...connected].flatMap(([platform, how]) => (serviceOf(platform) === name ? [how] : []));
  const lines = there.map(({ as }) => line(label, `connected ${as}.`));
  const left = bots - there.length;
  if (left === 0) return lines;
  const which = bots === 1 ? '' : `${left} of ${bots} bots: `;
  const how =
    role === 'worker'
      ? 'clips are sent there; a gateway listens (ROLE).'
      : 'configured, not reached yet; it is tried again and again.';
  return [...lines, line(label, `${which}${how}`)];
}

/** A platform that was reached only after the introduction, in its own lines. */
export const lateIntroduction = (label: string, connected: Connected): string =>
  [line(label, `connected ${connected.as}.`), ...connected.notes.map((note) => `  ${note}`)].join('\n');

const line = (name: string, words: string): string => `  ${name.padEnd(NAME_CHARS)}${words}`;

function record({ mongoUrl, dataDir, bucket }: Config): string {
  const clips = bucket && `; pictures and clips in ${nameOf(bucket)} (BLOBS)`;
  if (clips !== undefined) return `${mongoUrl === undefined ? `SQLite in ${dataDir}` : 'MongoDB'}${clips}.`;
  if (mongoUrl !== undefined) return 'MongoDB.';
  const place = `SQLite and files in ${dataDir}`;
  return dataDir === './data' ? `${place} (DATA_DIR names another folder, MONGO_URL a database).` : `${place}.`;
}

/** By which proxies it goes out, and what does not. */
function proxies({ network, mongoUrl }: Config): string[] {
  const { http, https, except } = network.proxies;
  const named = [
    https === undefined ? [] : `${new URL(https).host} for https (HTTPS_PROXY)`,
    http === undefined ? [] : `${new URL(http).host} for http (HTTP_PROXY)`,
  ].flat();
  if (named.length === 0) return [];
  const direct = [mongoUrl === undefined ? [] : 'MongoDB', except.length === 0 ? [] : 'what NO_PROXY names'].flat();
  return [
    line('Proxy', `${named.join(', ')}.${direct.length === 0 ? '' : ` Reached directly: ${direct.join(', ')}.`}`),
  ];
}

function renderer(
  { provider, admission: { dailyBudget } }: Config,
  { providers }: Lists<unknown, unknown>,
  on: readonly string[],
): string {
  const used = providers.find(({ name }) => name === provider.use);
  const label = used?.label ?? provider.use;
  if (!used?.paid) {
    const idle = providers.find(({ name, paid }) => paid && on.includes(name));
    if (idle) return `${label}. GEN4_PROVIDER says so; without it, it is ${idle.label}.`;
    const switches = providers.flatMap(({ paid, needs }) => (paid && needs !== undefined ? [needs] : []));
    return switches.length === 0 ? `${label}.` : `${label}. ${switches.join(' or ')} switches AI on.`;
  }
  return dailyBudget === undefined
    ? `${label}, without a limit for all together. DAILY_BUDGET sets one, in credits a day.`
    : `${label}, at most ${dailyBudget} credits a day (DAILY_BUDGET).`;
}

function webChat({ role, web }: Config): string {
  if (role === 'worker') return 'off, because this process is a worker (ROLE).';
  const open = whyOpen(web);
  if (whyOff({ role, web }) !== undefined)
    return `off, because ${open} and there is no password. WEB_PASSWORD switches it on.`;
  if (open !== undefined) return 'open to whoever knows WEB_PASSWORD.';
  return web.password === undefined
    ? 'for people at this machine only. To let others in, set WEB_PASSWORD, and HOST=0.0.0.0 or PUBLIC_URL.'
    : 'for people at this machine only who know WEB_PASSWORD. To let others in, set HOST=0.0.0.0 or PUBLIC_URL.';
}
