import { whyOff, whyOpen } from '../chat/web/off.ts';
import type { Config } from '../settings/config.ts';

const DAY_MS = 24 * 3_600_000;

/** The lines of `npm start`: the parts that run, and for each default the setting that would change it. */
export function introduction(
  config: Config,
  { url, provider, startupNotes }: { url: string; provider: string; startupNotes: readonly string[] },
): string {
  const { web } = config;
  return [
    web.publicUrl === undefined ? `Kinora is at ${url}` : `Kinora is at ${web.publicUrl}, listening at ${url}`,
    '',
    `  Web chat  ${webChat(config)}`,
    `  Discord   ${config.discord ? 'connected.' : 'not connected. DISCORD_TOKEN connects it.'}`,
    `  Telegram  ${config.telegram ? 'connected.' : 'not connected. TELEGRAM_TOKEN connects it.'}`,
    `  Renderer  ${renderer(provider, config)}`,
    `  Record    ${record(config)}`,
    `  Kept      ${config.keepMs / DAY_MS} days after it is done (KEEP_DAYS).`,
    ...(startupNotes.length > 0 ? ['', ...startupNotes.map((line) => `  ${line}`)] : []),
    '',
    'Ctrl-C stops it; what is unfinished goes on at the next start.',
  ].join('\n');
}

function record({ mongoUrl, dataDir }: Config): string {
  if (mongoUrl !== undefined) return 'MongoDB.';
  const place = `SQLite and files in ${dataDir}`;
  return dataDir === './data' ? `${place} (DATA_DIR names another folder, MONGO_URL a database).` : `${place}.`;
}

const PREVIEW = 'preview: a camera moves over the picture. No AI, no cost.';
const PAID: Record<string, string> = { aivideoapi: 'gen4 at aivideoapi', runway: 'gen4 at Runway' };

function renderer(provider: string, { spend: { dailyBudget } }: Config): string {
  const paid = PAID[provider];
  if (paid === undefined) return `${PREVIEW} API_KEYS or RUNWAYML_API_SECRET switches gen4 on.`;
  return dailyBudget === undefined
    ? `${paid}, without a limit. DAILY_BUDGET sets one, in credits a day.`
    : `${paid}, at most ${dailyBudget} credits a day (DAILY_BUDGET).`;
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
