import { expect, test } from 'vitest';
import { animateCommand } from '../../commands/animate.ts';
import { parseCaption } from '../../src/chat/telegram/receive/parse-caption.ts';
import { locales, messagesFor } from '../../src/messages/messages.ts';

/** What a text says that may be typed: "motion=7". */
const typedIn = (text: string): string[] => text.match(/\p{L}+=[\p{L}\p{N}]+/gu) ?? [];

/** Japanese sets no space before a name, so the words before it are taken along. */
const namesIn = (typed: string): string[] =>
  /^\p{Script=Latin}/u.test(typed) ? [typed] : [...typed].map((_, at) => [...typed].slice(at).join(''));

function isUnderstood(option: string, reader: string): boolean {
  const { text, given } = parseCaption(option, animateCommand, reader);
  return text === '' && Object.keys(given).length === 1 && animateCommand.problem(given, reader) === undefined;
}

test.each(locales)('what Telegram’s help in %s says that may be typed is understood, in every language', (locale) => {
  const { help, helpInGroups } = messagesFor(locale).telegram;
  const typed = [...typedIn(help), ...typedIn(helpInGroups('bot', 'animate'))];
  expect(typed.length).toBeGreaterThan(5);
  for (const reader of locales)
    expect(typed.filter((each) => !namesIn(each).some((option) => isUnderstood(option, reader)))).toEqual([]);
});
