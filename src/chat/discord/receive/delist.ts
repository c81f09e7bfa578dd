import { PermissionFlagsBits, type RepliableInteraction } from 'discord.js';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Removal } from '../../../store/values.ts';
import { retry } from '../../../util/retry.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import type { Sent } from '../../chat.ts';
import { type MessageRef, PLATFORM, writeRef } from '../ids.ts';
import { takeAway } from '../send/take-away.ts';
import type { RequestDeps } from './deps.ts';
import { missingToRemove } from './permissions.ts';

/** The first answer waits for so long; it has to come within three seconds. */
const FIRST_MS = 1_000;
/** Some four minutes of trying: so long the answer can be edited. */
const MAX_TRIES = 12;
const BACKOFF = { baseMs: 1_000, maxMs: 30_000 };
const MAX_EDITS = 5;
const BY_WORKER_MS = 15_000;

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
  const id = reply.task?.id ?? sent.pressed;
  if (id === undefined) return reply;
  const mayDeleteThreads = interaction.appPermissions.has(PermissionFlagsBits.ManageThreads);
  const { locale } = reply.task ?? interaction;
  const taking = keepTakingAway({ id, sent, locale }, deps, { mayDeleteThreads });
  const soon = await settleWithin(taking, FIRST_MS, deps.clock);
  const missing = missingToRemove(interaction.appPermissions, words);
  const said = ({ outcome }: Sent): string =>
    outcome === 'shown' ? reply.text : outcome === 'shut' ? words.mayNotRemove(missing) : words.stays;
  if (soon) return { type: 'deleted', text: said(soon.value), task: reply.task };
  const tellOnceGone = async () => {
    const taken = await taking;
    if (taken.outcome === 'retry') return;
    const edit = () => interaction.editReply({ content: said(taken), allowedMentions: { parse: [] } });
    // The first answer may still be on its way, or be given a second time; an edit may be made twice.
    const edited = await retry(() => edit().then(() => undefined, toError), {
      clock: deps.clock,
      backoff: BACKOFF,
      when: (error, tries) => error !== undefined && tries < MAX_EDITS,
    });
    if (edited) throw edited;
  };
  void tellOnceGone().catch((error: unknown) => deps.log.warn({ err: error }, 'an answer was not told to the end'));
  return { type: 'deleted', text: words.deletedSoon, task: reply.task };
}

/**
 * Takes messages away until they are, or Discord certainly does not let it; after a while, after a restart, and where the
 * bot may not for now, the worker does.
 */
export async function keepTakingAway(
  { id, sent, locale }: Pick<Removal, 'id' | 'sent' | 'locale'>,
  { api, clock, store, wake }: Pick<RequestDeps, 'api' | 'clock' | 'store' | 'wake'>,
  more: { mayDeleteThreads?: boolean } = {},
): Promise<Sent> {
  await store.removals.put({ id, platform: PLATFORM, locale, sent, dueAt: store.now() + BY_WORKER_MS, tries: 0 });
  const taken = await retry(() => takeAway({ api, clock, locale, ...more }, sent), {
    clock,
    backoff: BACKOFF,
    when(taken, tries) {
      if (taken.outcome !== 'retry' || tries >= MAX_TRIES) return false;
      return taken.retryAfterMs === undefined ? true : { afterMs: taken.retryAfterMs };
    },
  });
  if (taken.outcome === 'retry' || taken.outcome === 'shut') wake();
  else await store.removals.done(id);
  return taken;
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
