import type { Command, OptionInfo } from '../../../../commands/table.ts';
import { isTyped, plainly, typedNames, typedUnits } from '../../../messages/typed.ts';
import { lengthAtEnd } from './length-at-end.ts';

/** A caption as it is meant: the scene, and options as they were given, which the command judges. */
export interface Caption {
  text: string;
  given: Record<string, unknown>;
}

/** What may be a name before a value: `motion=`, `motion: `. One in an address, as `?seed=5`, is none. */
const NAMED = /(?<![\p{L}\p{N}_?&/.#@-])(?<name>[\p{L}_]{1,32})\s{0,3}(?<sign>[=:])\s{0,3}(?=\S)/gu;
/** Stands where an option was taken out: no character, so nobody types it. */
export const TAKEN = '\uffff';
const FIRST_IN_CLAUSE = /(?:^|[,;.(\n\uffff])\s{0,3}$/;
const LAST_IN_CLAUSE = /^[.!]?\s*(?:$|[,;)\n\uffff]|\p{L}{1,32}\s*[=:]\s*\S)/u;

/**
 * Takes options out of a caption: `name=value` and `name: value`, wherever they stand, and a length at its end. All other
 * words are the scene, so nothing that people write about a picture is ever taken for an option.
 */
export function parseCaption(words: string, command: Command, locale: string): Caption {
  const given: Record<string, unknown> = {};
  let text = words.replaceAll(TAKEN, ' ').trim();
  for (let from = 0; ; ) {
    NAMED.lastIndex = from;
    const found = NAMED.exec(text);
    if (!found?.groups) break;
    const { index, 0: whole, groups } = found;
    const end = index + whole.length;
    const option = optionNamed(groups.name ?? '', text.slice(end), { command, locale });
    const read =
      option && readValue(option, { before: text.slice(0, index), after: text.slice(end), sign: groups.sign });
    from = end;
    if (!option || !read) continue;
    given[option.name] = read.value;
    if (read.length === 'stays') continue;
    from = index;
    text = `${text.slice(0, index)}${TAKEN}${text.slice(end + read.length)}`;
  }
  for (const option of command.options) {
    const length = option.name in given ? undefined : lengthAtEnd(text, option);
    if (!length) continue;
    given[option.name] = length.value;
    text = length.text;
  }
  return { text: closed(text), given };
}

/** The option of that name; of several the one that takes the value after it, else the first. */
function optionNamed(
  name: string,
  after: string,
  { command, locale }: { command: Command; locale: string },
): OptionInfo | undefined {
  const labels = command.words(locale).options;
  const typed = plainly(name);
  const named = command.options.filter(
    (option) =>
      (option.type === 'integer' || option.type === 'choice') &&
      [...typedNames(option.name), plainly(option.name), plainly(labels[option.name]?.name ?? '')].includes(typed),
  );
  const { bare } = wordIn(after);
  return named.find((option) => choiceTyped(bare, option) !== undefined) ?? named[0];
}

/** The word that a text begins with, and that without the marks behind it. */
function wordIn(text: string): { word: string; bare: string } {
  const [word = ''] = /^(?:[^\s,;)\uffff]|,(?=\d))+/.exec(text) ?? [];
  return { word, bare: word.replace(/[.!?)"'”»]+$/, '') || word };
}

const choiceTyped = (bare: string, { name, choices }: OptionInfo): string | number | undefined =>
  choices?.find((choice) => isTyped(bare, name, choice));

/**
 * The value after a name, and how much of the text it is. After `:` words may follow that it belongs to: a number then
 * counts, and stays in the scene ("Motion: 7 waves"). A value that the option does not have is one all the same after `=`,
 * and after `:` where name and value stand alone: "motion: fast", but not "motion: the leaves sway" or "slow motion: rain".
 */
function readValue(
  option: OptionInfo,
  { before, after, sign }: { before: string; after: string; sign: string | undefined },
): { value: unknown; length: number | 'stays' } | undefined {
  const standsAlone = (length: number) => LAST_IN_CLAUSE.test(after.slice(length));
  if (option.type === 'integer') {
    const [whole = '', digits, unit = ''] = /^(-?\d{1,12})(?![\p{L}\p{N}]*\p{N}|[.,]\d)\s?(\p{L}*)/u.exec(after) ?? [];
    const isUnit = unit !== '' && typedUnits(option.unit ?? '').includes(plainly(unit));
    const length = isUnit ? whole.length : (digits?.length ?? 0);
    if (digits !== undefined && (isUnit || unit === '' || /\s/.test(whole))) {
      const value = Number(digits);
      if (sign === '=' || standsAlone(length)) return { value, length };
      return isTaken(value, option) ? { value, length: 'stays' } : undefined;
    }
  }
  const { word, bare } = wordIn(after);
  const known = choiceTyped(bare, option);
  if (option.type === 'choice' && known !== undefined && (sign === '=' || standsAlone(word.length)))
    return { value: known, length: bare.length };
  const isMeant = sign === '=' || (FIRST_IN_CLAUSE.test(before) && standsAlone(word.length));
  return isMeant ? { value: bare, length: bare.length } : undefined;
}

const isTaken = (value: number, { choices, min = -Infinity, max = Infinity }: OptionInfo): boolean =>
  choices?.includes(value) ?? (value >= min && value <= max);

/** Closes the gaps that options left, with the marks that stood around them. */
function closed(text: string): string {
  const parts = text.replace(/[([]\s{0,3}\uffff\s{0,3}[)\]]/g, TAKEN).split(TAKEN);
  if (parts.length === 1) return text.trim();
  return parts
    .reduce((whole, part) => {
      const [before, after] = [withoutEnd(whole), part.replace(/^[\s,;.]+/, '')];
      if (before === '' || after === '') return before || after;
      const gap = `${whole.slice(before.length)}${part.slice(0, part.length - after.length)}`;
      return `${before}${/[,;.\n]/.exec(gap)?.[0].replace(/[,;.]/, '$& ') ?? ' '}${after}`;
    })
    .trim();
}

/** A regular expression would begin anew at each mark of a long row. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s,;]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
