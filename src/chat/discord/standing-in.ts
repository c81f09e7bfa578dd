import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { Standing } from '../../../commands/settings/standing.ts';
import type { Task } from '../../task/task.ts';
import { type Api, readDone } from './api/rest.ts';
import { userOf } from './ids.ts';

const memberSchema = z.object({ roles: z.array(z.string()) });
const channelSchema = z.object({ type: z.number(), parent_id: z.string().nullish() });
const THREADS: readonly number[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

/**
 * The roles and channels of a task's person where it is, asked of Discord: as an interaction there would tell them. Who left
 * the server has no role, not even everybody's.
 */
export async function standingIn(
  { place, requester }: Pick<Task, 'place' | 'requester'>,
  { api }: { api: Api },
): Promise<Standing | undefined> {
  const { community, chat, thread } = place;
  if (community === undefined) return { isAlone: true };
  const [member, channel] = await Promise.all([
    api.call({ method: 'GET', path: Routes.guildMember(community, userOf({ requester })) }),
    api.call({ method: 'GET', path: Routes.channel(thread ?? chat) }),
  ]);
  if (member.outcome === 'retry' || member.outcome === 'unknown') return undefined;
  if (channel.outcome !== 'done') return undefined;
  const there = readDone(channelSchema, channel.value);
  const who = member.outcome === 'done' ? readDone(memberSchema, member.value) : undefined;
  if (there.outcome !== 'read' || who?.outcome === 'unknown') return undefined;
  const { type, parent_id: parent } = there.value;
  return {
    roles: who ? [community, ...who.value.roles] : [],
    channels: [thread ?? chat, ...(THREADS.includes(type) && typeof parent === 'string' ? [parent] : [])],
  };
}
