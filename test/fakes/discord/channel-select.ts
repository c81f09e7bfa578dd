import type { AnyComponent } from './components.ts';
import { botPermissions, memberPermissions } from './permissions.ts';
import { wireChannel } from './wire.ts';
import type { Channel, User, World } from './world.ts';

/** Whether a select of channels offers this one: of its types, of the same server, and one that the person sees. */
export const isOffered = (
  world: World,
  { channel_types: types }: AnyComponent,
  { channel, it, user }: { channel: Channel; it: Channel; user: User },
): boolean =>
  it.guildId !== undefined &&
  it.guildId === channel.guildId &&
  (!Array.isArray(types) || types.includes(it.type)) &&
  memberPermissions(world, it, user) !== 0n;

/** The few fields of a channel that an interaction carries. */
export function resolvedFor(world: World, channel: Channel, user: User): Record<string, unknown> & { id: string } {
  const { id, name, type, parentId, thread } = channel;
  return {
    ...{ id, name, type, flags: 0, parent_id: parentId ?? null },
    permissions: String(memberPermissions(world, channel, user)),
    app_permissions: String(botPermissions(world, channel)),
    ...(thread ? { thread_metadata: wireChannel(world, channel).thread_metadata } : {}),
  };
}
