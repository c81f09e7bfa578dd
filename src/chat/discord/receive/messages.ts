import { type APIMessageTopLevelComponent, type Message, MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { Command } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { StoreUnavailable } from '../../../store/store.ts';
import { createRemembered } from '../../../util/remembered.ts';
import { retry } from '../../../util/retry.ts';
import { createSemaphore, NoRoom } from '../../../util/semaphore.ts';
import { goesSoon } from '../../kit/goes-soon.ts';
import { PLATFORM, writeRef } from '../ids.ts';
import { retryUntilStored } from './answers.ts';
import { askAhead } from './ask-ahead.ts';
import { nameOf, pictureCommand } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import type { GivenOptions } from './forms.ts';
import { type FoundPicture, picturesIn } from './found-pictures.ts';
import { type Heard, heardMessage } from './heard.ts';
import { inChatLanguage } from './in-chat-language.ts';
import { usable } from './menu.ts';
import { formButton, keepOpen, pictureSelect } from './open-requests.ts';
import { originOf } from './origin.ts';
import { takeOtherWords, taskRepliedTo } from './other-words.ts';
import { obstacle, refusal } from './requests.ts';
import { meantTogether } from './two-pictures.ts';

/** So many messages are looked after at once; beyond, people are asked to come back, so many at once, and then left alone. */
const MAX_UNDER_WAY = 500;
const MAX_REFUSED = 100;
/** Who writes without a picture is told once how it goes, and not again for so long. */
const HELP_MS = 10 * 60_000;
const MAX_HELPED = 1_000;
const MAX_TRIES = 3;
/** An answer that Discord would take later than this is given up. */
const MAX_WAIT_MS = 60_000;

/**
 * Takes pictures that are sent plainly, and words that reply to a clip: to the bot in a conversation, or with a mention of it.
 * Never throws.
 */
export function createMessages(deps: RequestDeps): (message: Message) => Promise<void> {
  const underWay = createSemaphore({ room: MAX_UNDER_WAY, maxWaiting: 0 });
  const refusing = createSemaphore({ room: MAX_REFUSED, maxWaiting: 0 });
  const helped = createRemembered({ clock: deps.clock, forMs: HELP_MS, max: MAX_HELPED });

  async function handle(message: Message, heard: Heard, said: Said): Promise<void> {
    const found = picturesIn(message);
    if (found.length > 0) return onPictures(message, heard, { found, text: said.text }, deps);
    const taskId = await taskRepliedTo(message, deps);
    if (taskId !== undefined) {
      const reply = await takeOtherWords(message, heard, { taskId, text: said.text, isNamed: said.isNamed }, deps);
      return reply && answer(message, reply, deps);
    }
    const key = `${message.channelId}:${message.author.id}`;
    if (helped.has(key)) return;
    helped.add(key);
    await answer(message, { content: messagesFor(heard.locale).discord.sendPicture }, deps);
  }

  return async (message) => {
    const said = saidTo(message);
    if (!said) return;
    let heard = heardMessage(message);
    try {
      await underWay(async () => {
        const spoken = inChatLanguage(heard, deps);
        if (said.text !== '' && picturesIn(message).length > 0) askAhead(heard, deps);
        heard = await spoken;
        await handle(message, heard, said);
      });
    } catch (error) {
      const words = messagesFor(heard.locale).discord;
      if (error instanceof NoRoom)
        return refusing(() => answer(message, { content: words.tooMany }, deps)).catch(() => {});
      const isRecord = error instanceof StoreUnavailable;
      deps.log.error(isRecord ? { why: error.message } : { err: error }, 'a message came to nothing');
      await answer(message, { content: isRecord ? words.recordDown : words.broken }, deps);
    }
  };
}

/** The words of a message that is meant for the bot, and whether it was named in them. */
interface Said {
  text: string;
  isNamed: boolean;
}

/** Undefined of a message that is not meant for the bot. */
function saidTo({ author, system, content, guildId, client }: Message): Said | undefined {
  if (author.bot || system) return undefined;
  const text = content.replace(new RegExp(`<@!?${client.user.id}>`, 'g'), ' ');
  const isNamed = text !== content;
  return guildId === null || isNamed ? { text: text.trim(), isNamed } : undefined;
}

/** With one picture and words that is a request; else what is missing is asked for. */
async function onPictures(
  message: Message,
  heard: Heard,
  { found, text }: { found: readonly FoundPicture[]; text: string },
  deps: RequestDeps,
): Promise<void> {
  const words = messagesFor(heard.locale).discord;
  const command = pictureCommand(deps.commands);
  const { pictures, refused } = await usable(found, heard, deps);
  if (!command || refused !== undefined) return answer(message, { content: refused ?? words.broken }, deps);
  const given: Record<string, string> = text === '' ? {} : { [nameOf(command, 'text')]: text };
  const [only, ...others] = pictures;
  const alone = only && others.length === 0 && text !== '' ? { [nameOf(command, 'picture')]: only } : undefined;
  const meant = alone ?? meantTogether(pictures, text, command);
  if (meant) {
    const content = await request(heard, command, { ...given, ...meant }, deps);
    return content === undefined ? undefined : answer(message, { content }, deps);
  }
  const why = await refusal(heard, deps);
  if (why !== undefined) return answer(message, { content: why }, deps);
  await keepOpen(heard, { pictures, given }, deps);
  const question =
    others.length > 0
      ? pictureSelect(message.id, { pictures, given }, { words, command })
      : formButton(message.id, words);
  await answer(message, { content: others.length > 0 ? words.which : words.askScene, components: [question] }, deps);
}

/** Puts it on record. Its card is the answer where that is done, beside a note of what is left; else says why not. */
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
  return reply.note;
}

/** Answers a message, once whichever process hears it; in a server without a sound and, but for a question, for a minute. */
async function answer(
  { id, channelId, guildId }: Message,
  said: { content: string; components?: APIMessageTopLevelComponent[] },
  { api, clock, store, log }: RequestDeps,
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
  const called = await retry(call, {
    clock,
    when({ outcome, ...called }, tries) {
      if (tries >= MAX_TRIES || outcome === 'done' || outcome === 'impossible') return false;
      const afterMs = 'retryAfterMs' in called ? called.retryAfterMs : undefined;
      return (afterMs ?? 0) <= MAX_WAIT_MS && { afterMs };
    },
  });
  const posted = answerSchema.safeParse(called.outcome === 'done' ? called.value : undefined).data;
  if (!posted || guildId === null || said.components) return;
  const at = writeRef({ channel: channelId, message: posted.id });
  await goesSoon(store, { platform: PLATFORM, at }).catch((error: unknown) =>
    log.warn({ err: error }, 'an answer that was for one person stays'),
  );
}

const answerSchema = z.object({ id: z.string() });
