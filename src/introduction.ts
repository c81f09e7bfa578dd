import { whyOpen } from './chat/web/off.ts';
import type { Config } from './config.ts';

/** What `npm start` says: what runs, and for what is on its default the setting that would change it. */
export function introduction(config: Config, { url, provider }: { url: string; provider: string }): string {
  const { web, dataDir } = config;
  return [
    web.publicUrl === undefined ? `Kinora is at ${url}` : `Kinora is at ${web.publicUrl}, listening at ${url}`,
    '',
    `  Web chat  ${webChat(web)}`,
    `  Renderer  ${renderer(provider, config)}`,
    `  Record    SQLite and files in ${dataDir}${dataDir === './data' ? ' (DATA_DIR names another folder)' : ''}.`,
    '',
    'Ctrl-C stops it; what is unfinished goes on at the next start.',
  ].join('\n');
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

function webChat(web: Config['web']): string {
  const open = whyOpen(web);
  if (open !== undefined) {
    return web.password === undefined
      ? `off, because ${open} and there is no password. WEB_PASSWORD switches it on.`
      : 'open to whoever knows WEB_PASSWORD.';
  }
  const others = 'To let others in, set WEB_PASSWORD, and HOST=0.0.0.0 or PUBLIC_URL.';
  return `for people at this machine only${web.password === undefined ? '' : ' who know WEB_PASSWORD'}. ${others}`;
}
