import { definePlatform } from '../define-platform.ts';
import { telegramConfigs, telegramSettings, twiceGiven } from './settings.ts';

export const telegram = definePlatform({
  name: 'telegram',
  label: 'Telegram',
  settings: telegramSettings,
  needs: 'TELEGRAM_TOKEN',
  spenders: 'chat or user',
  spenderForm: /^-?\d{1,20}$/,
  read: telegramConfigs,
  address: ({ apiRoot }) => apiRoot,
  async check(config, deps) {
    const { checkTelegram } = await import('./check.ts');
    return checkTelegram(config, deps);
  },
  contradictions: (given, { PUBLIC_URL }) => [
    ...twiceGiven(given),
    ...(given.TELEGRAM_WEBHOOK === '1' && PUBLIC_URL === undefined
      ? ['PUBLIC_URL: is needed where TELEGRAM_WEBHOOK is 1, as Telegram has to reach this bot']
      : []),
  ],
  async create(config, deps) {
    const { createTelegram } = await import('./telegram.ts');
    return createTelegram(config, deps);
  },
});
