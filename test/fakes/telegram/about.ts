import { z } from 'zod';
import { type Chats, permissionsOf } from './chats.ts';
import { chatId, int, type Method, method } from './params.ts';
import { Refusal } from './refusal.ts';
import type { UserInfo } from './shapes.ts';

export interface BotOptions {
  username: string;
  name: string;
  /** In groups it sees only what is meant for it. */
  privacy: boolean;
  inline: boolean;
  /** Topics in private chats. */
  topics: boolean;
}

/** Who the bot is and who is where. */
export function createAbout(bot: UserInfo, chats: Chats, options: BotOptions) {
  let loggedOut = false;

  const methods: Record<string, Method> = {
    getMe: () => ({
      ...bot,
      can_join_groups: true,
      can_read_all_group_messages: !options.privacy,
      supports_guest_queries: false,
      supports_inline_queries: options.inline,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: options.topics,
      allows_users_to_create_topics: options.topics,
      can_manage_bots: false,
      supports_join_request_queries: false,
    }),
    getChat: method(z.object({ chat_id: chatId }), ({ chat_id }) => {
      const chat = chats.known(chat_id);
      const { info } = chat;
      return {
        ...info,
        accent_color_id: 0,
        max_reaction_count: 11,
        accepted_gift_types: {},
        ...(info.type !== 'private' && info.type !== 'channel' && { permissions: permissionsOf(chat) }),
      };
    }),
    getChatMember: method(z.object({ chat_id: chatId, user_id: int }), ({ chat_id, user_id }) =>
      chats.member(chats.active(chat_id), user_id),
    ),
    getChatAdministrators: method(z.object({ chat_id: chatId }), ({ chat_id }) => {
      const chat = chats.known(chat_id);
      const ids = [...(chat.creator === undefined ? [] : [chat.creator]), ...chat.admins];
      return ids.map((id) => chats.member(chat, id));
    }),
    close: () => true,
    logOut: () => {
      loggedOut = true;
      return true;
    },
  };
  return {
    methods,
    /** Throws once the bot has logged out, after which it can do nothing here. */
    checkLoggedIn() {
      if (loggedOut) throw new Refusal(400, 'Logged out');
    },
  };
}
