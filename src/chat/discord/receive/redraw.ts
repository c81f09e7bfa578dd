import { Routes } from 'discord.js';
import { z } from 'zod';
import { retry } from '../../../util/retry.ts';
import { CODE } from '../api/codes.ts';
import type { DiscordResult } from '../api/rest.ts';
import type { MessageRef } from '../ids.ts';
import { bringBack } from '../send/card.ts';
import type { RequestDeps } from './deps.ts';

/** What stands on a button is worth a while of trying. */
const RETRY = { backoff: { baseMs: 500, maxMs: 15_000 }, most: 8 };

const shownSchema = z.looseObject({
  components: z.array(z.unknown()),
  mentions: z.array(z.object({ id: z.string() })).default([]),
});
const buttonSchema = z.looseObject({ custom_id: z.string(), label: z.string().optional() });
export type ShownButton = z.infer<typeof buttonSchema>;

/**
 * Changes buttons of a message of ours that stands there; its files and all else stay. The message as it stands decides:
 * `change` is given each of its buttons, and what it leaves alone it returns. Why it could not be, where it could not.
 * `wakes`: in a thread that was put away, too.
 */
export async function redraw(
  { channel, message }: MessageRef,
  change: (button: ShownButton) => ShownButton,
  { api, clock }: Pick<RequestDeps, 'api' | 'clock'>,
  { wakes = true } = {},
): Promise<string | undefined> {
  const path = Routes.channelMessage(channel, message);
  // To read and to edit are harmless when they are done twice.
  const again = (call: () => Promise<DiscordResult>): Promise<DiscordResult> =>
    retry(call, {
      clock,
      backoff: RETRY.backoff,
      when(called, tries) {
        if (called.outcome === 'done' || called.outcome === 'impossible' || tries >= RETRY.most) return false;
        return called.outcome === 'retry' && called.retryAfterMs !== undefined
          ? { afterMs: called.retryAfterMs }
          : true;
      },
    });
  const read = await again(() => api.call({ method: 'GET', path }));
  const shown = shownSchema.safeParse(read.outcome === 'done' ? read.value : undefined).data;
  const components = shown && changed(shown.components, change);
  if (shown && !components) return undefined;
  // The mention stays as it was: an edit pings nobody.
  const body = { components, allowed_mentions: { parse: [], users: shown?.mentions.map(({ id }) => id) } };
  const edit = () => again(() => api.call({ method: 'PATCH', path, body }));
  let edited = shown ? await edit() : read;
  const isArchived = edited.outcome === 'impossible' && edited.code === CODE.archived;
  if (isArchived && wakes && (await bringBack(api, channel))) edited = await edit();
  const isGone = edited.outcome === 'impossible' && edited.code === CODE.unknownMessage;
  if (edited.outcome === 'done' || isGone || (isArchived && !wakes)) return undefined;
  return edited.reason;
}

const ownMedia = z.object({ url: z.string(), attachment_id: z.string() });

/** The same components with other buttons, files of the message's own named as its own again; undefined: nothing changes. */
function changed(components: unknown[], change: (button: ShownButton) => ShownButton): unknown {
  let isChanged = false;
  const now: unknown = JSON.parse(JSON.stringify(components), (name, value: unknown) => {
    const own = name === 'media' ? ownMedia.safeParse(value).data : undefined;
    if (own) return { url: `attachment://${new URL(own.url).pathname.split('/').at(-1)}` };
    const button = buttonSchema.safeParse(value).data;
    if (!button) return value;
    const next = change(button);
    isChanged ||= next !== button;
    return next;
  });
  return isChanged ? now : undefined;
}
