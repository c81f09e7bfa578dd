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

/**
 * People's own words. Telegram turns mentions, links and commands in plain text into live ones by itself, except in
 * `code`: so no person is called by it, nothing renders, and a tap copies it.
 */
export const quoted = (text: string): Text =>
  text === '' ? plain('') : { text, entities: [{ type: 'code', offset: 0, length: text.length }] };

/** Puts lines below each other. */
export function lines(...parts: readonly Text[]): Text {
  const whole: Text = { text: '', entities: [] };
  for (const { text, entities } of parts) {
    if (text === '') continue;
    if (whole.text !== '') whole.text += '\n';
    const offset = whole.text.length;
    whole.text += text;
    whole.entities.push(...entities.map((entity) => ({ ...entity, offset: entity.offset + offset })));
  }
  return whole;
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
