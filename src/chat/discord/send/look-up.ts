import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../../util/clock.ts';
import { CODE } from '../api/codes.ts';
import { type Api, type DiscordFailure, patiently, readDone } from '../api/rest.ts';
import { type MessageRef, snowflakeAt } from '../ids.ts';
import { hasOurButton } from './layout.ts';

const PAGE = 100;
const MAX_PAGES = 10;
/** Discord's clock and ours may differ by so much. */
const CLOCK_SLACK_MS = 5 * 60_000;

export type Found =
  | { outcome: 'found'; ref: MessageRef }
  | { outcome: 'none' }
  /** It can never be known: this channel cannot be read. */
  | { outcome: 'unreadable' }
  | Exclude<DiscordFailure, { outcome: 'impossible' }>;

const page = z.array(z.looseObject({ id: z.string(), components: z.unknown() }));

/** Looks in a channel for a task's message of one kind that may have been sent from `sinceMs` on. */
export async function lookUp(
  { api, clock }: { api: Api; clock: Clock },
  wanted: { channel: string; taskId: string; letter: string; sinceMs: number; witness?: MessageRef },
  signal: AbortSignal,
): Promise<Found> {
  const { channel, taskId, letter, witness } = wanted;
  let after = snowflakeAt(wanted.sinceMs - CLOCK_SLACK_MS);
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    // To begin anew would be held back again.
    const called = await patiently(
      () =>
        api.call({ method: 'GET', path: Routes.channelMessages(channel), query: { after, limit: `${PAGE}` } }, signal),
      { clock, signal },
    );
    // In a channel that is not there, nothing is.
    if (called.outcome === 'impossible')
      return { outcome: called.code === CODE.unknownChannel ? 'none' : 'unreadable' };
    if (called.outcome !== 'done') return called;
    const read = readDone(page, called.value);
    if (read.outcome !== 'read') return read;
    const messages = read.value;
    const own = messages.find(({ components }) => hasOurButton(components, taskId, letter));
    if (own) return { outcome: 'found', ref: { channel, message: own.id } };
    if (messages.length === 0 && pages === 0) return (await isReadable(api, witness, signal)) ?? { outcome: 'none' };
    if (messages.length < PAGE) return { outcome: 'none' };
    after = messages
      .map(({ id }) => BigInt(id))
      .reduce((a, b) => (a > b ? a : b))
      .toString();
  }
  return { outcome: 'none' };
}

/** A bot that may not read the history is shown an empty one: a message that is known to be there tells. */
async function isReadable(api: Api, witness: MessageRef | undefined, signal: AbortSignal): Promise<Found | undefined> {
  if (!witness) return undefined;
  const called = await api.call(
    { method: 'GET', path: Routes.channelMessage(witness.channel, witness.message) },
    signal,
  );
  if (called.outcome === 'impossible') return called.status === 403 ? { outcome: 'unreadable' } : undefined;
  return called.outcome === 'done' ? undefined : called;
}
