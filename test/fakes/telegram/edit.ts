import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { MessageRecord } from './chats.ts';
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
import { editMarkup, readKeyboard } from './markup.ts';
import { type Call, chatId, int, json, type Method, method } from './params.ts';
import { badRequest } from './refusal.ts';
import type { Content, Keyboard, Msg } from './shapes.ts';
import { showVideo, type World } from './world.ts';

/** "A message can only be deleted if it was sent less than 48 hours ago." */
const DELETABLE_MS = 48 * 60 * 60 * 1000;

const which = z.object({ chat_id: chatId, message_id: int, reply_markup: editMarkup });
type Which = z.output<typeof which>;

const media = json(
  z.object({
    type: z.enum(['video', 'document', 'photo', 'animation', 'audio']),
    media: z.string(),
    ...captionFields,
    ...videoFields,
    ...documentFields,
  }),
);

export function createEdits(world: World) {
  const { chats, files, flood, clock, news } = world;

  /** The bot's own message, ready to be edited. */
  function editable({ chat_id, message_id }: Which, { method: name }: Call): MessageRecord {
    const chat = chats.writable(chat_id);
    flood.charge(name, chat);
    if (message_id <= 0) throw badRequest('message identifier is not specified');
    const record = chat.messages.get(message_id);
    if (!record || record.deletedAt !== undefined || record.scheduled) throw badRequest('message to edit not found');
    // One with an answer field keeps it: it takes no inline keyboard, and so no edit.
    if (!record.byBot || record.answerField) throw badRequest("message can't be edited");
    return record;
  }

  /** An edit that names no keyboard takes away the one there is. */
  function apply(record: MessageRecord, content: Content, keyboard: Keyboard | undefined, same = false): Msg {
    const before = record.now;
    const { text, entities, caption, caption_entities, photo, video, document, animation, sticker, ...other } = before;
    const { has_media_spoiler, reply_markup, ...rest } = other;
    const old = {
      text,
      entities,
      caption,
      caption_entities,
      photo,
      video,
      document,
      animation,
      sticker,
      has_media_spoiler,
    };
    const unchanged = same || isDeepStrictEqual(filled(old), filled({ ...content }));
    if (unchanged && isDeepStrictEqual(reply_markup, keyboard))
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    record.history.push(before);
    record.now = {
      ...rest,
      ...(same ? filled(old) : content),
      ...(keyboard && { reply_markup: keyboard }),
      edit_date: Math.floor(clock.now() / 1000),
    };
    news.changed();
    return record.now;
  }

  const mediaOf = (record: MessageRecord): Content =>
    filled({ photo: record.now.photo, video: record.now.video, document: record.now.document });

  function readMedia(call: Call, params: z.output<typeof media>): Shown {
    if (params.type === 'video') return videoOf(files, call, params.media, params);
    if (params.type === 'photo') return photoOf(files, call, params.media);
    if (params.type === 'document') return documentOf(files, call, params.media, plainly(params));
    throw badRequest(`the stand-in knows no ${params.type}`);
  }

  function remove(chat_id: number | string, id: number): void {
    const chat = chats.writable(chat_id);
    const record = chat.messages.get(id);
    if (!record || record.deletedAt !== undefined || record.scheduled) throw badRequest('message to delete not found');
    const may = record.byBot || chat.info.type === 'private' || chat.bot === 'administrator';
    if (!may || clock.now() - record.sentAt > DELETABLE_MS) throw badRequest("message can't be deleted");
    record.deletedAt = clock.now();
    news.changed();
  }

  const methods: Record<string, Method> = {
    editMessageText: method(which.extend(textFields), (params, call) => {
      const content = textOf(params);
      const keyboard = readKeyboard(params.reply_markup);
      const record = editable(params, call);
      if (record.now.text === undefined) throw badRequest('there is no text in the message to edit');
      return apply(record, content, keyboard);
    }),
    editMessageCaption: method(which.extend(captionFields), (params, call) => {
      const content = captionOf(params);
      const keyboard = readKeyboard(params.reply_markup);
      const record = editable(params, call);
      if (record.now.text !== undefined) throw badRequest('there is no caption in the message to edit');
      return apply(record, { ...mediaOf(record), ...content }, keyboard);
    }),
    editMessageMedia: method(which.extend({ media }), (params, call) => {
      const caption = captionOf(params.media);
      const keyboard = readKeyboard(params.reply_markup);
      const shown = readMedia(call, params.media);
      const record = editable(params, call);
      const { kind } = shown.file;
      const right = kind === 'thumbnail' ? 'photo' : kind;
      chats.writable(params.chat_id, right);
      // The same bytes again are the same video, though uploaded anew.
      const sameFile =
        record.sha256 === shown.file.sha256 && isDeepStrictEqual(kinds(record.now), kinds(shown.content));
      const { caption: words, caption_entities } = record.now;
      const sameWords = isDeepStrictEqual(filled({ caption: words, caption_entities }), filled(caption));
      const result = apply(record, { ...shown.content, ...caption }, keyboard, sameFile && sameWords);
      if (!sameFile) showVideo(world, record, shown, 'edited in');
      return result;
    }),
    editMessageReplyMarkup: method(which, (params, call) => {
      const keyboard = readKeyboard(params.reply_markup);
      return apply(editable(params, call), {}, keyboard, true);
    }),
    deleteMessage: method(z.object({ chat_id: chatId, message_id: int }), ({ chat_id, message_id }) => {
      remove(chat_id, message_id);
      return true;
    }),
    deleteMessages: method(
      z.object({ chat_id: chatId, message_ids: json(z.array(int)) }),
      ({ chat_id, message_ids }) => {
        if (message_ids.length === 0) throw badRequest('message identifiers are not specified');
        if (message_ids.length > 100) throw badRequest('too many message identifiers specified');
        const chat = chats.writable(chat_id);
        // "If some of the specified messages can't be found, they are skipped."
        for (const id of message_ids)
          if (chat.messages.get(id)?.deletedAt === undefined && chat.messages.has(id)) remove(chat_id, id);
        return true;
      },
    ),
  };
  return { methods };
}

const kinds = ({ video, photo, document }: Content) => [video, photo, document].map((file) => file !== undefined);

/** Without the fields that are not there. */
function filled(content: { [Name in keyof Content]: Content[Name] | undefined }): Content {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}
