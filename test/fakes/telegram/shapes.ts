// What goes over the wire, as far as the stand-in speaks it: https://core.telegram.org/bots/api#available-types

export interface UserInfo {
  id: number;
  is_bot: boolean;
  first_name: string;
  username?: string;
  language_code?: string;
}

export interface ChatInfo {
  id: number;
  type: 'private' | 'group' | 'supergroup' | 'channel';
  title?: string;
  username?: string;
  first_name?: string;
  is_forum?: true;
}

/** Offsets and lengths in UTF-16 code units. */
export interface Entity {
  type: string;
  offset: number;
  length: number;
  url?: string | undefined;
  /** Of a `text_mention`. */
  user?: { id: number } | undefined;
}

export interface FileInfo {
  file_id: string;
  file_unique_id: string;
  file_size: number;
  file_name?: string;
  mime_type?: string;
  width?: number;
  height?: number;
  /** Seconds. */
  duration?: number;
  thumbnail?: FileInfo;
}

export interface Button {
  text: string;
  callback_data?: string | undefined;
  url?: string | undefined;
  [more: string]: unknown;
}

export interface Keyboard {
  inline_keyboard: Button[][];
}

/** What a message says and shows; the part that edits replace. */
export interface Content {
  text?: string;
  entities?: Entity[];
  caption?: string;
  caption_entities?: Entity[];
  photo?: FileInfo[];
  video?: FileInfo;
  document?: FileInfo;
  /** What a GIF becomes unless it is to stay a file; a document beside it. */
  animation?: FileInfo;
  has_media_spoiler?: true;
  sticker?: FileInfo;
}

export interface Msg extends Content {
  message_id: number;
  /** Seconds since the epoch, as `edit_date`. */
  date: number;
  chat: ChatInfo;
  from?: UserInfo;
  sender_chat?: ChatInfo;
  edit_date?: number;
  message_thread_id?: number;
  is_topic_message?: true;
  reply_to_message?: Msg;
  media_group_id?: string;
  /** What it replies to, where that lies in another chat. */
  external_reply?: Pick<Content, 'photo' | 'video' | 'document'> & {
    origin:
      | { type: 'user'; sender_user: UserInfo; date: number }
      | { type: 'chat'; sender_chat: ChatInfo; date: number };
    chat?: ChatInfo;
    message_id?: number;
  };
  forward_origin?: { type: 'hidden_user'; sender_user_name: string; date: number };
  reply_markup?: Keyboard;
  migrate_to_chat_id?: number;
  migrate_from_chat_id?: number;
  new_chat_members?: UserInfo[];
  forum_topic_created?: { name: string; icon_color: number };
}

export interface CallbackQuery {
  id: string;
  from: UserInfo;
  message?: Msg;
  chat_instance: string;
  data: string;
}

export interface InlineQuery {
  id: string;
  from: UserInfo;
  query: string;
  offset: string;
  chat_type?: string;
}

/** https://core.telegram.org/bots/api#reactiontypeemoji */
export interface Reaction {
  type: 'emoji';
  emoji: string;
}

/** One of these beside the id. */
export interface Happening {
  message?: Msg;
  edited_message?: Msg;
  channel_post?: Msg;
  edited_channel_post?: Msg;
  callback_query?: CallbackQuery;
  inline_query?: InlineQuery;
  message_reaction?: {
    chat: ChatInfo;
    message_id: number;
    user: UserInfo;
    date: number;
    old_reaction: Reaction[];
    new_reaction: Reaction[];
  };
  my_chat_member?: { chat: ChatInfo; from: UserInfo; date: number; old_chat_member: unknown; new_chat_member: unknown };
}

export interface Update extends Happening {
  update_id: number;
}
