import { z } from 'zod';
import type { Chats } from './chats.ts';
import { chatId, int, json, type Method, method, str } from './params.ts';
import { badRequest } from './refusal.ts';

const MAX_COMMANDS = 100;

const scoped = z.object({
  scope: json(z.object({ type: z.string(), chat_id: chatId.optional(), user_id: int.optional() })).default({
    type: 'default',
  }),
  language_code: str.default(''),
});

const command = z.looseObject({ command: z.string(), description: z.string() });
type Command = z.output<typeof command>;

const SCOPES = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'];
const CHAT_SCOPES = ['chat', 'chat_administrators', 'chat_member'];

/** The bot's commands and what it says of itself, by language. */
export function createCommands(chats: Chats) {
  const commands = new Map<string, Command[]>();
  const texts = new Map<string, string>();
  /** Changes asked for, which the real service limits sternly. */
  const changes = { commands: 0, texts: 0 };

  function key({ scope, language_code }: z.output<typeof scoped>): string {
    if (!/^([a-z]{2})?$/.test(language_code)) throw badRequest('invalid language code specified');
    if (SCOPES.includes(scope.type)) return `${scope.type}:${language_code}`;
    if (!CHAT_SCOPES.includes(scope.type)) throw badRequest("can't parse BotCommandScope: unsupported type specified");
    const { info } = chats.known(scope.chat_id ?? 0);
    if (info.type === 'private' && scope.type !== 'chat')
      throw badRequest("can't use specified scope in private chats");
    return `${scope.type}:${info.id}:${scope.user_id ?? ''}:${language_code}`;
  }

  function check({ command, description }: Command): Command {
    if (command === '') throw badRequest('command must be non-empty');
    if (command.length > 32) throw badRequest('command length must not exceed 32');
    if (!/^[a-z0-9_]+$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
    if (description === '') throw badRequest('command description must be non-empty');
    if (description.length > 256) throw badRequest('command description length must not exceed 256');
    return { command, description };
  }

  const about = (name: string, field: string, max: number, tooLong: string): Record<string, Method> => ({
    [`setMy${name}`]: method(z.object({ [field]: str.default(''), language_code: str.default('') }), (params) => {
      const text = String(params[field]);
      if (text.length > max) throw badRequest(tooLong);
      changes.texts++;
      texts.set(`${name}:${params.language_code}`, text);
      return true;
    }),
    [`getMy${name}`]: method(z.object({ language_code: str.default('') }), ({ language_code }) => ({
      [field]: texts.get(`${name}:${language_code}`) ?? texts.get(`${name}:`) ?? '',
    })),
  });

  const methods: Record<string, Method> = {
    setMyCommands: method(scoped.extend({ commands: json(z.array(command)) }), (params) => {
      if (params.commands.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
      const list = params.commands.map(check);
      commands.set(key(params), list);
      changes.commands++;
      return true;
    }),
    getMyCommands: method(scoped, (params) => commands.get(key(params)) ?? []),
    deleteMyCommands: method(scoped, (params) => {
      commands.delete(key(params));
      changes.commands++;
      return true;
    }),
    ...about('Name', 'name', 64, 'BOT_TITLE_INVALID'),
    ...about('Description', 'description', 512, 'bot description is too long'),
    ...about('ShortDescription', 'short_description', 120, 'bot short description is too long'),
  };
  return {
    methods,
    report: () => ({
      changes: { ...changes },
      commands: Object.fromEntries(commands),
      texts: Object.fromEntries(texts),
    }),
  };
}
