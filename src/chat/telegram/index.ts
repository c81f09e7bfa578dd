import { definePlatform } from '../define-platform.ts';
import { telegramConfig, telegramSettings } from './settings.ts';

export const telegram = definePlatform({
  name: 'telegram',
  label: 'Telegram',
  settings: telegramSettings,
  needs: 'TELEGRAM_TOKEN',
  spenders: 'chat or user',
  read: telegramConfig,
  contradictions: ({ TELEGRAM_WEBHOOK }, { PUBLIC_URL }) =>
    TELEGRAM_WEBHOOK === '1' && PUBLIC_URL === undefined
      ? ['PUBLIC_URL: is needed where TELEGRAM_WEBHOOK is 1, as Telegram has to reach this bot']
      : [],
  async create(config, deps) {
    const { createTelegram } = await import('./telegram.ts');
    return createTelegram(config, deps);
  },
});
