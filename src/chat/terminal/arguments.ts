import { parseArgs } from 'node:util';
import { PlainError } from '../../util/plain-error.ts';

export const USAGE = `Usage: npm run animate -- PICTURE ["SCENE"] [options]

Without a scene the picture moves by itself, where the service makes such clips.

  --motion 1-10            how much moves (default 5)
  --seed N                 the same seed gives the same clip again
  --duration 5|10          seconds (default 5)
  --fit crop|pad|strict    how the picture is made to fit 16:9 or 9:16
  --takes 1-4              so many clips of it at once, each with the next seed (default 1)
  --out FILE.mp4           where the clip goes (default: beside you, named after the picture);
                           several takes go to FILE-1.mp4, FILE-2.mp4 and so on

Example: npm run animate -- photo.jpg "waves roll in, slow zoom" --motion 7`;

/** A command line that cannot be understood; the message is one sentence for the person. */
export class UsageError extends PlainError {
  override name = 'UsageError';
}

export type TerminalArguments = Exclude<ReturnType<typeof readArguments>, 'help'>;

/** Reads the command line. Values out of range are left for the command to refuse, as on every platform. */
export function readArguments(argv: string[]) {
  const { values, positionals } = parse(argv);
  if (values.help) return 'help' as const;
  const [picture, scene, ...more] = positionals;
  // A blank one is a shell's variable that was not set; without one the picture moves by itself.
  if (picture === undefined || scene?.trim() === '')
    throw new UsageError(
      'Name a picture and say what should happen in it: npm run animate -- photo.jpg "waves roll in"',
    );
  if (more.length > 0) throw new UsageError(`Put the scene in quotes: "${[scene, ...more].join(' ')}".`);
  const { motion, seed, duration, fit, takes, out } = values;
  return {
    picture,
    scene: scene ?? '',
    options: { motion: number(motion), seed: number(seed), duration: number(duration), fit, takes: number(takes) },
    out,
  };
}

function parse(argv: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        motion: text,
        seed: text,
        duration: text,
        fit: text,
        takes: text,
        out: text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : String(error));
  }
}

/** NaN where it is none, which no range takes. */
const number = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text.trim() || Number.NaN);
