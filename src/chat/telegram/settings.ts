import { z } from 'zod';
import { baseUrl, count, word } from '../../settings/fields.ts';
import { setting, type Values } from '../../settings/setting.ts';

const TOKEN = /^\d+:[\w-]{20,}$/;
const TOKEN_RULE = 'must be a token as BotFather gives it, like 123456789:AAF…';

/** Tokens with commas or line breaks between them, each as often as it is there. */
const tokens = () =>
  z.string().transform((text, context) => {
    const all = text.split(/[\s,]+/).filter((each) => each !== '');
    const wrong = all.findIndex((each) => !TOKEN.test(each));
    if (wrong < 0 && all.length > 0) return all;
    // Not the word itself: most of it may be a secret.
    const which = all.length > 1 ? `number ${wrong + 1} of them ` : '';
    context.addIssue(`${which}${TOKEN_RULE}; several have commas or line breaks between them`);
    return z.NEVER;
  });

export const telegramSettings = {
  TELEGRAM_TOKEN: setting(word().regex(TOKEN, TOKEN_RULE).optional(), {
    says: "the bot's token, from @BotFather, which connects it",
    secret: true,
  }),
  TELEGRAM_TOKENS: setting(tokens().optional(), {
    says: 'tokens of more bots, with commas or line breaks between them: each is a bot of its own, with the same record and the same limits for a person',
    secret: true,
  }),
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
    {
      says: 'a group or channel where the bot (each of several) may post, which shows what many people starred; see `STARS_NEEDED`',
    },
  ),
  TELEGRAM_API_ROOT: setting(baseUrl().default('https://api.telegram.org'), {
    says: 'the address of a Bot API server of your own (without `--local`), or of a proxy',
  }),
  TELEGRAM_PER_SECOND: setting(count().default(30), {
    says: 'messages and edits a second of each bot, to all chats together',
  }),
};

type Given = Values<typeof telegramSettings>;

/** The settings of Telegram's adapter, for one bot. */
export type TelegramConfig = NonNullable<ReturnType<typeof telegramConfigs>>[number];

/** One for each bot; undefined without a token. */
export function telegramConfigs(given: Given) {
  const { TELEGRAM_TOKEN: own, TELEGRAM_TOKENS: more = [] } = given;
  const tokens = own === undefined ? more : [own, ...more];
  const [first] = tokens.map(botOf);
  if (first === undefined) return undefined;
  return tokens.map((token) => ({
    token,
    bot: botOf(token),
    /** The setting that its token is in. */
    setting: token === own ? ('TELEGRAM_TOKEN' as const) : ('TELEGRAM_TOKENS' as const),
    /** The first of the program's bots; see `nameOnRecord`. */
    first,
    isAlone: tokens.length === 1,
    apiRoot: given.TELEGRAM_API_ROOT,
    webhook: given.TELEGRAM_WEBHOOK === '1',
    confirms: given.TELEGRAM_CONFIRM === '1',
    gallery: given.GALLERY_CHAT,
    perSecond: given.TELEGRAM_PER_SECOND,
  }));
}

/** The number of a token's bot, which is no secret. */
const botOf = (token: string): string => token.replace(/:.*/, '');

/** Two tokens of one bot: they would take each other's updates. A line each. */
export function twiceGiven({ TELEGRAM_TOKEN: own, TELEGRAM_TOKENS: more = [] }: Given): string[] {
  const bots = more.map(botOf);
  const twice = bots.filter((bot, i) => bots.indexOf(bot) !== i);
  return [
    ...(own !== undefined && bots.includes(botOf(own))
      ? [`TELEGRAM_TOKENS: bot ${botOf(own)} is there by TELEGRAM_TOKEN already; leave it out here`]
      : []),
    ...new Set(twice.map((bot) => `TELEGRAM_TOKENS: bot ${bot} is there twice; leave one token of it`)),
  ];
}
