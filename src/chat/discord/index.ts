import { definePlatform } from '../define-platform.ts';
import { discordConfig, discordSettings } from './settings.ts';

export const discord = definePlatform({
  name: 'discord',
  label: 'Discord',
  settings: discordSettings,
  needs: 'DISCORD_TOKEN',
  spenders: 'server or user',
  read: discordConfig,
  async create(config, deps) {
    const { createDiscord } = await import('./discord.ts');
    return createDiscord(config, deps);
  },
});
