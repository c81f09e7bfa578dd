const KATAKANA = /^[\u30a1-\u30f6\u30fc]+$/u;
const KANJI = /^\p{Script=Han}$/u;
/** Katakana, other Japanese, other words, marks. */
const RUNS =
  /[\u30a1-\u30f6\u30fc]+|[\p{Script=Hiragana}\p{Script=Han}\u3005]+|(?:(?![\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}])[\p{L}\p{N}])+|[.,;:!?()\n\r\u2013\u2014|/\u2192>+&\u3001\u3002\uff0c\uff0e\u30fb]/gu;

/** Lower case, without apostrophes, with one letter where a language has two: so that words are found. */
export const plainText = (scene: string): string =>
  scene
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<![\p{L}])([ldjmnst]|qu)['\u2019]/gu, '$1 ')
    .replace(/['\u2019]/g, '')
    .replaceAll('\u0451', '\u0435');

/**
 * Words and marks of a plain text. Japanese has no spaces: there the longest words that are known are taken out, of katakana
 * only where all of what is joined is known; the rest between them is a word, too.
 */
export function tokensOf(plain: string, isKnown: (word: string) => boolean, maxLength: number): string[] {
  return (plain.match(RUNS) ?? []).flatMap((run) => {
    if (KATAKANA.test(run)) return splitWhole(run, isKnown, maxLength) ?? [run];
    return /[\p{Script=Hiragana}\p{Script=Han}]/u.test(run) ? splitKnown(run, isKnown, maxLength) : [run];
  });
}

function splitWhole(run: string, isKnown: (word: string) => boolean, maxLength: number): string[] | undefined {
  const words: string[] = [];
  for (let at = 0; at < run.length; ) {
    const word = longestAt(run, at, isKnown, maxLength);
    if (!word) return undefined;
    words.push(word);
    at += word.length;
  }
  return words;
}

function splitKnown(run: string, isKnown: (word: string) => boolean, maxLength: number): string[] {
  const words: string[] = [];
  let unknown = '';
  for (let at = 0; at < run.length; ) {
    const word = longestAt(run, at, isKnown, maxLength);
    // A character of kanji beside one that is not known is a part of its word: not "up" in "coat".
    const next = run.charAt(at + (word?.length ?? 0));
    const isPart =
      word === undefined ||
      (KANJI.test(word.charAt(0)) && KANJI.test(unknown.slice(-1))) ||
      (KANJI.test(word.slice(-1)) && KANJI.test(next) && !longestAt(run, at + word.length, isKnown, maxLength));
    if (isPart) {
      unknown += run.charAt(at);
      at++;
      continue;
    }
    if (unknown) words.push(unknown);
    unknown = '';
    words.push(word);
    at += word.length;
  }
  return unknown ? [...words, unknown] : words;
}

function longestAt(run: string, at: number, isKnown: (word: string) => boolean, maxLength: number): string | undefined {
  for (let length = Math.min(maxLength, run.length - at); length > 0; length--)
    if (isKnown(run.slice(at, at + length))) return run.slice(at, at + length);
  return undefined;
}
