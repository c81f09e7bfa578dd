import type { Message } from 'grammy/types';
import { helpCommand } from '../../../../commands/help.ts';
import type { Command, CommandDeps, RequestOrigin } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { MAX_TEXT, plain, shortened } from '../texts.ts';
import type { Answers } from './answers.ts';
import type { Me } from './incoming.ts';
import { nameOf, pictureCommandOf } from './spoken.ts';

/** Says how it goes on Telegram, which no table knows: what is sent, and what the bot sees in groups. */
export interface Help {
  /** In a few words, where a message was not understood. */
  say(message: Message, locale: string, me: Me): Promise<void>;
  /** Around what the table's help says. */
  sayAll(message: Message, origin: RequestOrigin, me: Me): Promise<void>;
}

export function createHelp(deps: CommandDeps & { spoken: readonly Command[]; answers: Answers }): Help {
  const { answers, spoken } = deps;

  function linesFor({ chat }: Message, locale: string, { username, seesAll }: Me): [how: string, sees: string] {
    const words = messagesFor(locale).telegram;
    if (chat.type === 'private') return [words.help, ''];
    const picture = pictureCommandOf(spoken);
    const name = picture && nameOf(picture, locale);
    return [words.helpInGroups(username, name ?? ''), seesAll ? words.seesAll : words.seesAddressed];
  }

  const post = (message: Message, parts: readonly string[], between: string): Promise<void> => {
    const text = parts.filter((part) => part !== '').join(between);
    return answers.later(() => answers.reply(message, plain(shortened(text, MAX_TEXT))));
  };

  return {
    say: (message, locale, me) => post(message, linesFor(message, locale, me), '\n'),
    async sayAll(message, origin, me) {
      const reply = await helpCommand.execute(origin, {}, deps);
      const [how, sees] = linesFor(message, origin.locale, me);
      await post(message, [how, 'text' in reply ? reply.text : '', sees], '\n\n');
    },
  };
}
