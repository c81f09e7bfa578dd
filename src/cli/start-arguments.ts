import { parseArgs } from 'node:util';
import { PlainError } from '../util/plain-error.ts';

export const USAGE = `npm start               starts the bot, with what .env and the environment say
npm run doctor          looks whether it is set up well, and spends nothing
npm run check-keys      looks at the keys alone
npm run animate -- …    makes a clip in the terminal; --help tells how
npm run store -- …      checks or copies the record

npm start takes --help and --version, nothing else: docs/settings.md has every setting.`;

/** A command line that cannot be understood; the message says what can be. */
export class Misuse extends PlainError {
  override name = 'Misuse';
}

/** Reads the command line of `npm start`. Throws `Misuse`. */
export function readStartArguments(args: string[]): 'start' | 'help' | 'version' {
  const flag = (short: string) => ({ type: 'boolean', short }) as const;
  try {
    const { values } = parseArgs({ args, options: { help: flag('h'), version: flag('v') } });
    if (values.help) return 'help';
    return values.version ? 'version' : 'start';
  } catch {
    throw new Misuse(`npm start does not know ${args.join(' ')}.\n\n${USAGE}`);
  }
}
