import type { MessageEntity } from 'grammy/types';

/** Lengths that Telegram takes, in UTF-16 code units, as entities are counted; https://core.telegram.org/bots/api#sendvideo */
export const MAX_CAPTION = 1024;
export const MAX_TEXT = 4096;

/** Text as Telegram wants it: no markup is parsed, ranges say what is special. */
export interface Text {
  text: string;
  entities: MessageEntity[];
}

/** A line of ours. */
export const plain = (text: string): Text => ({ text, entities: [] });

/** A word that Telegram may make a live mention, command, tag, link or number to call of. */
const LIVE = /[@/#$\\]\S|[\p{L}\p{N}][.:]\S|\d{5}/u;

/** People's own words. What would come alive in them is `code`, where it does not: no person is called by it. */
export const quoted = (text: string): Text => ({
  text,
  entities: [...text.matchAll(/\S+/g)]
    .filter(({ 0: word }) => LIVE.test(word))
    .map(({ 0: { length }, index: offset }) => ({ type: 'code', offset, length })),
});

/** Where a live word can be broken: unseen, and no part of it. */
const JOINTS = /[@/#$\\.:]|\d{4}/g;
const UNSEEN = '\u2060';

/** A scene: covered where its clip is. No `code` can be covered, so what would come alive in it is broken up. */
export function sceneOf(text: string, { spoiler = false }: { spoiler?: boolean }): Text {
  if (!spoiler || text === '') return quoted(text);
  const still = text.replace(/\S+/g, (word) => (LIVE.test(word) ? word.replace(JOINTS, `$&${UNSEEN}`) : word));
  return { text: still, entities: [{ type: 'spoiler', offset: 0, length: still.length }] };
}

/** What is to be copied: a tap does. */
export const copied = (text: string): Text => ({
  text,
  entities: text === '' ? [] : [{ type: 'code', offset: 0, length: text.length }],
});

/** A line of facts, folded where it is long; covered where its clip is, for it tells what was understood of the scene. */
export const folded = (facts: readonly string[], { spoiler = false }: { spoiler?: boolean } = {}): Text => {
  const text = facts.join(' · ');
  const types = spoiler ? (['expandable_blockquote', 'spoiler'] as const) : (['expandable_blockquote'] as const);
  return { text, entities: text === '' ? [] : types.map((type) => ({ type, offset: 0, length: text.length })) };
};

/** Puts lines below each other. */
export const lines = (...parts: readonly Text[]): Text => joined('\n', parts);

/** Puts texts behind each other, on one line. */
export const row = (...parts: readonly Text[]): Text => joined('', parts);

function joined(between: string, parts: readonly Text[]): Text {
  const whole: Text = { text: '', entities: [] };
  for (const { text, entities } of parts) {
    if (text === '') continue;
    if (whole.text !== '') whole.text += between;
    const offset = whole.text.length;
    whole.text += text;
    whole.entities.push(...entities.map((entity) => ({ ...entity, offset: entity.offset + offset })));
  }
  return whole;
}

/** A person's name within a line of ours; without an `id` they cannot be reached by it. */
export function mentioned(
  { id, name }: { id: number | undefined; name: string },
  { before, after }: { before: string; after: string },
): Text {
  const user = id === undefined ? undefined : { id, is_bot: false, first_name: name };
  const entities: MessageEntity[] = user
    ? [{ type: 'text_mention', offset: before.length, length: name.length, user }]
    : quoted(name).entities.map((entity) => ({ ...entity, offset: entity.offset + before.length }));
  return { text: `${before}${name}${after}`, entities };
}

/** The same line, with a person mentioned before it: also one without a user name is reached by that. */
export function called({ id, name }: { id: number; name: string }, { text, entities }: Text): Text {
  const before = `${name}: `;
  const user = { id, is_bot: false, first_name: name };
  return {
    text: `${before}${text}`,
    entities: [
      { type: 'text_mention', offset: 0, length: name.length, user },
      ...entities.map((entity) => ({ ...entity, offset: entity.offset + before.length })),
    ],
  };
}
