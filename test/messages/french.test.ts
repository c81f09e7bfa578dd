import { expect, test } from 'vitest';
import { messagesFor } from '../../src/messages/messages.ts';
import { saidIn } from './said.ts';

/** Before `; ! ? »`, before a colon that ends a word, and after `«` stands U+202F, and nothing else; `url=` and `16:9` have none. */
const ODD_SPACE = /(?<!\u202f)[;!?»](?!\w)|(?<![\u202f\d])[:](?=\s|$)|«(?!\u202f)|'/u;

test('French has narrow spaces that do not break where a native sets them, and its own apostrophe', () => {
  const odd = [...saidIn(messagesFor('fr'))].flatMap(([path, texts]) =>
    texts.filter((text) => ODD_SPACE.test(text.replace(/(?:Xyzzy|Plugh)\?/g, ''))).map((text) => ({ path, text })),
  );
  expect(odd).toEqual([]);
});
