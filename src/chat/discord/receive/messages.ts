import { type APIMessageTopLevelComponent, type Message, MessageFlags, Routes } from 'discord.js';
import type { Command } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { StoreUnavailable } from '../../../store/store.ts';
import { retry } from '../../../util/retry.ts';
import { createSemaphore, NoRoom } from '../../../util/semaphore.ts';
import { retryUntilStored } from './answers.ts';
import { nameOf, pictureCommand } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import type { GivenOptions } from './forms.ts';
import { type FoundPicture, picturesIn } from './found-pictures.ts';
import { type Heard, heardMessage } from './heard.ts';
import { usable } from './menu.ts';
import { formButton, keepOpen, pictureSelect } from './open-requests.ts';
import { originOf } from './origin.ts';
import { obstacle, refusal } from './requests.ts';

/** So many messages are looked after at once; beyond, they are left alone. */
const MAX_UNDER_WAY = 200;
/** Who writes without a picture is told once how it goes, and not again for so long. */
const HELP_MS = 10 * 60_000;
const MAX_HELPED = 1_000;
const MAX_TRIES = 3;

/** Takes pictures that are sent plainly: to the bot in a conversation, or with a mention of it. Never throws. */
export function createMessages(deps: RequestDeps): (message: Message) => Promise<void> {
  const underWay = createSemaphore({ room: MAX_UNDER_WAY, maxWaiting: 0 });
  const helped = new Map<string, number>();

  function isHelpedAlready({ channelId, author }: Message): boolean {
    const key = `${channelId}:${author.id}`;
    const now = deps.clock.now();
    if ((helped.get(key) ?? 0) > now) return true;
    helped.delete(key);
    const oldest = helped.keys().next();
    if (helped.size >= MAX_HELPED && !oldest.done) helped.delete(oldest.value);
    helped.set(key, now + HELP_MS);
    return false;
  }

  async function handle(message: Message, text: string): Promise<void> {
    const found = picturesIn(message);
    const words = messagesFor(heardMessage(message).locale).discord;
    if (found.length > 0) await onPictures(message, { found, text }, deps);
    else if (!isHelpedAlready(message)) await answer(message, { content: words.sendPicture }, deps);
  }

  return async (message) => {
    const text = textTo(message);
    if (text === undefined) return;
    const words = messagesFor(heardMessage(message).locale).discord;
    try {
      await underWay(() => handle(message, text));
    } catch (error) {
      if (error instanceof NoRoom) return;
      const isRecord = error instanceof StoreUnavailable;
      deps.log.error(isRecord ? { why: error.message } : { err: error }, 'a message came to nothing');
      await answer(message, { content: isRecord ? words.recordDown : words.broken }, deps);
    }
  };
}

/** The words of a message that is meant for the bot; undefined of all others. */
function textTo({ author, system, content, guildId, client }: Message): string | undefined {
  if (author.bot || system) return undefined;
  const mention = new RegExp(`<@!?${client.user.id}>`, 'g');
  const isMeant = guildId === null || mention.test(content);
  return isMeant ? content.replace(mention, ' ').trim() : undefined;
}

/** With one picture and words that is a request; else what is missing is asked for. */
async function onPictures(
  message: Message,
  { found, text }: { found: readonly FoundPicture[]; text: string },
  deps: RequestDeps,
): Promise<void> {
  const heard = heardMessage(message);
  const words = messagesFor(heard.locale).discord;
  const command = pictureCommand(deps.commands);
  const { pictures, refused } = usable(found, heard.locale, deps);
  if (!command || refused !== undefined) return answer(message, { content: refused ?? words.broken }, deps);
  const given: Record<string, string> = text === '' ? {} : { [nameOf(command, 'text')]: text };
  const [only, ...others] = pictures;
  if (only && others.length === 0 && text !== '') {
    const refused = await request(heard, command, { ...given, [nameOf(command, 'picture')]: only }, deps);
    return refused === undefined ? undefined : answer(message, { content: refused }, deps);
  }
  const why = await refusal(heard, deps);
  if (why !== undefined) return answer(message, { content: why }, deps);
  await keepOpen(message.id, { pictures, given }, deps);
  const question =
    others.length > 0 ? pictureSelect(message.id, { pictures, given }, words) : formButton(message.id, words);
  await answer(message, { content: others.length > 0 ? words.which : words.askScene, components: [question] }, deps);
}

/** Puts it on record. Its card is the answer where that is done; else says why not. */
async function request(
  heard: Heard,
  command: Command,
  given: GivenOptions,
  deps: RequestDeps,
): Promise<string | undefined> {
  const words = messagesFor(heard.locale).discord;
  const origin = originOf(heard);
  const why = obstacle(heard);
  if (!origin || why !== undefined) return why ?? words.broken;
  const reply = await retryUntilStored(() => command.execute(origin, given, deps), deps);
  if (reply?.type !== 'taken') return reply && 'text' in reply ? reply.text : words.recordDown;
  deps.wake(reply.created ? reply.task : undefined);
  return undefined;
}

/** Answers a message, once whichever process hears it; in a server without a sound. */
async function answer(
  { id, channelId, guildId }: Message,
  said: { content: string; components?: APIMessageTopLevelComponent[] },
  { api, clock }: RequestDeps,
): Promise<void> {
  const body = {
    ...said,
    nonce: `a${id}`,
    enforce_nonce: true,
    message_reference: { message_id: id, fail_if_not_exists: false },
    allowed_mentions: { parse: [], replied_user: false },
    flags: guildId === null ? 0 : MessageFlags.SuppressNotifications,
  };
  const call = () => api.call({ method: 'POST', path: Routes.channelMessages(channelId), body });
  await retry(call, {
    clock,
    when({ outcome, ...called }, tries) {
      if (tries >= MAX_TRIES || outcome === 'done' || outcome === 'impossible') return false;
      return { afterMs: 'retryAfterMs' in called ? called.retryAfterMs : undefined };
    },
  });
}
