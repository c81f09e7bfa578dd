import { isDeepStrictEqual } from 'node:util';
import type { BotCommand, LanguageCode } from 'grammy/types';
import { locales, messagesFor } from '../../../messages/messages.ts';
import type { Log } from '../../../util/log.ts';
import type { Telegram } from '../api/api.ts';

type Where = 'all_private_chats' | 'all_group_chats' | 'all_chat_administrators';
const PLACES: readonly Where[] = ['all_private_chats', 'all_group_chats', 'all_chat_administrators'];
/** What those see who speak none of the languages that there are words for. */
const USUAL = 'en';

/** Brings the commands that Telegram offers up to date: by place and language, and only what is another now. */
export async function updateMenu(tg: Telegram, log: Pick<Log, 'warn' | 'info'>): Promise<void> {
  for (const locale of locales) {
    const language: { language_code?: LanguageCode } =
      isLanguage(locale) && locale !== USUAL ? { language_code: locale } : {};
    for (const where of PLACES) {
      const how = { scope: { type: where }, ...language };
      const wanted = commandsFor(where, locale);
      const found = await tg.call((api, signal) => api.getMyCommands(how, signal));
      if (found.ok && isDeepStrictEqual(found.result, wanted)) continue;
      const set = found.ok ? await tg.call((api, signal) => api.setMyCommands(wanted, how, signal)) : found;
      if (!set.ok) return log.warn({ reason: set.trouble.reason }, 'the commands of the bot could not be updated');
      log.info({ where, locale }, 'the commands of the bot were updated');
    }
  }
}

function commandsFor(where: Where, locale: string): BotCommand[] {
  const { commands } = messagesFor(locale).telegram;
  const help = where === 'all_chat_administrators' ? commands.helpForAdministrators : commands.help;
  return [
    { command: 'animate', description: commands.animate },
    { command: 'help', description: help },
  ];
}

/** Telegram has languages of two letters only. */
const isLanguage = (locale: string): locale is LanguageCode => /^[a-z]{2}$/.test(locale);
