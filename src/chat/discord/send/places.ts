import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Detour } from '../../../messages/en/discord.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import type { Ledger } from '../../chat.ts';
import { CODE, isAutoMod } from '../api/codes.ts';
import { type Api, type DiscordCall, type DiscordFailure, readDone } from '../api/rest.ts';
import { type MessageRef, userOf } from '../ids.ts';
import { oneLine } from '../text.ts';
import type { RecentRefusals } from './recent-refusals.ts';
import { areRefused, refuseWords } from './refused-words.ts';

/** Where a message may go. */
export type Target =
  /** The thread on the card; its id is the card's. */
  | { type: 'own-thread'; channel: string; card: MessageRef }
  /** The channel, thread or conversation where it was asked. */
  | { type: 'home'; channel: string; replyTo?: string }
  /** The channel that the thread where it was asked is in. */
  | { type: 'parent'; channel: string }
  | { type: 'direct'; user: string };

/** Threads are put away after an hour without a word; a new message brings them back. */
const ARCHIVE_AFTER_MINUTES = 60;
const MAX_THREAD_NAME = 90;

/** The channel where a task was asked for: its card is there. */
export const homeOf = ({ place }: Task): string => place.thread ?? place.chat;

/** Where a task's message may go, the best first. */
export function targetsOf(
  task: Task,
  { card, inThread, isClip }: { card?: MessageRef; inThread: boolean; isClip: boolean },
): Target[] {
  const { place } = task;
  const home = homeOf(task);
  const isHere = card?.channel === home;
  const there: Target = { type: 'home', channel: home, replyTo: isHere ? card.message : undefined };
  // Only there somebody wanted it once more.
  if (task.shows !== undefined && isClip) return [there];
  return [
    ...(card && isHere && inThread ? [{ type: 'own-thread', channel: card.message, card } as const] : []),
    there,
    ...(place.thread === undefined ? [] : [{ type: 'parent', channel: place.chat } as const]),
    ...(place.community === undefined ? [] : [{ type: 'direct', user: userOf(task) } as const]),
  ];
}

/** Whether threads can be opened where it was asked, as far as the place tells. */
export const mayThread = ({ place, shows }: Task): boolean =>
  place.community !== undefined && place.thread === undefined && shows === undefined;

const idOnly = z.object({ id: z.string() });

/** A channel that stands open, or why it does not: `detour` where the person should be told. */
export type Entered =
  | { outcome: 'open'; channel: string }
  | { outcome: 'closed'; detour?: Detour; reason: string }
  | DiscordFailure;

interface Entering {
  task: Task;
  ledger: Pick<Ledger, 'sent' | 'record'>;
  api: Api;
  recentRefusals: RecentRefusals;
}

/** Makes sure that there is a channel to send in. */
export async function enter(target: Target, entering: Entering, signal: AbortSignal): Promise<Entered> {
  switch (target.type) {
    case 'own-thread':
      return openThread(target, entering, signal);
    case 'direct':
      return openDirect(target.user, entering, signal);
    default:
      return { outcome: 'open', channel: target.channel };
  }
}

/** The conversation with a person, which is always there. */
export async function openDirect(user: string, { api }: { api: Api }, signal?: AbortSignal): Promise<Entered> {
  const called = await api.call({ method: 'POST', path: Routes.userChannels(), body: { recipient_id: user } }, signal);
  if (called.outcome === 'impossible') return { outcome: 'closed', reason: called.reason };
  if (called.outcome !== 'done') return called;
  const read = readDone(idOnly, called.value);
  return read.outcome === 'read' ? { outcome: 'open', channel: read.value.id } : read;
}

async function openThread(
  { card, channel }: Extract<Target, { type: 'own-thread' }>,
  { task, ledger, api, recentRefusals }: Entering,
  signal: AbortSignal,
): Promise<Entered> {
  if (recentRefusals.isBlocked(card.channel, 'thread'))
    return { outcome: 'closed', reason: 'threads were refused a moment ago' };
  const fallbackName = messagesFor(task.locale).discord.thread;
  const named = (name: string): DiscordCall => ({
    method: 'POST',
    path: Routes.threads(card.channel, card.message),
    body: { name, auto_archive_duration: ARCHIVE_AFTER_MINUTES },
  });
  // A name cannot be covered.
  const isHidden = task.options.spoiler || areRefused(ledger);
  const name = isHidden ? fallbackName : oneLine(task.scene, MAX_THREAD_NAME) || fallbackName;
  let called = await api.call(named(name), signal);
  if (called.outcome === 'impossible' && (isAutoMod(called.code) || called.code === CODE.invalidForm)) {
    if (isAutoMod(called.code)) await refuseWords(ledger, card.channel);
    called = await api.call(named(fallbackName), signal);
  }
  if (called.outcome === 'done') return { outcome: 'open', channel };
  // No clip has left yet, whatever became of the thread: the next try finds it.
  if (called.outcome !== 'impossible') return { ...called, outcome: 'retry' };
  if (called.code === CODE.threadExists) return { outcome: 'open', channel };
  const { reason } = called;
  if (called.code === CODE.tooManyThreads) return { outcome: 'closed', detour: 'too-many-threads', reason };
  // A card that is gone says nothing of its channel's next one.
  if (called.code !== CODE.unknownMessage) recentRefusals.block(card.channel, 'thread');
  return { outcome: 'closed', reason };
}
