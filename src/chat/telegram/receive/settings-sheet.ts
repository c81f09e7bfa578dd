import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { Reply, SettingField } from '../../../../commands/reply.ts';
import type { Standing } from '../../../../commands/settings/standing.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { shortened } from '../../kit/text.ts';
import type { TextMessage } from '../send/post.ts';
import { MAX_TEXT, plain } from '../texts.ts';

/*
 * What is set for a chat, as a message: a button for each setting, and behind it one for each value.
 */

/** A press under the settings. */
export interface SettingPress {
  /** Empty: all of them. */
  name: string;
  /** Absent: it is to be chosen; empty: as usual. */
  value?: string;
}

type SettingsReply = Extract<Reply, { type: 'settings' }>;

/** On a telephone the rest of a label is cut. */
const MAX_LABEL = 60;
const NUMBERS = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000];
const NUMBERS_IN_ROW = 4;
/** The value of a topic's button: the one that was pressed in, in or out. */
export const HERE = 'here';

const write = ({ name, value }: SettingPress): string => (value === undefined ? `set:${name}` : `set:${name}:${value}`);

/** Undefined where it is another button. A client may send what no button has. */
export function readSetting(data: string): SettingPress | undefined {
  const [, name, value] = /^set:([a-zA-Z]{0,32})(?::([\w-]{0,20}))?$/.exec(data) ?? [];
  return name === undefined ? undefined : { name, value };
}

const button = (text: string, press: SettingPress): InlineKeyboardButton => ({
  text: shortened(text, MAX_LABEL),
  callback_data: write(press),
});

/** All settings; or the one that was picked, with its values. */
export function settingsSheet(
  reply: SettingsReply,
  { picked, standing }: { picked?: string; standing?: Standing },
): TextMessage {
  const { locale } = reply;
  const words = messagesFor(locale).settings;
  const field = reply.fields.find(({ name }) => name === picked);
  const lines = field
    ? [field.label, words.now(field.shown), field.hint ?? '']
    : [reply.text, ...(reply.changes.length > 0 ? ['', words.lately, ...reply.changes] : [])];
  const text = plain(
    shortened(
      lines
        .filter((line, i) => line !== '' || i > 0)
        .join('\n')
        .trim(),
      MAX_TEXT,
    ),
  );
  return { ...text, keyboard: field ? fieldKeyboard(field, { locale, standing }) : listKeyboard(reply, locale) };
}

const listKeyboard = ({ fields }: SettingsReply, locale: string): InlineKeyboardMarkup => ({
  inline_keyboard: fields.map(({ name, label, shown }) => [
    button(messagesFor(locale).settings.line(label, shown), { name }),
  ]),
});

function fieldKeyboard(
  field: SettingField,
  { locale, standing }: { locale: string; standing?: Standing },
): InlineKeyboardMarkup {
  const { back, chosen } = messagesFor(locale).settings;
  const { name, isSet, usually } = field;
  const usual = button(isSet ? usually : chosen(usually), { name, value: '' });
  return { inline_keyboard: [...valueRows(field, { locale, standing }), [usual], [button(back, { name: '' })]] };
}

function valueRows(
  field: SettingField,
  { locale, standing }: { locale: string; standing?: Standing },
): InlineKeyboardButton[][] {
  const words = messagesFor(locale).settings;
  const { name } = field;
  const mark = (isChosen: boolean, label: string): string => (isChosen ? words.chosen(label) : label);
  switch (field.kind) {
    case 'choice':
      return field.choices.map(({ value, label }) => [button(mark(value === field.value, label), { name, value })]);
    case 'number': {
      const { min, max, value } = field;
      const offered = [...new Set([min, ...NUMBERS, max])].filter((n) => n >= min && n <= max).sort((a, b) => a - b);
      const buttons = offered.map((n) => button(mark(n === value, String(n)), { name, value: String(n) }));
      return Array.from({ length: Math.ceil(buttons.length / NUMBERS_IN_ROW) }, (_, row) =>
        buttons.slice(row * NUMBERS_IN_ROW, (row + 1) * NUMBERS_IN_ROW),
      );
    }
    default: {
      const isHere = field.ids.some((id) => standing?.channels?.includes(id));
      const label = isHere ? words.notHereAnyMore : field.ids.length > 0 ? words.alsoHere : words.onlyHere;
      return [[button(label, { name, value: HERE })]];
    }
  }
}
