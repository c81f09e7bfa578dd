import { parseArgs } from 'node:util';
import { PlainError } from '../../util/plain-error.ts';

export const USAGE = `Usage: npm run animate -- PICTURE ["SCENE"] [options]

Without a scene the picture moves by itself, where the service makes such clips.

  --motion 1-10            how much moves (default 5)
  --seed N                 the same seed gives the same clip again; without, each run makes another
  --duration 2-10          seconds (default 5); a service may have some of them only
  --model NAME             which model makes it, where there are several
  --sound on|off           with sound, where the model has it (default off)
  --fit crop|pad|strict    how the picture is made to fit 16:9 or 9:16
  --takes 1-4              so many clips of it at once, each with the next seed (default 1)
  --out FILE.mp4           where the clip goes (default: beside you, named after the picture);
                           several takes go to FILE-1.mp4, FILE-2.mp4 and so on
  --force                  a file that is there already is replaced

Example: npm run animate -- photo.jpg "waves roll in, slow zoom" --motion 7`;

/** A command line that cannot be understood; the message is one sentence for the person. */
export class UsageError extends PlainError {
  override name = 'UsageError';
}

export type TerminalArguments = Exclude<ReturnType<typeof readArguments>, 'help'>;

/** Reads the command line. Values out of range are left for the command to refuse, as on every platform. */
export function readArguments(argv: string[]) {
  const { values, positionals } = parse(withNegatives(argv));
  if (values.help) return 'help' as const;
  const [picture, scene, ...more] = positionals;
  if (picture === undefined)
    throw new UsageError(
      'Name a picture and, unless it should move by itself, what should happen in it: npm run animate -- photo.jpg "waves roll in"',
    );
  // A shell's variable that was not set.
  if (scene?.trim() === '')
    throw new UsageError('The scene is empty. Say what should happen in the picture, or leave it out altogether.');
  if (/^\w{2,}:\/\//.test(picture))
    throw new UsageError(`${picture} is an address, and only files are taken. Save the picture, and name that file.`);
  const other = positionals.slice(1).find((each) => PICTURE_NAME.test(each));
  if (other !== undefined)
    throw new UsageError(`A clip is made of one picture: name ${picture} or ${other}, then the scene in quotes.`);
  if (more.length > 0) throw new UsageError(`Put the scene in quotes: "${[scene, ...more].join(' ')}".`);
  const { motion, seed, duration, model, sound, fit, takes, out, force = false } = values;
  if (out !== undefined && !/\.mp4$/i.test(out))
    throw new UsageError(`--out ${out}: a clip is an MP4. Give it a name that ends in .mp4.`);
  return {
    picture,
    scene: scene ?? '',
    options: {
      ...{ motion: number(motion), seed: number(seed), duration: number(duration), fit, takes: number(takes) },
      ...{ model, sound },
    },
    out,
    force,
  };
}

/** The name of a file that is a picture, and no scene. */
const PICTURE_NAME = /^\S+\.(jpe?g|png|webp|avif|gif)$/i;

/** `--seed -1` is an option and its value: which it does not take, as it is to say. */
function withNegatives(argv: string[]): string[] {
  const [first, second, ...rest] = argv;
  if (first === undefined || second === undefined) return argv;
  if (/^--\w+$/.test(first) && /^-\d/.test(second)) return [`${first}=${second}`, ...withNegatives(rest)];
  return [first, ...withNegatives([second, ...rest])];
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
        model: text,
        sound: text,
        fit: text,
        takes: text,
        out: text,
        force: { type: 'boolean' },
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
