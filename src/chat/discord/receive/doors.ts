import { type Client, Events, type Interaction } from 'discord.js';
import { createSemaphore } from '../../../util/semaphore.ts';
import { type OpenDoor, wakeWaiting } from '../../kit/wake-waiting.ts';
import { PLATFORM, personOf } from '../ids.ts';
import type { RequestDeps } from './deps.ts';
import { obstacle } from './requests.ts';

/** So many looks wait; beyond that clips that are shut out are tried by the clock alone. */
const MAX_WAITING = 100;

/** Hears on a client's connection that a place, or a person, may take messages of the bot again. */
export function createDoors(deps: Pick<RequestDeps, 'store' | 'wake' | 'recentRefusals' | 'log'>) {
  const { recentRefusals, log } = deps;
  const oneByOne = createSemaphore({ maxWaiting: MAX_WAITING });

  /** `channel`: lets the bot in, whatever it said a moment ago. */
  async function look(door: OpenDoor, channel: string | undefined): Promise<void> {
    if (!(await deps.store.shutOut.isAny())) return;
    const woken = await wakeWaiting(PLATFORM, door, deps);
    const ofServer = door.community === undefined ? [] : woken.flatMap(({ chat, thread }) => [chat, thread]);
    if (woken.length > 0)
      for (const each of [channel, ...ofServer]) if (each !== undefined) recentRefusals.forget(each);
  }

  function open(door: OpenDoor, channel?: string): void {
    void oneByOne(() => look(door, channel)).catch((error: unknown) =>
      log.warn({ err: error }, 'clips that wait for a place could not be looked for'),
    );
  }

  /** Who does something may have let the bot write to them; where they do it, it may answer. */
  function onInteraction(interaction: Interaction): void {
    const isOpen = interaction.isRepliable() && obstacle(interaction) === undefined;
    const chat = isOpen ? (interaction.channelId ?? undefined) : undefined;
    open({ person: personOf(interaction.user.id), chat }, chat);
  }

  return (client: Client): void => {
    client.on(Events.InteractionCreate, onInteraction);
    client.on(Events.MessageCreate, ({ guildId, author, channelId }) => {
      if (guildId === null && !author.bot) open({ person: personOf(author.id) }, channelId);
    });
    client.on(Events.GuildCreate, ({ id }) => open({ community: id }));
    client.on(Events.GuildRoleUpdate, (_before, { id, guild }) => {
      if (guild.members.me?.roles.cache.has(id)) open({ community: guild.id });
    });
    // Of its own roles a bot hears without any intent.
    client.on(Events.GuildMemberUpdate, (_before, { id, guild }) => {
      if (id === client.user?.id) open({ community: guild.id });
    });
    client.on(Events.ChannelUpdate, (_before, { id }) => open({ chat: id }, id));
    client.on(Events.ThreadUpdate, (_before, { id }) => open({ chat: id }, id));
  };
}
