import { z } from 'zod';
import type { Chat, Kind, MessageRecord } from './chats.ts';
import {
  captionFields,
  captionOf,
  documentFields,
  documentOf,
  photoOf,
  plainly,
  type Shown,
  textFields,
  textOf,
  videoFields,
  videoOf,
} from './content.ts';
import { answerFieldOf, readKeyboard, replyMarkup } from './markup.ts';
import { type Call, chatId, flag, int, json, type Method, method, str } from './params.ts';
import { badRequest } from './refusal.ts';
import type { Content, Msg } from './shapes.ts';
import { post, quoted, showVideo, threadOf, type World } from './world.ts';

const replyParameters = json(
  z.object({ message_id: int, chat_id: chatId.optional(), allow_sending_without_reply: flag.optional() }),
).optional();

const common = z.object({
  chat_id: chatId,
  message_thread_id: int.optional(),
  reply_parameters: replyParameters,
  reply_to_message_id: int.optional(),
  allow_sending_without_reply: flag.optional(),
  reply_markup: replyMarkup,
  allow_paid_broadcast: flag.optional(),
  /** https://core.telegram.org/bots/api#ephemeral-messages */
  ephemeral_message_parameters: json(
    z.object({
      receiver_user_id: int,
      callback_query_id: str.optional(),
      replace_callback_query_message: flag.optional(),
    }),
  ).optional(),
});
type Common = z.output<typeof common>;

/** The message to reply to, undefined where the bot can do without. */
function replyTarget(world: World, chat: Chat, params: Common): MessageRecord | undefined {
  const reply = params.reply_parameters ?? {
    message_id: params.reply_to_message_id ?? 0,
    allow_sending_without_reply: params.allow_sending_without_reply,
  };
  if (reply.message_id === 0) return undefined;
  const elsewhere = 'chat_id' in reply && reply.chat_id !== undefined && reply.chat_id !== chat.info.id;
  const home = elsewhere && reply.chat_id !== undefined ? world.chats.find(reply.chat_id) : chat;
  const target = home?.messages.get(reply.message_id);
  if (target && target.deletedAt === undefined) return target;
  const otherTopic = target && chat.topics && target.now.message_thread_id !== params.message_thread_id;
  const formerChat = chat.migratedFrom === undefined ? undefined : world.chats.find(chat.migratedFrom);
  const former = target === undefined && formerChat?.messages.has(reply.message_id);
  // "Always False for replies in another chat or forum topic": core.telegram.org/bots/api#replyparameters
  if (reply.allow_sending_without_reply && !elsewhere && !otherTopic && !former) return undefined;
  throw badRequest('message to be replied not found');
}

export function createMessages(world: World) {
  const { bot, chats, files, flood } = world;

  function send(params: Common, { method: name }: Call, kind: Kind, content: Content, shown?: Shown): Msg {
    const keyboard = readKeyboard(params.reply_markup);
    if (params.allow_paid_broadcast) world.paid.count++;
    const chat = chats.writable(params.chat_id, kind);
    flood.charge(name, chat);
    const { ephemeral_message_parameters: forOne } = params;
    if (forOne && world.ephemeral.mode !== 'unknown') return whisper(chat, forOne.receiver_user_id, content);
    const target = replyTarget(world, chat, params);
    const threadId = params.message_thread_id ?? (chat.topics && target?.now.message_thread_id);
    chats.checkTopic(chat, threadId);
    const record = post(world, chat, {
      ...(chat.info.type === 'channel' ? { sender_chat: chat.info } : { from: bot }),
      ...threadOf(chat, threadId, target),
      ...(target && { reply_to_message: quoted(target.now) }),
      ...content,
      ...(keyboard && { reply_markup: keyboard }),
    });
    record.answerField = answerFieldOf(params.reply_markup, chat, record.now);
    if (shown) showVideo(world, record, shown, 'sent');
    if (world.scheduled.left === 0) return record.now;
    world.scheduled.left--;
    record.scheduled = true;
    return { ...record.now, message_id: 0 };
  }

  /** Seen by one person of a group, who must be there; it has no number of its own. */
  function whisper(chat: Chat, to: number, content: Content): Msg {
    if (chat.info.type === 'private' || chat.info.type === 'channel')
      throw badRequest('ephemeral messages can be sent only to groups and supergroups');
    if (world.ephemeral.mode === 'refused' || !chat.members.has(to)) throw badRequest('USER_NOT_PARTICIPANT');
    world.ephemeral.shown.push({ chat: chat.info.id, to, text: content.text ?? content.caption ?? '' });
    world.news.changed();
    return { message_id: 0, date: Math.floor(world.clock.now() / 1000), chat: chat.info, from: bot, ...content };
  }

  const methods: Record<string, Method> = {
    sendMessage: method(common.extend(textFields), (params, call) => send(params, call, 'text', textOf(params))),
    sendVideo: method(common.extend({ video: str.optional(), ...captionFields, ...videoFields }), (params, call) => {
      const caption = captionOf(params);
      const shown = videoOf(files, call, params.video, params);
      return send(params, call, 'video', { ...shown.content, ...caption }, shown);
    }),
    sendDocument: method(
      common.extend({ document: str.optional(), ...documentFields, ...captionFields }),
      (params, call) => {
        const caption = captionOf(params);
        const shown = documentOf(files, call, params.document, plainly(params));
        return send(params, call, 'document', { ...shown.content, ...caption }, shown);
      },
    ),
    sendPhoto: method(common.extend({ photo: str.optional(), ...captionFields }), (params, call) => {
      const caption = captionOf(params);
      const shown = photoOf(files, call, params.photo);
      return send(params, call, 'photo', { ...shown.content, ...caption }, shown);
    }),
    setMessageReaction: method(
      z.object({
        chat_id: chatId,
        message_id: int,
        reaction: json(z.array(z.object({ type: z.literal('emoji'), emoji: z.string() }))).default([]),
      }),
      ({ chat_id, message_id, reaction }) => {
        const message = chats.writable(chat_id).messages.get(message_id);
        if (!message || message.deletedAt !== undefined) throw badRequest('message to react not found');
        if (reaction.length > 1 || reaction.some(({ emoji }) => !REACTIONS.includes(emoji)))
          throw badRequest('REACTION_INVALID');
        message.reactions = reaction.map(({ emoji }) => emoji);
        world.news.changed();
        return true;
      },
    ),
    sendChatAction: method(
      z.object({ chat_id: chatId, message_thread_id: int.optional(), action: str }),
      ({ chat_id, action }) => {
        if (!CHAT_ACTIONS.includes(action)) throw badRequest('wrong parameter action in request');
        chats.writable(chat_id);
        return true;
      },
    ),
  };
  return { methods };
}

/** A few of those that people and bots may use: https://core.telegram.org/bots/api#reactiontypeemoji */
export const REACTIONS = ['👍', '👎', '❤', '🔥', '👀', '🎉', '👌'];

const CHAT_ACTIONS = [
  ...['typing', 'upload_photo', 'record_video', 'upload_video', 'record_voice', 'upload_voice', 'upload_document'],
  ...['choose_sticker', 'find_location', 'record_video_note', 'upload_video_note'],
];
