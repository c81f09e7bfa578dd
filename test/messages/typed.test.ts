import { expect, test } from 'vitest';
import { animateCommand } from '../../commands/animate.ts';
import { parseCaption } from '../../src/chat/telegram/receive/parse-caption.ts';
import { locales, messagesFor } from '../../src/messages/messages.ts';

/** What a text says that may be typed: "motion=7". */
const typedIn = (text: string): string[] => text.match(/\p{L}+=[\p{L}\p{N}]+/gu) ?? [];

test.each(locales)('what Telegram’s help in %s says that may be typed is understood, in every language', (locale) => {
  const { help, helpInGroups } = messagesFor(locale).telegram;
  const typed = [...typedIn(help), ...typedIn(helpInGroups('bot', 'animate'))];
  expect(typed.length).toBeGreaterThan(5);
  for (const reader of locales)
    for (const option of typed) {
      const { text, given } = parseCaption(`${option}`, animateCommand, reader);
      expect({ option, text, problem: animateCommand.problem(given, reader) }).toEqual({ option, text: '' });
      expect(Object.keys(given)).toHaveLength(1);
    }
});
