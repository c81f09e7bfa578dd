import type { ChatMemberUpdated, Message } from 'grammy/types';
import { helpCommand } from '../../../../commands/help.ts';
import type { RequestOrigin } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { shortened } from '../../kit/text.ts';
import { MAX_TEXT, plain, type Text } from '../texts.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Me } from './incoming.ts';
import { askerOf, below } from './message.ts';
import { lastOf, nameOf, pictureCommandOf } from './spoken.ts';

/** Of a command's name as somebody typed it. */
const MAX_NAME = 32;

/** Says in a few words how it goes on Telegram, where a message was not understood. */
export function sayHow(message: Message, { locale, me }: { locale: string; me: Me }, deps: ReceiveDeps): Promise<void> {
  return post(message, linesFor(message, { locale, me }, deps), '\n', deps);
}

/** Says the same around what the table's help says: no table knows what is sent, and what the bot sees in groups. */
export async function sayHelp(message: Message, origin: RequestOrigin, me: Me, deps: ReceiveDeps): Promise<void> {
  const reply = await helpCommand.execute(origin, {}, deps);
  const [how, sees] = linesFor(message, { locale: origin.locale, me }, deps);
  const hearts = messagesFor(origin.locale).telegram.hearts({ isPrivate: message.chat.type === 'private' });
  await post(message, [how, 'text' in reply ? reply.text : '', sees, hearts], '\n\n', deps);
}

/** A line about a command that there is not. People's words: a tap on them must not say them again. */
export function aboutUnknown(name: string, line: (called: string) => string): Text {
  const called = `/${shortened(name, MAX_NAME)}`;
  const text = line(called);
  return { text, entities: [{ type: 'code', offset: text.indexOf(called), length: called.length }] };
}

/** Names a command that there is not, and those that there are. */
export function sayUnknown(
  message: Message,
  { locale, name }: { locale: string; name: string },
  { answers, spoken }: ReceiveDeps,
): Promise<void> {
  const known = spoken.flatMap((command) => (command.who === 'owner' ? [] : (nameOf(command, locale) ?? [])));
  const line = aboutUnknown(name, (called) => messagesFor(locale).telegram.unknownCommand(called, known));
  return answers.whisper(below(message), line, askerOf(message));
}

/** Says once what the bot is for, where it was added to a group. */
export async function sayHello({ chat, from }: ChatMemberUpdated, me: Me, deps: ReceiveDeps): Promise<void> {
  const target = { chat: String(chat.id) };
  if (!(await deps.onceSaid.isFirst(target.chat, 'hello'))) return;
  await deps.answers.say(target, plain(groupLines(from.language_code ?? 'en', me, deps).join('\n')));
}

function linesFor(
  { chat }: Message,
  { locale, me }: { locale: string; me: Me },
  deps: ReceiveDeps,
): [how: string, sees: string] {
  if (chat.type !== 'private') return groupLines(locale, me, deps);
  const { help, helpTwo } = messagesFor(locale).telegram;
  const picture = pictureCommandOf(deps.spoken);
  return [help, picture && lastOf(picture) ? helpTwo : ''];
}

function groupLines(locale: string, me: Me, { spoken }: ReceiveDeps): [how: string, sees: string] {
  const words = messagesFor(locale).telegram;
  const picture = pictureCommandOf(spoken);
  const name = picture && nameOf(picture, locale);
  return [words.helpInGroups(me.username, name ?? ''), me.seesAll ? words.seesAll : words.seesAddressed];
}

function post(message: Message, parts: readonly string[], between: string, { answers }: ReceiveDeps): Promise<void> {
  const text = parts.filter((part) => part !== '').join(between);
  return answers.whisper(below(message), plain(shortened(text, MAX_TEXT)), askerOf(message));
}
