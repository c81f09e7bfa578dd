import { ChannelType, ComponentType } from 'discord.js';
import type { Reply } from '../../../../commands/reply.ts';
import type { Messages } from '../../../messages/messages.ts';
import { writeWhere } from '../ids.ts';

/** Where messages stand one after the other. A forum has none of its own. */
export const WHERE_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;

/** A select of places to show a clip at. */
export const whereSelect = ({ action, task }: Extract<Reply, { type: 'where' }>, words: Messages['discord']) => ({
  type: ComponentType.ActionRow as const,
  components: [
    {
      type: ComponentType.ChannelSelect as const,
      custom_id: writeWhere({ action, taskId: task.id }),
      placeholder: words.where,
      channel_types: [...WHERE_TYPES],
    },
  ],
});
