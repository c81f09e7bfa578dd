/** What a platform knows of a person where they ask, beside what goes on record. */
export interface Standing {
  /** Whether they look after the chat, or are alone in it. Asked only where it matters. */
  manages?(): Promise<boolean> | boolean;
  /** Nobody else is in the chat. */
  isAlone?: boolean;
  /** Threads can be opened on messages there. */
  hasThreads?: boolean;
  /** Clips can be covered there, to be seen once they are tapped. */
  hasCovers?: boolean;
  /** Ids of the roles that they have; absent where there are no roles. */
  roles?: readonly string[];
  /** Ids that a setting may name the channel or topic by that they ask in. */
  channels?: readonly string[];
  /** The chat has several such places to choose from. */
  hasChannels?: boolean;
  /** Why the bot may not show clips in this channel, as a sentence; absent where channels for that cannot be chosen. */
  obstacleIn?(channel: string): string | undefined;
}
