import { expect, test } from 'vitest';
import { telegramConfigs, telegramSettings } from '../../../src/chat/telegram/settings.ts';
import { nameOnRecord } from '../../../src/chat/telegram/telegram.ts';
import { readSettings } from '../../../src/settings/setting.ts';

const tokenOf = (bot: number): string => `${bot}:AATokenOfTheStandIn-0123456789abcdef`;

test('a bot has one name on record for good, wherever its token stands and whichever others come and go', async () => {
  const once = new Map<string, string>();
  const store = {
    async setOnce(name: string, proposal: string) {
      if (!once.has(name)) once.set(name, proposal);
      return once.get(name) ?? proposal;
    },
  };
  const namesWith = async (own: number | undefined, more: readonly number[]) => {
    const env = {
      TELEGRAM_TOKEN: own === undefined ? undefined : tokenOf(own),
      TELEGRAM_TOKENS: more.map(tokenOf).join(),
    };
    const given = readSettings(telegramSettings, env);
    if (given.outcome === 'wrong') throw new Error(given.wrong.join());
    const bots = telegramConfigs(given.values) ?? [];
    return Promise.all(bots.map(async (config) => [Number(config.bot), await nameOnRecord(config, store)]));
  };
  expect(await namesWith(1, [2])).toEqual([
    [1, 'telegram'],
    [2, 'telegram-2'],
  ]);
  expect(await namesWith(undefined, [2, 1])).toEqual([
    [2, 'telegram-2'],
    [1, 'telegram'],
  ]);
  expect(await namesWith(2, [1])).toEqual([
    [2, 'telegram-2'],
    [1, 'telegram'],
  ]);
  expect(await namesWith(2, [])).toEqual([[2, 'telegram-2']]);
  expect(await namesWith(3, [2])).toEqual([
    [3, 'telegram-3'],
    [2, 'telegram-2'],
  ]);
});
