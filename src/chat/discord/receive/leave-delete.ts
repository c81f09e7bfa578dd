import { type Message, MessageFlags, Routes } from 'discord.js';
import type { ButtonId } from '../ids.ts';
import { buttonRow } from '../send/layout.ts';
import type { RequestDeps } from './deps.ts';

/**
 * Under a clip whose task is forgotten nothing works any more but what takes the message away: of its buttons that one
 * stays. Nothing rests on it.
 */
export async function leaveDelete(
  { channelId, id, flags, mentions }: Message,
  { taskId, letter }: ButtonId,
  { api, actions, locale }: Pick<RequestDeps, 'api' | 'actions'> & { locale: string },
): Promise<void> {
  // A card is laid out as one.
  if (flags.has(MessageFlags.IsComponentsV2)) return;
  const removing = actions.filter(({ removes }) => removes);
  const buttons = removing.map(({ id: action, words, style }) => ({ action, label: words(locale).label, style }));
  const body = {
    components: [buttonRow(buttons, { task: { id: taskId }, letter })],
    allowed_mentions: { parse: [], users: [...mentions.users.keys()] },
  };
  await api.call({ method: 'PATCH', path: Routes.channelMessage(channelId, id), body });
}
