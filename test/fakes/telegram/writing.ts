import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { Chat, MessageRecord } from './chats.ts';
import { peoplesText } from './content.ts';
import { imageSizeOf } from './files.ts';
import { idOf, type Lookup, type MessageRef, type Ref } from './lookup.ts';
import { GENERAL } from './places.ts';
import type { Content, FileInfo, Msg, Update, UserInfo } from './shapes.ts';
import { post, quoted, threadOf, type World } from './world.ts';

export interface Writing {
  from: Ref;
  /** Left out: the private chat with the bot. */
  chat?: Ref;
  topic?: Ref;
  replyTo?: Ref;
  /** A message of another chat that it replies to. */
  replyElsewhere?: MessageRef;
  forwarded?: boolean;
  /** A channel of the person's, or the group itself, in whose name they write: the bot is not told who they are. */
  as?: Ref;
}

export interface PhotoMessage extends Writing {
  bytes: Buffer;
  caption?: string;
  /** Covered until it is pressed. */
  spoiler?: boolean;
  /** Sent as HD: kept up to 2560 pixels. */
  hd?: boolean;
  /** The same for all pictures of an album. */
  mediaGroup?: string;
}

export interface DocumentMessage extends Writing {
  bytes: Buffer;
  caption?: string;
  name?: string;
  mime?: string;
  mediaGroup?: string;
  /** Says so of the file instead of its real size in bytes. */
  size?: number;
}

/** The longer sides to which Telegram scales a photo, in pixels. */
const PHOTO_SIDES = [90, 320, 800, 1280];
const HD_SIDE = 2560;

