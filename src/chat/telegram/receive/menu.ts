import { isDeepStrictEqual } from 'node:util';
import type { BotCommand, LanguageCode } from 'grammy/types';
import type { Command } from '../../../../commands/table.ts';
import { locales, messagesFor } from '../../../messages/messages.ts';
import type { Log } from '../../../util/log.ts';
import { shortened } from '../../kit/text.ts';
import type { ApiResult, Telegram } from '../api/api.ts';
import { personIdOf } from '../places.ts';
import { nameOf } from './spoken.ts';

const SCOPES = ['all_private_chats', 'all_group_chats', 'all_chat_administrators'] as const;
/** Where Telegram offers a command; who may is asked when it is said. */
const OFFERED_IN: Record<Command['who'], readonly (typeof SCOPES)[number][]> = {
  all: SCOPES,
  managers: ['all_private_chats', 'all_chat_administrators'],
  owner: [],
};
/** The menu of those who speak none of the languages that there are words for. */
const USUAL = 'en';
/** Of a description, in characters; https://core.telegram.org/bots/api#botcommand */
const MAX_DESCRIPTION = 256;

/** Brings the commands that Telegram offers up to date: by place and language, and only what is another now. */
export async function updateMenu(deps: {
  tg: Telegram;
  commands: readonly Command[];
  owners?: readonly string[];
  log: Pick<Log, 'warn' | 'info'>;
}): Promise<void> {
  const { tg, commands, owners = [], log } = deps;
  // Those who run the bot are offered theirs as well, in their private chats.
  const own = owners.flatMap((id) => personIdOf(id) ?? []).map((chat_id) => ({ type: 'chat' as const, chat_id }));
  let updated = 0;
  for (const locale of locales) {
    for (const scope of [...SCOPES.map((type) => ({ type })), ...own]) {
      const { type } = scope;
      const offered = commands.filter(({ who }) => type === 'chat' || OFFERED_IN[who].includes(type));
      const wanted = menuOf(offered, locale);
      const how = { scope, language_code: codeOf(locale) };
      const found = await tg.call((api, signal) => api.getMyCommands(how, signal));
      if (found.outcome === 'done' && isDeepStrictEqual(found.result, wanted)) continue;
      const set =
        found.outcome === 'done' ? await tg.call((api, signal) => api.setMyCommands(wanted, how, signal)) : found;
      // Who runs several bots need not have written to each.
      if (type === 'chat' && set.outcome === 'failed' && set.failure.type === 'shut') continue;
      if (set.outcome === 'failed')
        return log.warn({ reason: set.failure.reason }, 'the commands of the bot could not be updated');
      updated += 1;
    }
  }
  if (updated > 0) log.info({ menus: updated }, 'the commands of the bot were updated');
}

/** The same of what the bot says of itself, by language. */
export async function updateDescriptions({
  tg,
  log,
}: {
  tg: Telegram;
  log: Pick<Log, 'warn' | 'info'>;
}): Promise<void> {
  let updated = 0;
  for (const locale of locales) {
    const { description, shortDescription: short_description } = messagesFor(locale).telegram;
    const language_code = codeOf(locale);
    const how = { language_code };
    const found = await tg.call((api, signal) => api.getMyDescription(how, signal));
    const foundShort = await tg.call((api, signal) => api.getMyShortDescription(how, signal));
    if (found.outcome === 'done' && found.result.description !== description)
      await told(tg.call((api, signal) => api.setMyDescription(description, { language_code }, signal)));
    if (foundShort.outcome === 'done' && foundShort.result.short_description !== short_description)
      await told(tg.call((api, signal) => api.setMyShortDescription(short_description, { language_code }, signal)));
  }
  if (updated > 0) log.info({ texts: updated }, 'what the bot says of itself was updated');

  async function told(setting: Promise<ApiResult<true>>): Promise<void> {
    const set = await setting;
    if (set.outcome === 'done') updated += 1;
    else log.warn({ reason: set.failure.reason }, 'what the bot says of itself could not be updated');
  }
}

const menuOf = (commands: readonly Command[], locale: string): BotCommand[] =>
  commands.flatMap((command) => {
    const name = nameOf(command, locale);
    const description = shortened(command.words(locale).description, MAX_DESCRIPTION);
    return name === undefined ? [] : [{ command: name, description }];
  });

/** Telegram has languages of two letters only: `pt` of `pt-BR`. Without one it is the menu of who has none in their language. */
function codeOf(locale: string): LanguageCode | undefined {
  const [code = ''] = locale.split('-');
  return locale !== USUAL && isCode(code) ? code : undefined;
}

const isCode = (code: string): code is LanguageCode => /^[a-z]{2}$/.test(code);
