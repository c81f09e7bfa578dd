import type { Message } from 'grammy/types';
import type { Command, OptionInfo } from '../../../../commands/table.ts';
import { plainly } from '../../../messages/typed.ts';
import { personOf, writerOf } from '../places.ts';
import { optionOf } from './spoken.ts';

/**
 * Fills the options of a command that takes no picture from what stands behind it: `/clips mine sea starred`. A word that is
 * one of a choice, or the name of a flag, counts where it stands first, a flag also where it stands last; the rest is the
 * text, or what names a clip.
 */
export function filledByWords(command: Command, words: string, locale: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  const tokens = words.split(/\s+/).filter((word) => word !== '');
  const labels = command.words(locale).options;
  const flagCalled = (word: string | undefined): OptionInfo | undefined =>
    command.options.find(
      ({ type, name }) => type === 'flag' && word !== undefined && isCalled(word, [name, labels[name]?.name]),
    );
  const take = (option: OptionInfo, value: unknown): void => {
    given[option.name] ??= value;
  };
  for (let [first] = tokens; first !== undefined; [first] = tokens) {
    const found = choiceCalled(first, command, given) ?? flagOf(flagCalled(first), given);
    if (!found) break;
    take(found.option, found.value);
    tokens.shift();
  }
  const last = flagOf(flagCalled(tokens.at(-1)), given);
  if (last) {
    take(last.option, last.value);
    tokens.pop();
  }
  const rest = optionOf(command, 'text') ?? optionOf(command, 'clip');
  if (rest && tokens.length > 0) given[rest.name] = tokens.join(' ');
  return given;
}

type Given = Readonly<Record<string, unknown>>;

const flagOf = (option: OptionInfo | undefined, given: Given) =>
  option && !(option.name in given) ? { option, value: true } : undefined;

function choiceCalled(word: string, { options }: Command, given: Given) {
  for (const option of options) {
    const value = option.choices?.find((choice) => isCalled(word, [String(choice)]));
    if (option.type === 'choice' && value !== undefined && !(option.name in given)) return { option, value };
  }
  return undefined;
}

const isCalled = (word: string, names: readonly (string | undefined)[]): boolean =>
  names.some((name) => name !== undefined && plainly(name) === plainly(word));

/** The person that a message is about: who is mentioned in it by name, or who is replied to; and its words without that. */
export function personMeant(
  message: Message,
  words: string,
  me: { id: number },
): { person: string | undefined; words: string } {
  const { text = '', entities = [], reply_to_message: replied } = message;
  for (const entity of entities)
    if (entity.type === 'text_mention' && entity.user.id !== me.id && !entity.user.is_bot) {
      const name = text.slice(entity.offset, entity.offset + entity.length);
      return { person: personOf(entity.user).id, words: words.replace(name, ' ').trim() };
    }
  const writer = replied && !replied.forum_topic_created ? writerOf(replied) : undefined;
  return { person: writer?.id, words };
}
