import type { RepliableInteraction } from 'discord.js';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { StoreUnavailable } from '../../../store/store.ts';
import type { Clock } from '../../../util/clock.ts';
import { retry } from '../../../util/retry.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { tell } from './acknowledge.ts';
import type { RequestDeps } from './deps.ts';
import { contentOf, showReply } from './show-reply.ts';
import { takeBack } from './take-back.ts';

/** A person waits three seconds; the record has half of that. */
const RECORD_FIRST_MS = 1_500;
/** For how long a request is put on record again and again where the record does not answer. */
const RETRY_MS = 5 * 60_000;
/** Its token lives for a quarter of an hour. */
const EDIT_TRIES = 5;
const RETRY_BACKOFF = { baseMs: 100, maxMs: 5_000 };

/** The record's word before the first answer, which cannot wait for longer: a later one counts as out of reach. */
export async function inTime<T>(asking: Promise<T>, clock: Clock): Promise<T> {
  const settled = await settleWithin(asking, RECORD_FIRST_MS, clock);
  if (!settled) throw new StoreUnavailable('the record did not answer in time');
  return settled.value;
}

/**
 * Runs a command or an action and shows its reply. The record comes first, for a second and a half; where it takes longer
 * the person is told so, and nothing else before it is known.
 */
export async function answerWith(
  interaction: RepliableInteraction,
  command: () => Promise<Reply>,
  deps: RequestDeps,
): Promise<Reply | undefined> {
  const words = messagesFor(interaction.locale).discord;
  const recording = retryUntilStored(command, deps);
  const early = (await settleWithin(recording, RECORD_FIRST_MS, deps.clock))?.value;
  const acknowledgement = await (early ? showReply(interaction, early, deps) : tell(interaction, words.slow, deps));
  const reply = early ?? (await recording);
  if (acknowledgement === 'late') await takeBack(interaction, reply, deps);
  // An acknowledgement that came too late was not seen, and its task was just stopped.
  if (reply?.type === 'taken') deps.wake(reply.created && acknowledgement !== 'late' ? reply.task : undefined);
  if (reply?.type === 'done' || reply?.type === 'changed' || reply?.type === 'deleted') deps.wake();
  if (!early && acknowledgement === 'told') {
    const said = reply ? contentOf(reply, interaction, deps) : { content: words.recordDown };
    const edit = () => interaction.editReply({ ...said, allowedMentions: { parse: [] } });
    // Nothing else tells the person: an edit that comes twice is harmless.
    await retry(edit, { clock: deps.clock, whenThrown: (_error, tries) => tries < EDIT_TRIES }).catch(() => {});
  }
  return reply;
}

/** Under its key the same request makes one task however often it is tried. Undefined where it is not known in the end. */
export async function retryUntilStored(
  command: () => Promise<Reply>,
  { clock, log }: Pick<RequestDeps, 'clock' | 'log'>,
): Promise<Reply | undefined> {
  const end = clock.now() + RETRY_MS;
  return retry<Reply | undefined>(command, {
    clock,
    backoff: RETRY_BACKOFF,
    whenThrown(error) {
      if (!(error instanceof StoreUnavailable)) return false;
      log.warn({ why: error.message }, 'a request could not be put on record yet');
      return clock.now() < end;
    },
  }).catch((error: unknown) => {
    if (error instanceof StoreUnavailable) return undefined;
    throw error;
  });
}
