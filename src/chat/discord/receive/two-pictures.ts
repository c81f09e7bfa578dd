import type { Command } from '../../../../commands/table.ts';
import { saysFromTo } from '../../../messages/typed.ts';
import { lastIn, nameOf } from './commands.ts';
import type { GivenOptions } from './forms.ts';
import type { FoundPicture } from './found-pictures.ts';

/** Two pictures as a command is given them; undefined where they are not two, or it takes no second one. */
export function bothOf(pictures: readonly (FoundPicture | null)[], command: Command): GivenOptions | undefined {
  const [first, last, ...more] = pictures;
  const name = lastIn(command);
  if (!first || !last || more.length > 0 || name === undefined) return undefined;
  return { [nameOf(command, 'picture')]: first, [name]: last };
}

/** The same where the words beside them say that the clip goes from one to the other. */
export const meantTogether = (
  pictures: readonly FoundPicture[],
  text: string,
  command: Command,
): GivenOptions | undefined => (saysFromTo(text) ? bothOf(pictures, command) : undefined);
