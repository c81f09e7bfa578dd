import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../../util/clock.ts';
import { retry } from '../../../util/retry.ts';
import type { Api } from '../api/rest.ts';
import type { MessageRef } from '../ids.ts';

const TRIES = 3;
const BACKOFF = { baseMs: 500, maxMs: 2_000 };

const message = z.object({ attachments: z.array(z.object({ url: z.string(), content_type: z.string().nullish() })) });

/** The address of a message's clip: signed, and for now. Undefined where it cannot be had soon; nothing rests on it. */
export async function videoOf(
  { api, clock }: { api: Api; clock: Clock },
  ref: MessageRef,
  signal: AbortSignal,
): Promise<string | undefined> {
  const path = Routes.channelMessage(ref.channel, ref.message);
  const called = await retry(() => api.call({ method: 'GET', path }, signal), {
    clock,
    signal,
    backoff: BACKOFF,
    when: ({ outcome }, tries) => (outcome === 'retry' || outcome === 'unknown') && tries < TRIES,
  });
  const read = message.safeParse(called.outcome === 'done' ? called.value : undefined);
  return read.data?.attachments.find(({ content_type: type }) => type?.startsWith('video/'))?.url;
}
