import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Detour } from '../../../messages/en/discord.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import { CODE, isAutoMod } from '../api/codes.ts';
import { type Api, type DiscordCall, type DiscordFailure, readDone } from '../api/rest.ts';
import { type MessageRef, userOf } from '../ids.ts';
import { oneLine } from '../text.ts';
import type { RecentRefusals } from './recent-refusals.ts';

/** Where a message may go. */
export type Target =
  /** The thread on the card; its id is the card's. */
  | { kind: 'own-thread'; channel: string; card: MessageRef }
  /** The channel, thread or conversation where it was asked. */
  | { kind: 'home'; channel: string; replyTo?: string }
  /** The channel that the thread where it was asked is in. */
  | { kind: 'parent'; channel: string }
  | { kind: 'direct'; user: string };

/** Threads are put away after a day without a word; a new message brings them back. */
const ARCHIVE_AFTER_MINUTES = 1440;
const MAX_THREAD_NAME = 90;

/** The channel where a task was asked for: its card is there. */
export const homeOf = ({ place }: Task): string => place.thread ?? place.chat;

/** Where a task's message may go, the best first. */
export function spotsOf(
  task: Task,
  { card, inThread }: { card?: MessageRef | undefined; inThread: boolean },
): Target[] {
  const { place } = task;
  const home = homeOf(task);
  const isHere = card?.channel === home;
  return [
    ...(card && isHere && inThread ? [{ kind: 'own-thread', channel: card.message, card } as const] : []),
    { kind: 'home', channel: home, ...(card && isHere ? { replyTo: card.message } : {}) },
    ...(place.thread === undefined ? [] : [{ kind: 'parent', channel: place.chat } as const]),
    ...(place.community === undefined ? [] : [{ kind: 'direct', user: userOf(task) } as const]),
  ];
}

/** Whether threads can be opened where it was asked, as far as the place tells. */
export const mayThread = ({ place }: Task): boolean => place.community !== undefined && place.thread === undefined;

const idOnly = z.object({ id: z.string() });

/** A channel that stands open, or why it does not: `detour` where the person should be told. */
export type Entered =
  | { outcome: 'open'; channel: string }
  | { outcome: 'closed'; detour?: Detour; reason: string }
  | DiscordFailure;

/** Makes sure that there is a channel to send in. */
export async function enter(
  spot: Target,
  { task, api, recentRefusals }: { task: Task; api: Api; recentRefusals: RecentRefusals },
  signal: AbortSignal,
): Promise<Entered> {
  switch (spot.kind) {
    case 'own-thread':
      return openThread(spot, { task, api, recentRefusals }, signal);
    case 'direct': {
      const path = Routes.userChannels();
      const called = await api.call({ method: 'POST', path, body: { recipient_id: spot.user } }, signal);
      if (called.outcome === 'impossible') return { outcome: 'closed', reason: called.reason };
      if (called.outcome !== 'done') return called;
      const read = readDone(idOnly, called.value);
      return read.outcome === 'read' ? { outcome: 'open', channel: read.value.id } : read;
    }
    default:
      return { outcome: 'open', channel: spot.channel };
  }
}

async function openThread(
  { card, channel }: Extract<Target, { kind: 'own-thread' }>,
  { task, api, recentRefusals }: { task: Task; api: Api; recentRefusals: RecentRefusals },
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
  let called = await api.call(named(oneLine(task.scene, MAX_THREAD_NAME) || fallbackName), signal);
  if (called.outcome === 'impossible' && (isAutoMod(called.code) || called.code === CODE.invalidForm))
    called = await api.call(named(fallbackName), signal);
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
