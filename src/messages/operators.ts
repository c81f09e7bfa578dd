import { countedCredits, span } from './en/say.ts';

// What only those who run the bot read stands here, in English like the names of their settings: in no other language.

/** In private, to each of those who run the bot. */
export const alarms = {
  noKey: (reason: string): string =>
    `No key can be used (${reason}), so requests wait. Look after your keys; npm run check-keys says what each of them is good for.`,
  serviceDown: (service: string, reason: string): string =>
    `${service} takes no clips at present (${reason}). It is tried again by itself; requests wait.`,
  budget: (credits: number, most: number): string =>
    `Today's budget is reached: ${credits} of ${countedCredits(most)} are spent or promised. It starts anew at midnight UTC.`,
  deliveries:
    'Several clips could not be delivered lately. Look whether the bot may still post where it is asked; the log names the reasons.',
  overdue: (ms: number): string =>
    `A task is overdue by ${span(ms)}. Look whether the worker runs, and whether the database answers.`,
  disk: (bytes: number): string =>
    `Only ${Math.round(bytes / (1024 * 1024))} MB are free on the disk, so no request is taken. Make room.`,
  over: (sentence: string): string => `Over: ${sentence}`,
};

/** Of Telegram. */
export const telegramAtStart = {
  /** At the start, a line each. */
  startup: {
    as: (bot: string): string => `as @${bot}`,
    address: (bot: string): string => `People write to it at https://t.me/${bot}`,
    privacyOn:
      'In groups it sees commands, mentions and replies to it, but no other photos. BotFather changes that: /setprivacy, then add it to the group anew.',
    privacyOff: 'In groups it sees all messages, and leaves those alone that are not meant for it.',
    inlineOff: 'Clips cannot be shared by "@bot words" yet: /setinline at BotFather switches inline mode on.',
  },
  badToken: ({ setting, bot }: { setting: string; bot: string }): string =>
    setting === 'TELEGRAM_TOKEN'
      ? 'Telegram does not know the bot of this TELEGRAM_TOKEN (any more). BotFather shows the right one: /mybots, API Token.'
      : `Telegram does not know bot ${bot} of TELEGRAM_TOKENS (any more). BotFather shows its right token: /mybots, API Token.`,
  trouble: {
    starting: 'Telegram has not been reached yet.',
    unreached: 'Telegram cannot be reached.',
    conflict:
      'Another program receives what people write to this Telegram bot. Stop that program, or give this one a bot of its own.',
    webhook: 'Telegram did not take the webhook: PUBLIC_URL must be https, at port 443, 80, 88 or 8443.',
    record: 'What people write on Telegram cannot be put on record just now; Telegram keeps it meanwhile.',
  },
};

/** On the admin page, where others may come. */
export const needsAdminPassword =
  'This page is for whoever runs the bot. Set ADMIN_PASSWORD (8 characters or more), another than WEB_PASSWORD, to open it here.';
