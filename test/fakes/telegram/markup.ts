import { z } from 'zod';
import { json } from './params.ts';
import { badRequest } from './refusal.ts';
import type { Keyboard } from './shapes.ts';

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

export const replyMarkup = json(z.looseObject({ inline_keyboard: z.array(z.array(button)).optional() })).optional();

/** The inline keyboard of a request, undefined for none. Throws a `Refusal`. */
export function readKeyboard(markup: z.output<typeof replyMarkup>): Keyboard | undefined {
  const rows = markup?.inline_keyboard?.filter((row) => row.length > 0) ?? [];
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
