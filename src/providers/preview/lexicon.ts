import { AROUND, LANGUAGES, type Language, MOVES, SPEEDS, WAYS, type Words } from './moves.ts';
import { plainText, tokensOf } from './tokens.ts';

/** What stands around moves, by what it does there. */
export type Role = (typeof AROUND)[number]['role'];

/** The words of one language. */
export interface Lexicon {
  move(word: string): (typeof MOVES)[number] | undefined;
  way(word: string | undefined): (typeof WAYS)[number]['way'] | undefined;
  extent(word: string | undefined): number | undefined;
  is(role: Role, word: string | undefined): boolean;
  /** Words and marks of a plain text; a phrase is one word. */
  words(plain: string): string[];
  isKnown(word: string): boolean;
  /** A word stands after whoever acts, as in Japanese. */
  marksActors: boolean;
}

/** Letters that a language of Latin script has and English has not. */
const LETTERS: Partial<Record<Language, RegExp>> = {
  de: /[äöüß]/,
  es: /[ñáéíóúü¿¡]/,
  'pt-BR': /[ãõâêôáéíóúàç]/,
  fr: /[àâçèéêëîïôûùœ]/,
};
/** How many words of a language its letters count as. */
const LETTERS_COUNT = 1.5;

const LEXICONS = new Map(LANGUAGES.map((language) => [language, lexiconOf(language)]));

/** The words of the language that a scene is written in, as far as they tell; English where they do not. */
export function lexiconFor(scene: string): { lexicon: Lexicon; words: string[] } {
  const plain = plainText(scene);
  const read = (language: Language) => {
    const lexicon = LEXICONS.get(language) ?? lexiconOf(language);
    return { lexicon, words: lexicon.words(plain) };
  };
  if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(plain)) return read('ja');
  if (/\p{Script=Cyrillic}/u.test(plain)) return read('ru');
  let [best, most] = [read('en'), -1];
  for (const language of LANGUAGES) {
    const one = read(language);
    const letters = LETTERS[language]?.test(plain) ? LETTERS_COUNT : 0;
    const known =
      letters + one.words.reduce((sum, word) => sum + (one.lexicon.isKnown(word) ? word.split('_').length : 0), 0);
    if (known > most) [best, most] = [one, known];
  }
  return best;
}

function lexiconOf(language: Language): Lexicon {
  const wordsOf = (row: Words) => row[language]?.split(' ') ?? [];
  const byWord = <Row extends Words>(rows: readonly Row[]) =>
    new Map(rows.flatMap((row) => wordsOf(row).map((word): [string, Row] => [word, row])));
  const [moves, ways, speeds] = [byWord(MOVES), byWord(WAYS), byWord(SPEEDS)];
  const roles = new Set(AROUND.flatMap((row) => wordsOf(row).map((word) => `${row.role} ${word}`)));
  const all = new Set([MOVES, WAYS, SPEEDS, AROUND].flatMap((rows) => rows.flatMap(wordsOf)));
  const single = new Set([...all].flatMap((word) => word.split('_')));
  const maxLength = Math.max(...[...single].map((word) => word.length));
  const phrases = [...all].filter((word) => word.includes('_')).sort((a, b) => b.length - a.length);
  const phrase = new RegExp(`(?<= )(${phrases.join('|').replaceAll('_', ' ')})(?= )`, 'g');
  return {
    move: (word) => moves.get(word),
    way: (word = '') => ways.get(word)?.way,
    extent: (word = '') => speeds.get(word)?.extent,
    is: (role, word = '') => roles.has(`${role} ${word}`),
    words(plain) {
      const joined = ` ${tokensOf(plain, (word) => single.has(word), maxLength).join(' ')} `;
      return joined
        .replace(phrase, (found) => found.replaceAll(' ', '_'))
        .trim()
        .split(' ');
    },
    isKnown: (word) => all.has(word),
    marksActors: [...roles].some((word) => word.startsWith('actor ')),
  };
}
