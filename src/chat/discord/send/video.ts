import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Api } from '../api/rest.ts';
import type { MessageRef } from '../ids.ts';

const message = z.object({ attachments: z.array(z.object({ url: z.string(), content_type: z.string().nullish() })) });

/** The address of a message's clip: signed, and for now. Undefined where it cannot be had; nothing rests on it. */
export async function videoOf(api: Api, ref: MessageRef, signal: AbortSignal): Promise<string | undefined> {
  const called = await api.call({ method: 'GET', path: Routes.channelMessage(ref.channel, ref.message) }, signal);
  const read = message.safeParse(called.outcome === 'done' ? called.value : undefined);
  return read.data?.attachments.find(({ content_type: type }) => type?.startsWith('video/'))?.url;
}
