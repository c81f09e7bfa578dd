import { definePlatform } from '../define-platform.ts';
import { discordConfig, discordSettings } from './settings.ts';

export const discord = definePlatform({
  name: 'discord',
  label: 'Discord',
  settings: discordSettings,
  needs: 'DISCORD_TOKEN',
  spenders: 'server or user',
  spenderForm: /^\d{17,20}$/,
  read: discordConfig,
  address: ({ apiUrl }) => apiUrl,
  async check(config, deps) {
    const { checkDiscord } = await import('./check.ts');
    return checkDiscord(config, deps);
  },
  async create(config, deps) {
    const { createDiscord } = await import('./discord.ts');
    return createDiscord(config, deps);
  },
});
