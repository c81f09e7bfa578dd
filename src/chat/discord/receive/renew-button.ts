import { type Message, Routes } from 'discord.js';
import { z } from 'zod';
import { retry } from '../../../util/retry.ts';
import { CODE } from '../api/codes.ts';
import type { DiscordResult } from '../api/rest.ts';
import { type ButtonId, writeButton } from '../ids.ts';
import { bringBack } from '../send/card.ts';
import type { RequestDeps } from './deps.ts';

/** Until it is renewed, the next press of a button is the same request: worth a while of trying. */
const RETRY = { backoff: { baseMs: 500, maxMs: 15_000 }, most: 8 };

const shownSchema = z.looseObject({ components: z.array(z.unknown()) });

/**
 * Gives a button that was used the next number, so that the next press of it is another request. The message as it stands
 * decides: a press that is heard late takes no number back.
 */
export async function renewButton(
  { channelId, id, mentions }: Message,
  button: ButtonId,
  deps: Pick<RequestDeps, 'api' | 'clock' | 'log'>,
): Promise<void> {
  const { api, clock, log } = deps;
  const path = Routes.channelMessage(channelId, id);
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
  const shown = shownSchema.safeParse(read.outcome === 'done' ? read.value : undefined).data?.components;
  const [used, next] = [writeButton(button), writeButton({ ...button, n: button.n + 1 })];
  if (shown && !JSON.stringify(shown).includes(`"${used}"`)) return;
  const components = shown && withNumber(shown, { used, next });
  // The mention stays as it was: an edit pings nobody.
  const body = { components, allowed_mentions: { parse: [], users: [...mentions.users.keys()] } };
  const edit = () => again(() => api.call({ method: 'PATCH', path, body }));
  let edited = shown ? await edit() : read;
  if (edited.outcome === 'impossible' && edited.code === CODE.archived && (await bringBack(api, channelId)))
    edited = await edit();
  const isGone = edited.outcome === 'impossible' && edited.code === CODE.unknownMessage;
  if (edited.outcome !== 'done' && !isGone)
    log.warn(
      { task: button.taskId, reason: edited.reason },
      'a button could not be renewed: its next press is the same',
    );
}

const ownMedia = z.object({ url: z.string(), attachment_id: z.string() });

/** The same components, with another id for one button; files of the message's own are named as its own again. */
const withNumber = (components: unknown[], { used, next }: { used: string; next: string }): unknown =>
  JSON.parse(JSON.stringify(components), (name, value: unknown) => {
    if (name === 'custom_id') return value === used ? next : value;
    const own = name === 'media' ? ownMedia.safeParse(value).data : undefined;
    return own ? { url: `attachment://${new URL(own.url).pathname.split('/').at(-1)}` } : value;
  });
