import { z } from 'zod';
import type { Chat } from './chats.ts';
import { json } from './params.ts';
import { badRequest } from './refusal.ts';
import type { Keyboard, Msg } from './shapes.ts';

/** "1-64 bytes": https://core.telegram.org/bots/api#inlinekeyboardbutton */
const MAX_DATA_BYTES = 64;
const MAX_BUTTONS = 100;
/** The fields one of which says what a button does. */
const ACTIONS = [
  'callback_data',
  'url',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
];

const button = z.looseObject({ text: z.string(), callback_data: z.string().optional(), url: z.string().optional() });

/** "1-64 characters": https://core.telegram.org/bots/api#forcereply */
const forceReply = z.object({
  force_reply: z.literal(true),
  selective: z.boolean().optional(),
  input_field_placeholder: z.string().min(1).max(64).optional(),
});

/** One thing only: buttons, or an answer field that opens. */
export const replyMarkup = json(
  z.union([forceReply.strict(), z.looseObject({ inline_keyboard: z.array(z.array(button)).optional() })]),
).optional();
/** Under a message that is there already. */
export const editMarkup = replyMarkup.refine((markup) => markup === undefined || !('force_reply' in markup), {
  error: 'inline keyboard expected',
});

/**
 * Those whose answer field opens, of the chat's members. `selective`: only who is mentioned in the text, or wrote the message
 * that is answered: https://core.telegram.org/bots/api#forcereply
 */
export function answerFieldOf(
  markup: z.output<typeof replyMarkup>,
  chat: Chat,
  { entities, text = '', reply_to_message: target }: Pick<Msg, 'entities' | 'text' | 'reply_to_message'>,
): number[] | undefined {
  if (!markup || !('force_reply' in markup)) return undefined;
  const members = [...chat.members.values()];
  if (!markup.selective) return members.map(({ id }) => id);
  const named = (entities ?? []).flatMap(({ type, offset, length, user }) => {
    const name = text.slice(offset + 1, offset + length).toLowerCase();
    const called = members.filter(({ username }) => type === 'mention' && username?.toLowerCase() === name);
    return type === 'text_mention' && user ? [user.id] : called.map(({ id }) => id);
  });
  const reached = new Set([...named, ...(target?.from ? [target.from.id] : [])]);
  return members.filter(({ id }) => reached.has(id)).map(({ id }) => id);
}

/** The inline keyboard of a request, undefined for none. Throws a `Refusal`. */
export function readKeyboard(markup: z.output<typeof replyMarkup>): Keyboard | undefined {
  if (!markup || 'force_reply' in markup) return undefined;
  const rows = markup.inline_keyboard?.filter((row) => row.length > 0) ?? [];
  const buttons = rows.flat();
  if (buttons.length > MAX_BUTTONS) throw badRequest('reply markup is too long');
  for (const one of buttons) {
    const actions = ACTIONS.filter((action) => one[action] !== undefined);
    if (one.text === '' || actions.length !== 1)
      throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
    const bytes = Buffer.byteLength(one.callback_data ?? 'none');
    if (bytes === 0 || bytes > MAX_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID');
    // The real service does not follow names without a dot, as localhost.
    if (one.url !== undefined && !/^(https?:\/\/[^/\s]+\.[^/\s]+|tg:\/\/)/.test(one.url))
      throw badRequest(`inline keyboard button URL '${one.url}' is invalid: Wrong HTTP URL`);
  }
  return buttons.length > 0 ? { inline_keyboard: rows } : undefined;
}
