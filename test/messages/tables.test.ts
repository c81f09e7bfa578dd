import { describe, expect, test } from 'vitest';
import { en } from '../../src/messages/en/index.ts';
import { locales, messagesFor } from '../../src/messages/messages.ts';
import { saidIn } from './said.ts';

const english = saidIn(en);
const others = locales.filter((locale) => locale !== 'en');

/**
 * What a text must have in every language: numbers, addresses, commands, settings, types of files, what was handed in.
 * A `1` may be a word, and thousands are parted as each language does.
 */
function fixedIn(text: string): string[] {
  const together = text.replace(/(?<=\d)[.,\u00a0\u202f\u2009 ](?=\d{3}(?!\d))/g, '');
  const found = together.match(
    /\d+|https?:\S+|(?<![\w/])\/[a-z]+|\b[A-Z]+_[A-Z_]+\b|\b(?:ALLOW|JPEG|PNG|WebP|AVIF|GIF|HEIC|PDF|SVG|UTC)\b|@\w+|[❤🔥⭐]|xyzzy\S*|Xyzzy|Plugh|plugh|Qwop|Zork|a1b2|ab12|Runway/gu,
  );
  return (found ?? []).filter((each) => each !== '1').map((each) => each.replace(/[.,;:”“"]+$/, ''));
}

/** Keys whose text may be the same in several languages: names, signs, and words that they share. */
const ALIKE = [
  /^commands\.\w+\.name$/,
  /^commands\.animate\.options\.\w+\.(name|label)$/,
  /^commands\.animate\.options\.shape\.choices\.portrait$/,
  /^page\.clipCount$/,
  /^settings\.rows\.shape\.values\.portrait$/,
  /^commands\.(clips|show|admin)\.options\.\w+\.name$/,
  /^actions\.(link|details|loop|story)\.label$/,
  /^page\.(title|clips|clipsTitle|chat|clip|clipOf|details|pause|seed|options|chose\.seed|clipsShown)$/,
  /^terminal\.usage\.(file|example)$/,
  /^(details|links\.(title|clip)|discord\.(thread|permissions\.\w+)|telegram\.no|settings\.(switches\.off|several\.roles))$/,
];

/** What samples hand in. */
const HANDED_IN = /Xyzzy|Plugh|Qwop|Zork|xyzzy\S*|plugh/g;
/** Small words of English that no other of the languages has. */
const ENGLISH = /\b(?:the|your|with|this|that|from|and|which|here|there|clips? (?:is|are))\b/i;
/** Values that people type, and names that stay. */
const TYPED = /["“„«「『»]?\b(?:here|mine)\b|from=\w+/g;
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ru: /\p{Script=Cyrillic}/u,
  ja: /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u,
};

describe.each(others)('the words in %s', (locale) => {
  const words = messagesFor(locale);
  const said = saidIn(words);

  test('have the keys that English has, and no others', () => {
    expect([...said.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  test('keep every number, name and address that a text is about', () => {
    const lost = [...english].flatMap(([path, texts]) =>
      texts.flatMap((text, n) => {
        const own = said.get(path)?.[n] ?? '';
        const kept = fixedIn(own);
        const missing = fixedIn(text).filter((each) => !kept.includes(each));
        return missing.length > 0 ? [{ path, missing, own }] : [];
      }),
    );
    expect(lost).toEqual([]);
  });

  test('are none of them English', () => {
    const left = [...said].flatMap(([path, texts]) => {
      const isAlike = ALIKE.some((each) => each.test(path));
      return texts.flatMap((text, n) => {
        const own = text.replace(HANDED_IN, '');
        const isSame = text === english.get(path)?.[n] && /\p{L}{2}/u.test(own);
        const isEnglish = ENGLISH.test(text.replace(TYPED, ''));
        const isOfOthers = SCRIPTS[locale]?.test(text) === false && /\p{L}{3}/u.test(own);
        return isEnglish || ((isSame || isOfOthers) && !isAlike) ? [{ path, text }] : [];
      });
    });
    expect(left).toEqual([]);
  });

  test('are whole: nothing undefined, no gap, no mark twice', () => {
    const odd = [...said].flatMap(([path, texts]) =>
      texts
        .filter((text) =>
          /undefined|null|NaN|\[object|\$\{|\.\.|\p{L} {2,}\p{L}|[^\s«] [.,](?!\p{L})| $|^ /u.test(text),
        )
        .map((text) => ({ path, text })),
    );
    expect(odd).toEqual([]);
  });

  test('name commands as people tell them each other, and options so that platforms take them', () => {
    for (const [name, command] of Object.entries(words.commands)) {
      expect(command.name).toBe(name);
      const names = Object.values(command.options).map((option) => option.name);
      expect(new Set(names).size).toBe(names.length);
      for (const option of names) {
        expect(option).toMatch(/^[-_'\p{L}\p{N}\p{M}]{1,32}$/u);
        expect(option).toBe(option.toLowerCase());
      }
    }
  });
});

/** The most characters that a platform takes, by key. What is shorter in English is no longer elsewhere, where it is an answer. */
const LIMITS: readonly { of: string; keys: RegExp; most: number }[] = [
  { of: 'a description of Discord’s', keys: /^commands\..*\.description$/, most: 100 },
  { of: 'a choice or label of Discord’s', keys: /\.(choices|values)\.\w+$/, most: 100 },
  { of: 'the menu of a message on Discord', keys: /^discord\.menu$/, most: 32 },
  {
    of: 'a title or field of a form of Discord’s',
    keys: /(\.title|^commands\..*\.label|^settings\.rows\.\w+\.label|^settings\.range)$/,
    most: 45,
  },
  {
    of: 'a hint of Discord’s',
    keys: /^(settings\.rows\.\w+\.hint|discord\.form\.\w+|settings\.choose|discord\.(where|choose|chooseClip))$/,
    most: 100,
  },
  {
    of: 'a button',
    keys: /^(actions\.\w+\.label|actions\.star\.counted|telegram\.(sendAgain|back|go|no|wordless|inlineNew|costs|choice)|discord\.(say|checkOther|takeBack)|settings\.(change|back|alsoHere|onlyHere|notHereAnyMore|asUsual)|clips\.(pageBefore|nextPage)|forget\.label)$/,
    most: 32,
  },
  { of: 'the name of a thread', keys: /^discord\.thread$/, most: 100 },
  { of: 'a description of Telegram’s', keys: /^telegram\.description$/, most: 512 },
  { of: 'a short description of Telegram’s', keys: /^telegram\.shortDescription$/, most: 120 },
  { of: 'a field of Telegram’s', keys: /^telegram\.scenePlaceholder$/, most: 64 },
  {
    of: 'an answer to a press on Telegram',
    keys: /^(details|request\.\w+|clips\.(?!title)\w+|actions\.\w+\.(on|off|done|own|nowhere)|settings\.(notYours|unknown|wrong|switchedOff|notHere|noRole)|telegram\.(?!.*(escription|help)|sees|staysShown)\w+)$/,
    most: 200,
  },
];
/** Longer ones in English, too: they are said in messages, where there is room. */
const isSaidInMessages = (path: string): boolean => english.get(path)?.some((text) => text.length > 200) ?? false;

describe.each(locales)('the words in %s', (locale) => {
  const said = saidIn(messagesFor(locale));

  test.each(LIMITS)('fit $of: $most characters', ({ keys, most }) => {
    const paths = [...said.keys()].filter((path) => keys.test(path));
    expect(paths).not.toEqual([]);
    const long = paths
      .filter((path) => most !== 200 || !isSaidInMessages(path))
      .flatMap((path) => (said.get(path) ?? []).filter((text) => text.length > most).map((text) => ({ path, text })));
    expect(long).toEqual([]);
  });

  test('fit the buttons of a setting on Telegram: its label and what is set', () => {
    const { rows, line, asUsual } = messagesFor(locale).settings;
    const lines = Object.values(rows).flatMap(({ label, values = {}, unset }) =>
      [...Object.values(values), unset ?? ''].map((value) => line(label, asUsual(value))),
    );
    expect(lines.filter((text) => text.length > 64)).toEqual([]);
  });
});
