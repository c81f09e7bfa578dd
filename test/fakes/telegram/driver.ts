import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { BotOptions } from './about.ts';
import type { Chat, Kind, MessageRecord, Topic } from './chats.ts';
import { peoplesText } from './content.ts';
import { imageSizeOf } from './files.ts';
import type { CallbackAnswer, InlineAnswer, Queries } from './inline.ts';
import { post, quoted, type World } from './messages.ts';
import type { Button, Content, FileInfo, Happening, Msg, Update, UserInfo } from './shapes.ts';
import type { Updates } from './updates.ts';

/** A person, chat, topic or message, or its number. */
type Ref = number | { id: number };
const idOf = (ref: Ref): number => (typeof ref === 'number' ? ref : ref.id);

export interface Writing {
  from: Ref;
  /** Left out: the private chat with the bot. */
  chat?: Ref;
  topic?: Ref;
  replyTo?: Ref;
  forwarded?: boolean;
}

export interface PhotoMessage extends Writing {
  bytes: Buffer;
  caption?: string;
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
const PRESS_WITHIN_MS = 20_000;

/** What people do, and what happens to their chats. Wrong use of it throws at once. */
export function createDriver(world: World, updates: Updates, queries: Queries, options: BotOptions) {
  const { bot, chats, clock, files, news } = world;

  const chatOf = (ref: Ref): Chat => {
    const chat = chats.chats.get(idOf(ref));
    if (!chat) throw new Error(`no chat ${idOf(ref)}`);
    return chat;
  };
  const userOf = (ref: Ref): UserInfo => {
    const user = chats.users.get(idOf(ref));
    if (!user) throw new Error(`no person ${idOf(ref)}`);
    return user;
  };
  const seconds = () => Math.floor(clock.now() / 1000);

  /** Whether the bot is told of a message: https://core.telegram.org/bots/features#privacy-mode */
  function sees(chat: Chat, message: Msg): boolean {
    if (!['member', 'administrator'].includes(chat.bot)) return false;
    if (chat.info.type === 'private' || chat.info.type === 'channel') return true;
    if (!options.privacy || chat.bot === 'administrator') return true;
    if (message.reply_to_message?.from?.id === bot.id) return true;
    const text = message.text ?? message.caption ?? '';
    const me = `@${options.username}`.toLowerCase();
    return (message.entities ?? message.caption_entities ?? []).some(({ type, offset, length }) => {
      const word = text.slice(offset, offset + length).toLowerCase();
      if (type === 'mention') return word === me;
      return type === 'bot_command' && offset === 0 && (!word.includes('@') || word.endsWith(me));
    });
  }

  function tell(chat: Chat, happening: Happening): Update | undefined {
    return updates.push(happening, chat.info.id);
  }

  function write(
    { from, chat: where, topic, replyTo, forwarded }: Writing,
    content: Content & { media_group_id?: string },
  ) {
    const user = userOf(from);
    const chat = chatOf(where ?? from);
    if (chat.migratedTo !== undefined) throw new Error(`chat ${chat.info.id} is a supergroup now`);
    if (chat.bot === 'stranger') chat.bot = 'member';
    chat.members.set(user.id, user);
    const target = replyTo === undefined ? undefined : chat.messages.get(idOf(replyTo));
    if (replyTo !== undefined && (!target || target.deletedAt !== undefined)) throw new Error('no message to reply to');
    const thread = topic === undefined ? target?.now.message_thread_id : idOf(topic);
    if (thread !== undefined && thread !== 1 && !chat.topics?.has(thread)) throw new Error(`no topic ${thread}`);
    const record = post(world, chat, {
      ...(chat.info.type === 'channel' ? { sender_chat: chat.info } : { from: user }),
      ...(thread !== undefined && thread !== 1 && { message_thread_id: thread, is_topic_message: true as const }),
      ...(target && { reply_to_message: quoted(target.now) }),
      ...(forwarded && {
        forward_origin: { type: 'hidden_user' as const, sender_user_name: 'Someone', date: seconds() },
      }),
      ...content,
    });
    record.byBot = false;
    if (sees(chat, record.now)) tell(chat, { [chat.info.type === 'channel' ? 'channel_post' : 'message']: record.now });
    return record;
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

  /** Someone removes or lets in the bot, which it is told. */
  function standing(chat: Chat, by: UserInfo, now: Chat['bot'], was: string, is: string) {
    chat.bot = now;
    const member = (status: string) => ({ user: bot, status });
    tell(chat, {
      my_chat_member: {
        ...{ chat: chat.info, from: by, date: seconds() },
        ...{ old_chat_member: member(was), new_chat_member: member(is) },
      },
    });
    news.changed();
  }

  const someone = (chat: Chat): UserInfo => {
    const [first] = chat.members.values();
    if (!first) throw new Error(`nobody is in chat ${chat.info.id}`);
    return first;
  };

  function place(type: 'group' | 'supergroup' | 'channel', id: number, setup: PlaceSetup): Chat {
    const { title = 'A place', members = [], forum = false, username, admin = false } = setup;
    const chat = chats.add(
      { id, type, title, ...(forum && { is_forum: true as const }), ...(username && { username }) },
      { bot: admin ? 'administrator' : 'member' },
    );
    const people = members.map(userOf);
    for (const person of people) chat.members.set(person.id, person);
    if (people[0]) chat.creator = people[0].id;
    return chat;
  }

  const driver = {
    /** A person; nobody the bot may write to before they wrote to it, unless `started`. */
    user(
      setup: { name?: string; username?: string; language?: string; started?: boolean; topics?: boolean } = {},
    ): UserInfo {
      const { name = 'Ada', username, language = 'en', started = false, topics = false } = setup;
      const id = 10_000 + chats.nextId();
      const user = { id, is_bot: false, first_name: name, language_code: language, ...(username && { username }) };
      chats.users.set(id, user);
      const info = { id, type: 'private' as const, first_name: name, ...(username && { username }) };
      const chat = chats.add(info, { bot: started ? 'member' : 'stranger', topics: topics ? new Map() : undefined });
      chat.members.set(id, user);
      return user;
    },
    /** A basic group; the first of its members made it. */
    group: (setup: PlaceSetup = {}) => place('group', -chats.nextId(), setup).info,
    supergroup: (setup: PlaceSetup = {}) => place('supergroup', -1_000_000_000_000 - chats.nextId(), setup).info,
    channel: (setup: PlaceSetup = {}) => place('channel', -1_000_000_000_000 - chats.nextId(), setup).info,
    /** Opens a topic in a forum or in a private chat that has topics. */
    topic(where: Ref, name = 'A topic'): Topic {
      const chat = chatOf(where);
      if (!chat.topics) throw new Error('this chat has no topics');
      const record = post(world, chat, { from: someone(chat), forum_topic_created: { name, icon_color: 7322096 } });
      record.byBot = false;
      const topic = { id: record.id, name, closed: false, deleted: false };
      record.now = { ...record.now, message_thread_id: topic.id, is_topic_message: true };
      chat.topics.set(topic.id, topic);
      tell(chat, { message: record.now });
      return topic;
    },
    /** Topic 1 is General. */
    closeTopic(where: Ref, topic: Ref) {
      const { topics } = chatOf(where);
      const id = idOf(topic);
      const found = topics?.get(id) ?? (id === 1 ? { id, name: 'General', closed: true, deleted: false } : undefined);
      if (!topics || !found) throw new Error(`no topic ${id}`);
      topics.set(id, { ...found, closed: true });
    },
    deleteTopic(where: Ref, topic: Ref) {
      const chat = chatOf(where);
      const found = chat.topics?.get(idOf(topic));
      if (!found) throw new Error(`no topic ${idOf(topic)}`);
      found.deleted = true;
      for (const record of chat.messages.values())
        if (record.now.message_thread_id === found.id) record.deletedAt ??= clock.now();
      news.changed();
    },
    promote(where: Ref, who: Ref) {
      chatOf(where).admins.add(idOf(who));
    },
    /** Takes rights from members, or gives them back. */
    restrict(where: Ref, may: Partial<Record<Kind, boolean>>) {
      Object.assign(chatOf(where).may, may);
    },

    sendText: (writing: Writing & { text: string }): MessageRecord => write(writing, peoplesText('text', writing.text)),
    async sendPhoto({ bytes, caption, hd = false, mediaGroup, ...writing }: PhotoMessage): Promise<MessageRecord> {
      const photo = await scaled(bytes, hd);
      return write(writing, { photo, ...captioned(caption), ...(mediaGroup && { media_group_id: mediaGroup }) });
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
    /** Changes a person's own text or caption. */
    edit(message: MessageRecord, words: string): Update | undefined {
      const chat = chatOf(message.chat);
      if (message.byBot || message.deletedAt !== undefined) throw new Error('nobody can edit this message');
      const content = peoplesText(message.now.text === undefined ? 'caption' : 'text', words);
      message.history.push(message.now);
      message.now = { ...message.now, ...content, edit_date: seconds() };
      news.changed();
      const kind = chat.info.type === 'channel' ? 'edited_channel_post' : 'edited_message';
      return sees(chat, message.now) ? tell(chat, { [kind]: message.now }) : undefined;
    },
    /** Bots are not told. */
    deleteMessage(message: MessageRecord) {
      message.deletedAt = clock.now();
      news.changed();
    },
    /**
     * Presses a button, named by its words or its data, and waits for the bot's answer. Throws where the message
     * shows no such button.
     */
    press(message: MessageRecord, button: string, { from }: { from?: Ref } = {}): Promise<CallbackAnswer> {
      const chat = chatOf(message.chat);
      const shown = message.now.reply_markup?.inline_keyboard.flat() ?? [];
      const found = shown.find(({ text, callback_data }) => text === button || callback_data === button);
      if (message.deletedAt !== undefined) throw new Error('the message is deleted');
      if (found?.callback_data === undefined)
        throw new Error(`no button "${button}" to press, but: ${shown.map(labelled).join(', ') || 'none'}`);
      const data = found.callback_data;
      const id = String(chats.nextId()) + randomUUID().replace(/\D/g, '');
      return answered<CallbackAnswer>(`the press of ${button}`, (resolve) => {
        queries.openPress(id, data, resolve);
        const who = from === undefined ? someone(chat) : userOf(from);
        tell(chat, {
          callback_query: { id, from: who, message: message.now, chat_instance: String(chat.info.id), data },
        });
      });
    },
    /** Types `@bot words` somewhere; resolves with what the bot offers, or what Telegram remembers of it. */
    inlineQuery({ from, query, offset = '' }: { from: Ref; query: string; offset?: string }): Promise<InlineAnswer> {
      if (!options.inline) throw new Error('inline mode is off');
      const remembered = queries.remembered(idOf(from), query, offset);
      if (remembered) return Promise.resolve(remembered);
      const id = String(chats.nextId()) + randomUUID().replace(/\D/g, '');
      return answered<InlineAnswer>(`the inline query "${query}"`, (resolve) => {
        queries.openInline(id, { user: idOf(from), query, offset }, resolve);
        updates.push({ inline_query: { id, from: userOf(from), query, offset } }, idOf(from));
      });
    },

    blockBot: (who: Ref) => standing(chatOf(who), userOf(who), 'blocked', 'member', 'kicked'),
    unblockBot: (who: Ref) => standing(chatOf(who), userOf(who), 'member', 'kicked', 'member'),
    kickBot: (where: Ref) => standing(chatOf(where), someone(chatOf(where)), 'kicked', 'member', 'kicked'),
    addBot: (where: Ref) => standing(chatOf(where), someone(chatOf(where)), 'member', 'left', 'member'),
    makeBotAdmin: (where: Ref) =>
      standing(chatOf(where), someone(chatOf(where)), 'administrator', 'member', 'administrator'),
    /** Turns a group into a supergroup, which has another id and none of the messages. */
    migrate(where: Ref) {
      const old = chatOf(where);
      if (old.info.type !== 'group') throw new Error('only groups become supergroups');
      const info = driver.supergroup({ title: old.info.title ?? '', members: [...old.members.values()] });
      const next = chatOf(info);
      next.may = { ...old.may };
      next.migratedFrom = old.info.id;
      const from = someone(old);
      tell(old, { message: post(world, old, { from, migrate_to_chat_id: info.id }).now });
      tell(next, { message: post(world, next, { from, migrate_from_chat_id: old.info.id }).now });
      old.migratedTo = info.id;
      return info;
    },
    /** Tells the bot something once more, as Telegram may. */
    redeliver: (update: Update) => updates.redeliver(update),
    /** The next sends are answered with message id 0, as videos in big chats may be. */
    scheduleNext(count = 1) {
      world.scheduled.left += count;
    },
  };

  function answered<T>(what: string, ask: (resolve: (answer: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${what}`)), PRESS_WITHIN_MS);
      ask((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  return driver;
}
export type Driver = ReturnType<typeof createDriver>;

interface PlaceSetup {
  title?: string;
  members?: Ref[];
  /** With topics; supergroups only. */
  forum?: boolean;
  username?: string;
  /** Whether the bot is an administrator. */
  admin?: boolean;
}

const labelled = ({ text }: Button): string => `"${text}"`;
