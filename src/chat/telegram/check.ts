import { telegramAtStart as words } from '../../messages/operators.ts';
import type { PlatformStatus } from '../define-platform.ts';
import type { PlatformDeps } from '../platform.ts';
import { createApi } from './api/api.ts';
import type { TelegramConfig } from './settings.ts';

/** The operator's words. */

/** Asks Telegram who this bot is, in one call. */
export async function checkTelegram(
  config: TelegramConfig,
  { network }: Pick<PlatformDeps, 'network'>,
): Promise<PlatformStatus> {
  const said = await createApi({ ...config, network }).call((api, signal) => api.getMe(signal));
  if (said.outcome === 'done') return { outcome: 'connected', as: words.startup.as(said.result.username) };
  const { type, reason } = said.failure;
  return type === 'token' ? { outcome: 'refused', reason: words.badToken(config) } : { outcome: 'unreachable', reason };
}
