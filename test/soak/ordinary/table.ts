/** What became of one request, as the person who made it saw it. Milliseconds are counted from the request on. */
export interface Seen {
  place: 'private' | 'group';
  /** Anything that says that it was heard: a chat action, a reaction, a word. */
  signMs?: number;
  /** The first message or answer that says something. */
  wordMs?: number;
  clips: number;
}

/** One send or edit, in the chat where it counts. */
export interface Spent {
  chat: string;
  place: 'private' | 'group';
  at: number;
}

/** What a platform tells at the end. */
export interface Account {
  platform: string;
  seen: readonly Seen[];
  spent: readonly Spent[];
  /** The bot's messages that nobody needs: a second card, a line that became no clip. */
  strays: number;
  /** Tasks that showed a second card. */
  doubledCards: number;
  /** Presses of Again that were told that a clip comes, and those that never got one. */
  again: { told: number; missing: number };
  /** Presses of Delete that were told "Deleted.", and messages of theirs that stand there. */
  deleted: { told: number; standing: number };
  /** Calls that the platform refused as too many. */
  tooMany: number;
  /** Of each request that did not get its one clip: what was said to it, a line. */
  odd: readonly string[];
  /** Of each request whose first word came late: what the program called until then, a line. */
  late?: readonly string[];
}

const MINUTE_MS = 60_000;

export const timesIn = (all: readonly string[], wanted: string): number => all.filter((each) => each === wanted).length;

/**
 * So many clips a request got, besides those of Again: a press whose answer was lost may have made one, which nobody can
 * tell.
 */
export function ownClips(shown: number, { told, pressed }: { told: number; pressed: number }): number {
  const most = shown - told;
  return Math.max(0, Math.min(most, Math.max(1, shown - pressed)));
}

/** A line for each kind of place, and one for the platform. */
export function rowsOf({ platform, seen, spent, ...whole }: Account): Record<string, unknown>[] {
  const rows = (['private', 'group'] as const).map((place) => {
    const here = seen.filter((each) => each.place === place);
    const calls = spent.filter((each) => each.place === place);
    const clips = sum(here.map((each) => each.clips));
    return {
      platform,
      place,
      requests: here.length,
      'sign p99': quantile(here, 'signMs', 0.99),
      'word p50': quantile(here, 'wordMs', 0.5),
      'word p99': quantile(here, 'wordMs', 0.99),
      'word max': quantile(here, 'wordMs', 1),
      clips,
      'none or more': here.filter((each) => each.clips !== 1).length,
      'sends+edits a clip': clips === 0 ? undefined : Number((calls.length / clips).toFixed(2)),
      'calls a minute and chat': busiest(calls),
    };
  });
  const { strays, doubledCards, again, deleted, tooMany } = whole;
  const told = {
    strays,
    'second cards': doubledCards,
    'Again without a clip': `${again.missing} of ${again.told}`,
    '"Deleted." but there': `${deleted.standing} of ${deleted.told}`,
    '429': tooMany,
  };
  return [...rows, { platform, place: 'all', ...told }];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** Who never heard anything counts as having waited for ever. */
function quantile(seen: readonly Seen[], what: 'signMs' | 'wordMs', share: number): number | string {
  const sorted = seen.map((each) => each[what] ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return found === undefined ? '-' : Number.isFinite(found) ? Math.round(found) : 'never';
}

/** The most calls of any chat in any minute. */
function busiest(calls: readonly Spent[]): number {
  let most = 0;
  for (const { chat, at } of calls) {
    const within = calls.filter((each) => each.chat === chat && each.at >= at && each.at < at + MINUTE_MS);
    most = Math.max(most, within.length);
  }
  return most;
}
