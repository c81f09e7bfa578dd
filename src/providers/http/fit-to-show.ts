/** Nothing longer was written for people, and more of it is no reason but an account; in characters. */
const [MAX_SAID, MAX_CHARS] = [2_000, 160];
/** With fewer letters, or a smaller share of them, what is left says something else. */
const [MIN_LETTERS, MIN_SHARE] = [8, 0.6];

/** What is no word of a sentence: tags, addresses, mentions, commands, names of files, keys, ids. Links keep their words. */
const NO_WORDS: readonly (readonly [RegExp, string])[] = [
  [/<[^<>]{0,200}>/g, ' '],
  [/\[([^[\]]{0,200})\]\([^()]{0,300}\)/g, '$1'],
  [/\S*:\/\/\S*/g, ' '],
  [/\S*@\S*/g, ' '],
  [/(?<!\S)[/#]\S*/g, ' '],
  [/\S*\p{L}[.:]\p{L}\S*/gu, ' '],
  [/\S*(?:\d{5}|\p{L}-?\d{3}|--|__)\S*/gu, ' '],
  [/\S{21,}/g, ' '],
];
/** Marks that could mean something to a platform, and letters piled up. */
const MARKS = /[^\p{L}\p{M}\p{N} .,;:'’"“”()!?%-]|(?<=\p{M}{2})\p{M}/gu;

const lettersIn = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/**
 * The service's own words about a failure, fit to stand in a sentence of ours: short, and cleaned of markup, addresses,
 * mentions, keys and ids. Undefined where too little of them is left.
 */
export function fitToShow(said: unknown): string | undefined {
  if (typeof said !== 'string' || said.length > MAX_SAID) return undefined;
  let text = said.replace(/\s+/g, ' ').normalize('NFC');
  const before = Math.min(lettersIn(text), MAX_CHARS);
  for (const [pattern, instead] of NO_WORDS) text = text.replace(pattern, instead);
  text = shortened(closed(text.replace(MARKS, ' ')));
  const letters = lettersIn(text);
  return letters >= MIN_LETTERS && letters >= before * MIN_SHARE ? text : undefined;
}

/** Closes the gaps that words left which were taken out, and takes the full stop away. */
const closed = (text: string): string =>
  text
    .replace(/\( *\)|"\s*"|“\s*”/g, ' ')
    .replace(/ +(?=[.,;:!?)])/g, '')
    .replace(/ {2,}/g, ' ')
    .replace(/\([^()]*$/, '')
    .replace(/[\s.,;:-]+$/, '')
    .replace(/^[\s.,;:!?)-]+/, '');

/** Cut where a word ends. */
function shortened(text: string): string {
  const chars = [...text];
  if (chars.length <= MAX_CHARS) return text;
  const head = chars.slice(0, MAX_CHARS).join('');
  return `${head.slice(0, head.lastIndexOf(' ')).replace(/[\s.,;:-]+$/, '')}…`;
}
