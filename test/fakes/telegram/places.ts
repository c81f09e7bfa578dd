import type { Chat, Kind, Topic } from './chats.ts';
import { idOf, type Lookup, type Ref } from './lookup.ts';
import type { ChatInfo, UserInfo } from './shapes.ts';
import { post, type World } from './world.ts';

/** The topic that every forum has, and that has no number in messages. */
export const GENERAL = 1;

export interface PlaceSetup {
  title?: string;
  members?: Ref[];
  /** With topics; supergroups only. */
  forum?: boolean;
  username?: string;
  /** Whether the bot is an administrator. */
  admin?: boolean;
}

/** Persons and chats, and what happens to them. */
export function createPlaces(world: World, { chatOf, userOf, someone, tell, seconds }: Lookup) {
  const { bot, chats, clock, news } = world;

  /** Someone removes or lets in the bot, which it is told. */
  function standing(chat: Chat, by: UserInfo, now: Chat['bot'], was: string, is: string) {
    chat.bot = now;
    const member = (status: string) => ({ user: bot, status });
    tell(chat, {
      my_chat_member: {
        chat: chat.info,
        from: by,
        date: seconds(),
        old_chat_member: member(was),
        new_chat_member: member(is),
      },
    });
    news.changed();
  }

  function place(type: 'group' | 'supergroup' | 'channel', id: number, setup: PlaceSetup): Chat {
    const { title = 'A place', members = [], forum = false, username, admin = false } = setup;
    const chat = chats.add(
      { id, type, title, ...(forum && { is_forum: true as const }), ...(username && { username }) },
      { bot: admin || type === 'channel' ? 'administrator' : 'member' },
    );
    const people = members.map(userOf);
    for (const person of people) chat.members.set(person.id, person);
    if (people[0]) chat.creator = people[0].id;
    return chat;
  }

  const supergroup = (setup: PlaceSetup = {}): ChatInfo =>
    place('supergroup', -1_000_000_000_000 - chats.nextId(), setup).info;

  return {
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
    supergroup,
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
      const found =
        topics?.get(id) ?? (id === GENERAL ? { id, name: 'General', closed: true, deleted: false } : undefined);
      if (!topics || !found) throw new Error(`no topic ${id}`);
      topics.set(id, { ...found, closed: true });
      news.changed();
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

    blockBot: (who: Ref) => standing(chatOf(who), userOf(who), 'blocked', 'member', 'kicked'),
    unblockBot: (who: Ref) => standing(chatOf(who), userOf(who), 'member', 'kicked', 'member'),
    kickBot: (where: Ref) => standing(chatOf(where), someone(chatOf(where)), 'kicked', 'member', 'kicked'),
    addBot(where: Ref) {
      const chat = chatOf(where);
      standing(chat, someone(chat), 'member', 'left', 'member');
      tell(chat, { message: post(world, chat, { from: someone(chat), new_chat_members: [bot] }).now });
    },
    makeBotAdmin: (where: Ref) =>
      standing(chatOf(where), someone(chatOf(where)), 'administrator', 'member', 'administrator'),
    /** Turns a group into a supergroup, which has another id and none of the messages. */
    migrate(where: Ref) {
      const old = chatOf(where);
      if (old.info.type !== 'group') throw new Error('only groups become supergroups');
      const info = supergroup({ title: old.info.title ?? '', members: [...old.members.values()] });
      const next = chatOf(info);
      next.may = { ...old.may };
      next.migratedFrom = old.info.id;
      const from = someone(old);
      tell(old, { message: post(world, old, { from, migrate_to_chat_id: info.id }).now });
      tell(next, { message: post(world, next, { from, migrate_from_chat_id: old.info.id }).now });
      old.migratedTo = info.id;
      return info;
    },
  };
}
