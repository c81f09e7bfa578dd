import type { RepliableInteraction } from 'discord.js';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { retry } from '../../../util/retry.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import type { Sent } from '../../chat.ts';
import { type MessageRef, writeRef } from '../ids.ts';
import { takeAway } from '../send/take-away.ts';
import type { RequestDeps } from './deps.ts';

/** The first answer waits for so long; it has to come within three seconds. */
const FIRST_MS = 1_000;
const BACKOFF = { baseMs: 1_000, maxMs: 300_000 };

/** A reply that something was deleted, once that is true, or until when it is not; `pressed`: what was pressed under. */
export async function delist(
  interaction: RepliableInteraction,
  reply: Extract<Reply, { type: 'deleted' }>,
  pressed: MessageRef | undefined,
  deps: RequestDeps,
): Promise<Reply> {
  const words = messagesFor(interaction.locale).discord;
  const sent = { ...reply.task?.sent };
  // The last to go: while it stands, the press can be repeated.
  if (pressed) sent.pressed = writeRef(pressed);
  const taking = keepTakingAway(sent, deps);
  const soon = await settleWithin(taking, FIRST_MS, deps.clock);
  if (soon) return soon.value.outcome === 'shown' ? reply : { type: 'deleted', text: words.stays, task: reply.task };
  void taking.then(({ outcome }) => {
    const content = outcome === 'shown' ? reply.text : words.stays;
    return interaction.editReply({ content, allowedMentions: { parse: [] } }).catch(() => {});
  });
  return { type: 'deleted', text: words.deletedSoon, task: reply.task };
}

/** Takes messages away until they are, or Discord certainly does not let it. */
export const keepTakingAway = (sent: Readonly<Record<string, string>>, deps: RequestDeps): Promise<Sent> =>
  retry(() => takeAway(deps, sent), {
    clock: deps.clock,
    backoff: BACKOFF,
    when: (taken) =>
      taken.outcome === 'retry' && (taken.retryAfterMs === undefined ? true : { afterMs: taken.retryAfterMs }),
  });
