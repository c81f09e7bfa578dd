import { z } from 'zod';
import { baseUrl, count, word } from '../../settings/fields.ts';
import { setting, type Values } from '../../settings/setting.ts';

const TOKEN_RULE = 'must be a token as BotFather gives it, like 123456789:AAF…';

export const telegramSettings = {
  TELEGRAM_TOKEN: setting(
    word()
      .regex(/^\d+:[\w-]{20,}$/, TOKEN_RULE)
      .optional(),
    { says: "the bot's token, from @BotFather, which connects it", secret: true },
  ),
  TELEGRAM_WEBHOOK: setting(z.enum(['0', '1']).default('0'), {
    says: '`1`: Telegram calls at `PUBLIC_URL`, instead of being asked',
  }),
  TELEGRAM_CONFIRM: setting(z.enum(['0', '1']).default('0'), {
    says: '`1`: a photo with a caption is made by **Go** only, with its length, motion and shape to choose',
  }),
  GALLERY_CHAT: setting(
    z
      .string()
      .regex(/^-\d{1,20}$/, 'must be the number of a group or channel, with its minus')
      .optional(),
    { says: 'a group or channel where the bot may post, which shows what many people starred; see `STARS_NEEDED`' },
  ),
  TELEGRAM_API_ROOT: setting(baseUrl().default('https://api.telegram.org'), {
    says: 'the address of a Bot API server of your own (without `--local`), or of a proxy',
  }),
  TELEGRAM_PER_SECOND: setting(count().default(30), {
    says: 'messages and edits a second, to all chats together',
  }),
};

/** The settings of Telegram's adapter. */
export type TelegramConfig = NonNullable<ReturnType<typeof telegramConfig>>;

/** Undefined without a token. */
export function telegramConfig(given: Values<typeof telegramSettings>) {
  const { TELEGRAM_TOKEN: token } = given;
  if (token === undefined) return undefined;
  return {
    token,
    apiRoot: given.TELEGRAM_API_ROOT,
    webhook: given.TELEGRAM_WEBHOOK === '1',
    confirms: given.TELEGRAM_CONFIRM === '1',
    gallery: given.GALLERY_CHAT,
    perSecond: given.TELEGRAM_PER_SECOND,
  };
}
