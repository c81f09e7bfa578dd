import { type PermissionResolvable, PermissionsBitField } from 'discord.js';
import type { Messages } from '../../../messages/messages.ts';

type Needed = keyof Messages['discord']['permissions'];

const EVERYWHERE: Needed[] = ['ViewChannel', 'AttachFiles', 'EmbedLinks', 'ReadMessageHistory'];

/** Permissions that a clip in a channel or thread needs. The bot can do without threads of its own. */
const neededIn = (thread: boolean): Needed[] => [...EVERYWHERE, thread ? 'SendMessagesInThreads' : 'SendMessages'];

/** Permissions that the bot is invited with. */
const INVITED: Needed[] = [...EVERYWHERE, 'SendMessages', 'SendMessagesInThreads', 'CreatePublicThreads'];

/** Those that it lacks, by name. */
const lacked = (needed: Needed[], granted: Readonly<PermissionsBitField>, words: Messages['discord']): string[] =>
  needed.filter((name) => !granted.has(name satisfies PermissionResolvable)).map((name) => words.permissions[name]);

/** Those that it lacks for a clip. */
export const missingIn = (
  granted: Readonly<PermissionsBitField>,
  { thread, words }: { thread: boolean; words: Messages['discord'] },
): string[] => lacked(neededIn(thread), granted, words);

/** Those that it lacks to take its own messages away; without them it can edit none, too. */
export const missingToRemove = (granted: Readonly<PermissionsBitField>, words: Messages['discord']): string[] =>
  lacked(['ViewChannel'], granted, words);

/** Where an operator invites it to a server. */
export function inviteUrl(applicationId: string): string {
  const permissions = new PermissionsBitField(INVITED).bitfield;
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${permissions}`;
}
