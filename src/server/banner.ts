import { whyOff, whyOpen } from '../chat/web/off.ts';
import type { Config, Lists } from '../settings/config.ts';

const DAY_MS = 24 * 3_600_000;
/** Characters of a line's name, so that what follows stands in one column. */
const NAME_CHARS = 10;

/** Where what people pay for goes through the ffmpeg from npm. */
export const OLD_FFMPEG =
  'ffmpeg is an old one from npm, of 2018. Install your system’s, or name another one in FFMPEG_PATH.';

/** The lines of `npm start`: the parts that run, and for each default the setting that would change it. */
export function introduction(
  config: Config,
  known: Lists<unknown, unknown>,
  running: {
    url: string;
    /** Names of the platforms that are switched on. */
    connected: readonly string[];
    startupNotes: readonly string[];
  },
): string {
  const { web } = config;
  const { url, connected, startupNotes } = running;
  return [
    web.publicUrl === undefined ? `Kinora is at ${url}` : `Kinora is at ${web.publicUrl}, listening at ${url}`,
    '',
    line('Web chat', webChat(config)),
    ...known.platforms.map(({ name, label, needs }) => {
      const switchOn = needs === undefined ? '' : ` ${needs} connects it.`;
      return line(label, connected.includes(name) ? 'connected.' : `not connected.${switchOn}`);
    }),
    line('Renderer', renderer(config, known)),
    line('Record', record(config)),
    ...proxies(config),
    line('Kept', `${config.keepMs / DAY_MS} days after it is done (KEEP_DAYS).`),
    ...(startupNotes.length > 0 ? ['', ...startupNotes.map((note) => `  ${note}`)] : []),
    '',
    'Ctrl-C stops it; what is unfinished goes on at the next start.',
  ].join('\n');
}

const line = (name: string, words: string): string => `  ${name.padEnd(NAME_CHARS)}${words}`;

function record({ mongoUrl, dataDir }: Config): string {
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

function renderer({ provider, admission: { dailyBudget } }: Config, { providers }: Lists<unknown, unknown>): string {
  const used = providers.find(({ name }) => name === provider.use);
  const label = used?.label ?? provider.use;
  if (!used?.paid) {
    const switches = providers.flatMap(({ paid, needs }) => (paid && needs !== undefined ? [needs] : []));
    return switches.length === 0 ? `${label}.` : `${label}. ${switches.join(' or ')} switches gen4 on.`;
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
  const others = 'To let others in, set WEB_PASSWORD, and HOST=0.0.0.0 or PUBLIC_URL.';
  return `for people at this machine only${web.password === undefined ? '' : ' who know WEB_PASSWORD'}. ${others}`;
}
