import type { Command, OptionInfo } from '../../../../commands/table.ts';

/**
 * Takes options off the end of a line, each at most once; what is none, and all before it, is the text. They stay as
 * they were given: the command says what is wrong with them.
 */
export function parseCaption(words: string, command: Command, locale: string) {
  let text = words.trim();
  const given: Record<string, unknown> = {};
  for (;;) {
    const last = /(?:^|\s)(\S+)$/.exec(text)?.[1];
    if (last === undefined) return { text, given };
    const found = readOption(last.toLowerCase(), command, locale);
    if (!found || found.name in given) return { text, given };
    given[found.name] = found.value;
    text = text.slice(0, -last.length).trimEnd();
  }
}

function readOption(word: string, command: Command, locale: string): { name: string; value: unknown } | undefined {
  const labels = command.words(locale).options;
  for (const option of command.options) {
    const value = readValue(word, option, [option.name, labels[option.name]?.name]);
    if (value !== undefined) return { name: option.name, value };
  }
  return undefined;
}

/** `10s`, `pad`, `motion=7`. */
function readValue(word: string, { type, choices, unit }: OptionInfo, names: readonly (string | undefined)[]): unknown {
  if (type === 'choice' || (type === 'integer' && choices && unit !== undefined))
    return choices?.find((choice) => `${choice}${unit ?? ''}`.toLowerCase() === word);
  const [, name, number] = /^([^=]+)=(\d{1,12})$/.exec(word) ?? [];
  return type === 'integer' && name !== undefined && names.includes(name) ? Number(number) : undefined;
}
