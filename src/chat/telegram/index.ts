import { definePlatform } from '../define-platform.ts';
import { telegramConfig, telegramSettings } from './settings.ts';

export const telegram = definePlatform({
  name: 'telegram',
  label: 'Telegram',
  settings: telegramSettings,
  needs: 'TELEGRAM_TOKEN',
  spenders: 'chat or user',
  spenderForm: /^-?\d{1,20}$/,
  read: telegramConfig,
  address: ({ apiRoot }) => apiRoot,
  async check(config, deps) {
    const { checkTelegram } = await import('./check.ts');
    return checkTelegram(config, deps);
  },
  contradictions: ({ TELEGRAM_WEBHOOK }, { PUBLIC_URL }) =>
    TELEGRAM_WEBHOOK === '1' && PUBLIC_URL === undefined
      ? ['PUBLIC_URL: is needed where TELEGRAM_WEBHOOK is 1, as Telegram has to reach this bot']
      : [],
  async create(config, deps) {
    const { createTelegram } = await import('./telegram.ts');
    return createTelegram(config, deps);
  },
});
