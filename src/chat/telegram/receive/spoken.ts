import type { Command, OptionInfo } from '../../../../commands/table.ts';
import type { RemotePicture } from '../../../media/pictures/declared.ts';
import { locales } from '../../../messages/messages.ts';

/** Names that a command may have; https://core.telegram.org/bots/api#botcommand */
const NAME = /^[a-z0-9_]{1,32}$/;

/** A command's name in a language, or in the table where that one cannot be typed on Telegram. */
export const nameOf = (command: Command, locale: string): string | undefined =>
  [command.words(locale).name, command.name].find((name) => NAME.test(name));

export const optionOf = ({ options }: Command, type: OptionInfo['type']): OptionInfo | undefined =>
  options.find((option) => option.type === type);

/** The option for a second picture, which the clip ends on. */
export const lastOf = ({ options }: Command): OptionInfo | undefined =>
  options.find(({ type, required }) => type === 'picture' && !required);

/** Whether Telegram carries it: a command that can be typed, with one picture and one text beside it. */
export const isSpoken = (command: Command): boolean =>
  nameOf(command, 'en') !== undefined &&
  (['picture', 'text'] as const).every(
    (type) => command.options.filter((option) => option.required && option.type === type).length <= 1,
  );

/** The command of this name, in whichever language. */
export const commandCalled = (name: string, commands: readonly Command[]): Command | undefined =>
  commands.find((command) => command.name === name || locales.some((locale) => nameOf(command, locale) === name));

/** The command of a picture that comes without one. */
export const pictureCommandOf = (commands: readonly Command[]): Command | undefined =>
  commands.find((command) => optionOf(command, 'picture') !== undefined);

/** A command's options, filled in: the text, the picture beside it, and those that were given by name. */
export function filledIn(
  command: Command,
  { text, picture, given }: { text: string; picture?: RemotePicture; given: Record<string, unknown> },
): Record<string, unknown> {
  const filled = { ...given };
  const textOption = optionOf(command, 'text');
  const pictureOption = optionOf(command, 'picture');
  if (textOption) filled[textOption.name] = text;
  if (pictureOption && picture) filled[pictureOption.name] = picture;
  return filled;
}
