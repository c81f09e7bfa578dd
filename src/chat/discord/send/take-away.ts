import { ComponentType, MessageFlags, Routes } from 'discord.js';
import { z } from 'zod';
import { messagesFor } from '../../../messages/messages.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Sent } from '../../chat.ts';
import { CODE } from '../api/codes.ts';
import { type Api, type DiscordResult, patiently } from '../api/rest.ts';
import { type MessageRef, readRef } from '../ids.ts';
import { bringBack } from './card.ts';
import { remove } from './post.ts';

interface TakeAwayDeps {
  api: Api;
  clock: Clock;
  /** The bot may delete threads there (Manage Threads, which it is not invited with): to try is a refusal that counts. */
  mayDeleteThreads?: boolean;
  /** Of what is said where a message can only be emptied. */
  locale?: string;
}

/** The line above a thread that repeats the message which it hangs on; it goes with that. */
const STARTER = 21;
/** Nothing stands there: no message, no channel. */
const GONE: readonly number[] = [CODE.unknownMessage, CODE.unknownChannel];

/**
 * Takes a task's messages away (`Task.sent`), one after the other, and then the thread on its card. One that the bot may
 * only edit is emptied.
 */
export async function takeAway(
  deps: TakeAwayDeps,
  sent: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<Sent> {
  const refs = new Map(Object.values(sent).flatMap((text) => (readRef(text) ? [[text, readRef(text)] as const] : [])));
  let refused: Extract<DiscordResult, { outcome: 'impossible' }> | undefined;
  for (const ref of refs.values()) {
    if (!ref) continue;
    const called = await removeOne(deps, ref, signal);
    if (called.outcome === 'unknown') return { outcome: 'retry', reason: called.reason };
    if (called.outcome === 'retry') return called;
    if (called.outcome !== 'impossible') continue;
    refused = called;
    await patiently(() => empty(deps, ref, signal), { clock: deps.clock, signal });
  }
  const card = readRef(sent.card);
  const closed = card && (await closeThread(deps, card.message, signal));
  if (closed?.outcome === 'retry' || closed?.outcome === 'unknown') return { ...closed, outcome: 'retry' };
  if (!refused) return { outcome: 'shown' };
  return { outcome: refused.status === 403 ? 'shut' : 'impossible', reason: refused.reason };
}

const wordsIn = (locale = 'en') => messagesFor(locale);

/** Leaves nothing of the person's in it. */
const empty = (
  { api, locale }: TakeAwayDeps,
  { channel, message }: MessageRef,
  signal?: AbortSignal,
): Promise<DiscordResult> =>
  api.call(
    {
      method: 'PATCH',
      path: Routes.channelMessage(channel, message),
      body: {
        flags: MessageFlags.IsComponentsV2,
        content: null,
        embeds: [],
        attachments: [],
        components: [{ type: ComponentType.TextDisplay, content: wordsIn(locale).request.deleted }],
        allowed_mentions: { parse: [] },
      },
    },
    signal,
  );

async function removeOne(deps: TakeAwayDeps, ref: MessageRef, signal?: AbortSignal): Promise<DiscordResult> {
  const attempt = () => patiently(() => remove(deps.api, ref, signal), { ...deps, signal });
  let called = await attempt();
  if (
    called.outcome === 'impossible' &&
    called.code === CODE.archived &&
    (await bringBack(deps.api, ref.channel, signal))
  )
    called = await attempt();
  return isGone(called) ? { outcome: 'done', value: undefined } : called;
}

/** A thread is named with the scene, and stays when its message goes: it is deleted, or where others wrote in it renamed. */
async function closeThread(deps: TakeAwayDeps, thread: string, signal?: AbortSignal): Promise<DiscordResult> {
  const { api, locale } = deps;
  const call = (request: Parameters<Api['call']>[0]) => patiently(() => api.call(request, signal), { ...deps, signal });
  const path = Routes.channel(thread);
  const found = await call({ method: 'GET', path: Routes.channelMessages(thread), query: { limit: '2' } });
  if (found.outcome === 'retry' || found.outcome === 'unknown' || isGone(found)) return done(found);
  if (deps.mayDeleteThreads && found.outcome === 'done' && isEmpty(found.value)) {
    const deleted = await call({ method: 'DELETE', path });
    if (deleted.outcome !== 'impossible' || isGone(deleted)) return done(deleted);
  }
  const rename = () => call({ method: 'PATCH', path, body: { name: wordsIn(locale).discord.thread, archived: true } });
  const renamed = await rename();
  const isArchived = renamed.outcome === 'impossible' && renamed.code === CODE.archived;
  return done(isArchived && (await bringBack(api, thread, signal)) ? await rename() : renamed);
}

const isGone = (called: DiscordResult): boolean => called.outcome === 'impossible' && GONE.includes(called.code);
const done = (called: DiscordResult): DiscordResult =>
  isGone(called) ? { outcome: 'done', value: undefined } : called;

const messages = z.array(z.object({ type: z.number() }));
const isEmpty = (value: unknown): boolean =>
  messages.safeParse(value).data?.every(({ type }) => type === STARTER) ?? false;
