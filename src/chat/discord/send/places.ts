import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Detour } from '../../../messages/en/discord.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import { CODE, isAutoMod } from '../api/codes.ts';
import { type Api, type Call, readDone, type Trouble } from '../api/rest.ts';
import { type MessageRef, userOf } from '../ids.ts';
import { oneLine } from '../text.ts';
import type { Doors } from './recent-refusals.ts';

/** Where a message may go. */
export type Spot =
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
export function spotsOf(task: Task, { card, inThread }: { card?: MessageRef | undefined; inThread: boolean }): Spot[] {
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
export type Entered = { is: 'open'; channel: string } | { is: 'closed'; detour?: Detour; reason: string } | Trouble;

/** Makes sure that there is a channel to send in. */
export async function enter(
  spot: Spot,
  { task, api, doors }: { task: Task; api: Api; doors: Doors },
  signal: AbortSignal,
): Promise<Entered> {
  switch (spot.kind) {
    case 'own-thread':
      return openThread(spot, { task, api, doors }, signal);
    case 'direct': {
      const path = Routes.userChannels();
      const called = await api.call({ method: 'POST', path, body: { recipient_id: spot.user } }, signal);
      if (called.is === 'refused') return { is: 'closed', reason: called.reason };
      if (called.is !== 'done') return called;
      const read = readDone(idOnly, called.value);
      return read.is === 'read' ? { is: 'open', channel: read.value.id } : read;
    }
    default:
      return { is: 'open', channel: spot.channel };
  }
}

async function openThread(
  { card, channel }: Extract<Spot, { kind: 'own-thread' }>,
  { task, api, doors }: { task: Task; api: Api; doors: Doors },
  signal: AbortSignal,
): Promise<Entered> {
  if (doors.isShut(card.channel, 'thread')) return { is: 'closed', reason: 'threads were refused a moment ago' };
  const fallbackName = messagesFor(task.locale).discord.thread;
  const named = (name: string): Call => ({
    method: 'POST',
    path: Routes.threads(card.channel, card.message),
    body: { name, auto_archive_duration: ARCHIVE_AFTER_MINUTES },
  });
  let called = await api.call(named(oneLine(task.scene, MAX_THREAD_NAME) || fallbackName), signal);
  if (called.is === 'refused' && (isAutoMod(called.code) || called.code === CODE.invalidForm))
    called = await api.call(named(fallbackName), signal);
  if (called.is === 'done') return { is: 'open', channel };
  // No clip has left yet, whatever became of the thread: the next try finds it.
  if (called.is !== 'refused') return { ...called, is: 'later' };
  if (called.code === CODE.threadExists) return { is: 'open', channel };
  const { reason } = called;
  if (called.code === CODE.tooManyThreads) return { is: 'closed', detour: 'too-many-threads', reason };
  // A card that is gone says nothing of its channel's next one.
  if (called.code !== CODE.unknownMessage) doors.shut(card.channel, 'thread');
  return { is: 'closed', reason };
}
