import { parseArgs } from 'node:util';
import type { Messages } from '../../messages/messages.ts';
import { PlainError } from '../../util/plain-error.ts';

/** A command line that cannot be understood; the message is one sentence for the person. */
export class UsageError extends PlainError {
  override name = 'UsageError';
}

type TerminalWords = Messages['terminal'];

/** What can be typed, a line each, with its words in a column. */
export function usageOf({ usage }: TerminalWords): string {
  const options = [
    ['--motion 1-10', usage.motion],
    ['--seed N', usage.seed],
    ['--duration 2-10', usage.duration],
    ['--model NAME', usage.model],
    ['--sound on|off', usage.sound],
    ['--frame first|last', usage.frame],
    ['--last FILE', usage.last],
    ['--shape NAME', usage.shape],
    ['', usage.shapes],
    ['--fit crop|pad|strict', usage.fit],
    ['--focus X,Y', usage.focus],
    ['--takes 1-4', usage.takes],
    [`--out ${usage.file}`, usage.out],
    ['', usage.outs],
    ['--force', usage.force],
  ].map(([option = '', means]) => `  ${option.padEnd(25)}${means}`);
  return [usage.how, '', usage.wordless, '', ...options, '', usage.example].join('\n');
}

export type TerminalArguments = Exclude<ReturnType<typeof readArguments>, 'help'>;

/** Reads the command line. Values out of range are left for the command to refuse, as on every platform. */
export function readArguments(argv: string[], words: TerminalWords) {
  const { values, positionals } = parse(withNegatives(argv), words);
  if (values.help) return 'help' as const;
  const [picture, scene, ...more] = positionals;
  if (picture === undefined) throw new UsageError(words.noPicture);
  // A shell's variable that was not set.
  if (scene?.trim() === '') throw new UsageError(words.emptyScene);
  if (/^\w{2,}:\/\//.test(picture)) throw new UsageError(words.address(picture));
  const other = positionals.slice(1).find((each) => PICTURE_NAME.test(each));
  if (other !== undefined) throw new UsageError(words.twoPictures(picture, other));
  if (more.length > 0) throw new UsageError(words.unquoted([scene, ...more].join(' ')));
  const { motion, seed, duration, model, sound, frame, last, shape, fit, focus, takes, out, force = false } = values;
  if (out !== undefined && !/\.mp4$/i.test(out)) throw new UsageError(words.notMp4(out));
  return {
    picture,
    scene: scene ?? '',
    last,
    options: {
      ...{ motion: number(motion), seed: number(seed), duration: number(duration), fit, takes: number(takes) },
      ...{ model, sound, frame, shape, focus },
    },
    out,
    force,
  };
}

/** The name of a file that is a picture, and no scene. */
const PICTURE_NAME = /^\S+\.(jpe?g|png|webp|avif|hei[cf]|gif)$/i;

/** `--seed -1` is an option and its value: which it does not take, as it is to say. */
function withNegatives(argv: string[]): string[] {
  const [first, second, ...rest] = argv;
  if (first === undefined || second === undefined) return argv;
  if (/^--\w+$/.test(first) && /^-\d/.test(second)) return [`${first}=${second}`, ...withNegatives(rest)];
  return [first, ...withNegatives([second, ...rest])];
}

function parse(argv: string[], words: TerminalWords) {
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
        frame: text,
        last: text,
        shape: text,
        fit: text,
        focus: text,
        takes: text,
        out: text,
        force: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(wrongIn(error, words));
  }
}

/** Node's own sentences are English, and name the option that is wrong first (https://nodejs.org/api/errors.html). */
function wrongIn(error: unknown, { unknownOption, noValue, noneTaken }: TerminalWords): string {
  const { code, message } = error instanceof Error && 'code' in error ? error : { code: undefined, message: '' };
  const option = /'(?:-\w, )?(-[^\s']*)/.exec(message)?.[1];
  if (option === undefined) return String(error);
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return unknownOption(option);
  return message.includes('does not take') ? noneTaken(option) : noValue(option);
}

/** NaN where it is none, which no range takes. */
const number = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text.trim() || Number.NaN);
