import { expect, test } from 'vitest';
import { animateCommand } from '../../commands/animate.ts';
import { parseCaption } from '../../src/chat/telegram/receive/parse-caption.ts';
import { locales, messagesFor } from '../../src/messages/messages.ts';
import { CAPABILITIES } from '../../src/providers/preview/capabilities.ts';
import { scriptedProvider } from '../helpers/rig.ts';

const command = animateCommand.offeredBy(scriptedProvider(CAPABILITIES));

/** What a text says that may be typed: "motion=7". */
const typedIn = (text: string): string[] => text.match(/\p{L}+=[\p{L}\p{N}]+/gu) ?? [];

/** Japanese sets no space before a name, so the words before it are taken along. */
const namesIn = (typed: string): string[] =>
  /^\p{Script=Latin}/u.test(typed) ? [typed] : [...typed].map((_, at) => [...typed].slice(at).join(''));

function isUnderstood(option: string, reader: string): boolean {
  const { text, given } = parseCaption(option, command, reader);
  return text === '' && Object.keys(given).length === 1 && command.problem(given, reader) === undefined;
}

test.each(locales)('the shapes of a clip may be typed as they are called in %s, or as their ratio', (locale) => {
  const { name, choices } = messagesFor(locale).commands.animate.options.shape;
  for (const [value, called] of Object.entries(choices)) {
    const [, word = '', ratio = word] = /^(\S+)(?: \((.+)\))?$/.exec(called) ?? [];
    for (const typed of [value, word, ratio])
      expect(parseCaption(`xyzzy, ${name}=${typed}`, command, 'en'), typed).toEqual({
        text: 'xyzzy',
        given: { shape: value },
      });
  }
});

test.each(locales)('what Telegram’s help in %s says that may be typed is understood, in every language', (locale) => {
  const { help, helpInGroups } = messagesFor(locale).telegram;
  const typed = [...typedIn(help), ...typedIn(helpInGroups('bot', 'animate'))];
  expect(typed.length).toBeGreaterThan(5);
  for (const reader of locales)
    expect(typed.filter((each) => !namesIn(each).some((option) => isUnderstood(option, reader)))).toEqual([]);
});
