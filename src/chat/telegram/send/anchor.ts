import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import type { Ledger } from '../../chat.ts';
import { hold } from '../../kit/hold.ts';
import { MOVED, readRef, type TelegramMessageRef, writeRef } from '../places.ts';
import { lines, plain } from '../texts.ts';
import { CARD } from './card.ts';
import { namedIn } from './named.ts';
import { postToBest, type SendDeps, type TelegramPosted } from './post.ts';

/** Names on record of the messages that become the clip; the one with the highest number counts. */
const anchorName = (n: number): string => `anchor-${n}`;
/** Name on record of a line that Telegram may have taken or not: there is no second one like it. */
const LOST = 'anchor-lost';

/** A delivery, as far as it has come. */
export interface Delivery {
  task: Task;
  ledger: Ledger;
  /** Homes that turned out not to take videos. */
  closed: Set<string>;
}

/** A message that the clip can be edited into; or that there is none, and it has to be sent plainly. */
type Anchoring =
  | { outcome: 'anchor'; at: TelegramMessageRef }
  | { outcome: 'none' }
  | Exclude<TelegramPosted, { outcome: 'posted' }>;

/** The one on record, where it still can become the clip. */
export function standingAnchor({ ledger: { sent }, closed }: Delivery): TelegramMessageRef | undefined {
  const name = anchorName(anchorsIn(sent));
  const at = readRef(sent[name]);
  return !at || closed.has(at.chat) || sent[`${name}-gone`] !== undefined ? undefined : at;
}

/** Puts another on record: the card where a line may be lost, or the chat is busy; else a line, which rings. */
export async function makeAnchor(deps: SendDeps, delivery: Delivery, signal: AbortSignal): Promise<Anchoring> {
  const { poster } = deps;
  const { task, ledger, closed } = delivery;
  const kind = anchorName(anchorsIn(ledger.sent) + 1);
  const mayBeLost = ledger.doubtful || ledger.sent[LOST] !== undefined;
  const card = cardIn(ledger.sent, closed);
  // The card of several takes has more to tell than that this one came.
  if (card && (mayBeLost || (!task.take && poster.isBusy(card.chat, 'line')))) {
    const held = await ledger.record(kind, writeRef(card));
    return { outcome: 'anchor', at: readRef(held) ?? card };
  }
  if (ledger.sent[LOST] !== undefined) return { outcome: 'none' };
  const posted = await postLine(deps, delivery, signal);
  if (posted.outcome === 'unknown') await ledger.record(LOST, 'yes');
  if (posted.outcome !== 'posted') return posted;
  const { at } = posted;
  if (at.message === 0) return { outcome: 'none' };
  const held = await hold(ledger, { kind, own: writeRef(at) }, () => poster.remove(at));
  return { outcome: 'anchor', at: readRef(held) ?? at };
}

/** People took it away. */
export const anchorGone = ({ ledger }: Delivery, at: TelegramMessageRef): Promise<string> =>
  ledger.record(`${anchorName(anchorsIn(ledger.sent))}-gone`, writeRef(at));

/** Takes a line away that does not become the clip; the card stays. */
export async function dropLine({ poster }: SendDeps, { ledger }: Delivery, at: TelegramMessageRef): Promise<void> {
  if (writeRef(at) !== ledger.sent[CARD]) await poster.remove(at);
}

function postLine(deps: SendDeps, { task, ledger, closed }: Delivery, signal: AbortSignal) {
  const words = messagesFor(task.locale).telegram;
  const homes = [task.place.chat, ledger.sent[MOVED]];
  const textIn = (chat: string): string => {
    if (task.shows !== undefined) return words.clipComes;
    return homes.includes(chat) ? words.clipReady : words.clipElsewhere;
  };
  return postToBest(deps, task, {
    line: ({ chat }) => lines(plain(textIn(chat)), namedIn(task)),
    priority: 'clip',
    key: task.id,
    // It rings: the clip must follow at once.
    isFirstOfTwo: true,
    ledger,
    closed,
    signal,
  });
}

/** The card that the clip can become. */
function cardIn(sent: Ledger['sent'], closed: ReadonlySet<string>): TelegramMessageRef | undefined {
  const card = readRef(sent[CARD]);
  if (!card || card.message === 0 || closed.has(card.chat)) return undefined;
  // People took it away.
  const wasTried = Object.entries(sent).some(([kind, at]) => /^anchor-\d+-gone$/.test(kind) && at === writeRef(card));
  return wasTried ? undefined : card;
}

function anchorsIn(sent: Readonly<Record<string, string>>): number {
  let count = 0;
  while (sent[anchorName(count + 1)] !== undefined) count++;
  return count;
}
