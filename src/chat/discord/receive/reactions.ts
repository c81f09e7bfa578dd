import { Routes } from 'discord.js';
import { z } from 'zod';
import { setStar } from '../../../../commands/star.ts';
import { makeRoom } from '../../../util/make-room.ts';
import { createSemaphore, NoRoom } from '../../../util/semaphore.ts';
import { onceDelivered } from '../../kit/once-delivered.ts';
import { personOf, readButtons } from '../ids.ts';
import type { RequestDeps } from './deps.ts';

/** With and without the mark that makes it an emoji in colour. */
const STARS = ['⭐', '❤️', '❤'];
/** The letters of messages that show a clip: its own, and its card. */
const SHOWING = ['v', 'c'];
/** So many reactions are looked after at once, and wait for it; beyond, they are left alone. */
const MAX_UNDER_WAY = 10;
const MAX_WAITING = 500;
/** Messages of which it is remembered whose clip they show, if any: of others, too, for what is taken back says not whose. */
const MAX_REMEMBERED = 2_000;

const reactionSchema = z.object({
  user_id: z.string(),
  channel_id: z.string(),
  message_id: z.string(),
  emoji: z.object({ id: z.string().nullish(), name: z.string().nullish() }),
  /** Where it was given. */
  message_author_id: z.string().nullish(),
  /** In a server, where it was given. */
  member: z.object({ user: z.object({ id: z.string(), bot: z.boolean().optional() }) }).nullish(),
});
type Reaction = z.infer<typeof reactionSchema>;

const messageSchema = z.object({ author: z.object({ id: z.string() }), components: z.unknown() });

/** Whether this may be a person's star for a clip of ours. */
function isStar({ emoji, user_id, member, message_author_id }: Reaction, botId: string): boolean {
  if (emoji.id || !STARS.includes(emoji.name ?? '')) return false;
  if (user_id === botId || member?.user.bot) return false;
  return !message_author_id || message_author_id === botId;
}

/** Takes a ⭐ or a ❤️ on a clip for its star. Never throws. */
export function createReactions(
  deps: Pick<RequestDeps, 'api' | 'store' | 'starsNeeded' | 'galleries' | 'relabel' | 'wake' | 'clock' | 'log'>,
): (told: unknown, how: { isOn: boolean; botId: string }) => Promise<void> {
  const { api, log } = deps;
  const underWay = createSemaphore({ room: MAX_UNDER_WAY, maxWaiting: MAX_WAITING });
  /** By message; undefined: it shows none of ours. */
  const known = new Map<string, Promise<string | undefined>>();

  function taskIdOf(reaction: Reaction, botId: string): Promise<string | undefined> {
    const id = reaction.message_id;
    const remembered = known.get(id);
    if (remembered) return remembered;
    makeRoom(known, MAX_REMEMBERED);
    const looking = lookAt(reaction, botId);
    known.set(id, looking);
    return looking;
  }

  async function lookAt({ channel_id, message_id }: Reaction, botId: string): Promise<string | undefined> {
    const called = await api.call({ method: 'GET', path: Routes.channelMessage(channel_id, message_id) });
    if (called.outcome === 'retry' || called.outcome === 'unknown') known.delete(message_id);
    const message = messageSchema.safeParse(called.outcome === 'done' ? called.value : undefined).data;
    const buttons = message?.author.id === botId ? readButtons(message.components) : [];
    return buttons.find(({ letter }) => SHOWING.includes(letter))?.taskId;
  }

  async function handle(reaction: Reaction, { isOn, botId }: { isOn: boolean; botId: string }): Promise<void> {
    const taskId = await taskIdOf(reaction, botId);
    const task = taskId === undefined ? undefined : await onceDelivered(taskId, deps);
    if (!task) return;
    const requester = { id: personOf(reaction.user_id), name: '' };
    if ((task.stars?.includes(requester.id) ?? false) === isOn) return;
    const starred = await setStar({ task, requester, isOn }, deps);
    if (!starred) return;
    deps.wake();
    deps.relabel({ channel: reaction.channel_id, message: reaction.message_id }, starred.id);
  }

  return async (told, how) => {
    const reaction = reactionSchema.safeParse(told).data;
    if (!reaction || !isStar(reaction, how.botId)) return;
    try {
      await underWay(() => handle(reaction, how));
    } catch (error) {
      if (!(error instanceof NoRoom)) log.warn({ err: error }, 'a reaction came to nothing');
    }
  };
}