/** Who stands for those who write as a channel, and as the group. */
const CHANNEL_BOT = { id: 136817688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' };
const ANONYMOUS_BOT = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

/** A message as it appears in a reply from another chat: https://core.telegram.org/bots/api#externalreplyinfo */
function quotedFrom({ message_id, date, chat, from, photo, video, document }: Msg): Msg['external_reply'] {
  const isKnown = chat.type === 'supergroup' || chat.type === 'channel';
  return {
    origin: from ? { type: 'user', sender_user: from, date } : { type: 'chat', sender_chat: chat, date },
    ...(isKnown && { chat, message_id }),
    ...{ photo, video, document },
  };
}

/** What people write, send, change and delete. `privacy`: in groups the bot is told only of what is meant for it. */
export function createWriting(world: World, { chatOf, userOf, live, tell, seconds }: Lookup, privacy: boolean) {
  const { bot, clock, files, news } = world;

  /** Whether the bot is told of a message: https://core.telegram.org/bots/features#privacy-mode */
  function sees(chat: Chat, message: Msg): boolean {
    if (!['member', 'administrator'].includes(chat.bot)) return false;
    if (chat.info.type === 'private' || chat.info.type === 'channel') return true;
    if (!privacy || chat.bot === 'administrator') return true;
    if (message.reply_to_message?.from?.id === bot.id) return true;
    const text = message.text ?? message.caption ?? '';
    const me = `@${bot.username}`.toLowerCase();
    return (message.entities ?? message.caption_entities ?? []).some(({ type, offset, length }) => {
      const word = text.slice(offset, offset + length).toLowerCase();
      if (type === 'mention') return word === me;
      return type === 'bot_command' && offset === 0 && (!word.includes('@') || word.endsWith(me));
    });
  }

  function write(
    { from, chat: where, topic, replyTo, replyElsewhere, forwarded, as }: Writing,
    content: Content & { media_group_id?: string },
  ) {
    const user = userOf(from);
    const chat = chatOf(where ?? from);
    if (chat.migratedTo !== undefined) throw new Error(`chat ${chat.info.id} is a supergroup now`);
    if (chat.bot === 'blocked') throw new Error('who blocked the bot cannot write to it');
    if (chat.bot === 'stranger') chat.bot = 'member';
    chat.members.set(user.id, user);
    const target = replyTo === undefined ? undefined : chat.messages.get(idOf(replyTo));
    if (replyTo !== undefined && (!target || target.deletedAt !== undefined)) throw new Error('no message to reply to');
    const thread = topic === undefined ? chat.topics && target?.now.message_thread_id : idOf(topic);
    if (thread !== undefined && thread !== GENERAL && !chat.topics?.has(thread)) throw new Error(`no topic ${thread}`);
    const record = post(world, chat, {
      ...(chat.info.type === 'channel' ? { sender_chat: chat.info } : senderOf(user, chat, as)),
      ...threadOf(chat, thread === GENERAL ? undefined : thread, target),
      ...(target && { reply_to_message: quoted(target.now) }),
      ...(replyElsewhere && { external_reply: quotedFrom(live(replyElsewhere).now) }),
      ...(forwarded && {
        forward_origin: { type: 'hidden_user' as const, sender_user_name: 'Someone', date: seconds() },
      }),
      ...content,
    });
    record.byBot = false;
    if (sees(chat, record.now)) tell(chat, { [chat.info.type === 'channel' ? 'channel_post' : 'message']: record.now });
    return record;
  }

  /** https://core.telegram.org/bots/api#message: in place of who wrote it there is a user that is nobody. */
  function senderOf(user: UserInfo, chat: Chat, as: Ref | undefined): Pick<Msg, 'from' | 'sender_chat'> {
    if (as === undefined) return { from: user };
    const { info, creator } = chatOf(as);
    if (chat.info.type !== 'supergroup') throw new Error('one writes in the name of a chat in supergroups only');
    if (creator !== user.id) throw new Error('one writes in the name of a chat of one’s own only');
    if (info.type !== 'channel' && info.id !== chat.info.id) throw new Error('a group is written for in itself only');
    return { from: info.type === 'channel' ? CHANNEL_BOT : ANONYMOUS_BOT, sender_chat: info };
  }

  /** The sizes Telegram makes of a photo, smallest first, as JPEG. */
  async function scaled(bytes: Buffer, hd: boolean): Promise<FileInfo[]> {
    const size = imageSizeOf(bytes);
    if (!size) throw new Error('Telegram takes only pictures as photos');
    const longer = Math.max(size.width, size.height);
    const sides = [...PHOTO_SIDES, ...(hd ? [HD_SIDE] : [])];
    const smaller = sides.filter((side) => side < longer);
    const wanted = longer <= (sides.at(-1) ?? 0) ? [...smaller, longer] : smaller;
    return Promise.all(
      wanted.map(async (side) => {
        const { data, info } = await sharp(bytes)
          .rotate()
          .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
          .jpeg({ quality: 87 })
          .toBuffer({ resolveWithObject: true });
        return files.add('photo', data, { width: info.width, height: info.height }).info;
      }),
    );
  }

  const captioned = (caption?: string) => (caption === undefined ? {} : peoplesText('caption', caption));

  return {
    sendText: (writing: Writing & { text: string }): MessageRecord => write(writing, peoplesText('text', writing.text)),
    async sendPhoto({
      bytes,
      caption,
      hd = false,
      mediaGroup,
      spoiler,
      ...writing
    }: PhotoMessage): Promise<MessageRecord> {
      const photo = await scaled(bytes, hd);
      const cover = spoiler && { has_media_spoiler: true as const };
      const group = mediaGroup && { media_group_id: mediaGroup };
      return write(writing, { photo, ...captioned(caption), ...group, ...cover });
    },
    /** One message a picture, told at once; the caption is the first one's. */
    async sendAlbum({ pictures, caption, ...writing }: Writing & { pictures: Buffer[]; caption?: string }) {
      const photos = await Promise.all(pictures.map((bytes) => scaled(bytes, false)));
      const media_group_id = randomUUID();
      return photos.map((photo, n) => write(writing, { photo, media_group_id, ...(n === 0 && captioned(caption)) }));
    },
    async sendDocument(message: DocumentMessage): Promise<MessageRecord> {
      const { bytes, caption, name = 'picture.png', mime = 'image/png', mediaGroup, size, ...writing } = message;
      const document = files.add('document', bytes, {
        file_name: name,
        mime_type: mime,
        file_size: size ?? bytes.length,
      });
      const media_group_id = mediaGroup && { media_group_id: mediaGroup };
      return write(writing, { document: document.info, ...captioned(caption), ...media_group_id });
    },
    sendSticker(writing: Writing): MessageRecord {
      const sticker = files.add('document', Buffer.from('a sticker'), {
        mime_type: 'image/webp',
        width: 512,
        height: 512,
      });
      return write(writing, { sticker: sticker.info });
    },
    /** Changes a person's own text or caption. */
    edit(which: MessageRef, words: string): Update | undefined {
      const message = live(which);
      const chat = chatOf(message.chat);
      if (message.byBot) throw new Error('only the bot can edit this message');
      const content = peoplesText(message.now.text === undefined ? 'caption' : 'text', words);
      message.history.push(message.now);
      const { entities: _, caption_entities: __, ...kept } = message.now;
      message.now = { ...kept, ...content, edit_date: seconds() };
      news.changed();
      const kind = chat.info.type === 'channel' ? 'edited_channel_post' : 'edited_message';
      return sees(chat, message.now) ? tell(chat, { [kind]: message.now }) : undefined;
    },
    /** Bots are not told. */
    deleteMessage(which: MessageRef) {
      live(which).deletedAt = clock.now();
      news.changed();
    },
  };
}
