import { messagesFor } from '../messages/messages.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { startTurns } from './turns.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** Monday, 09:00 UTC: the first after the epoch, which began on a Thursday. */
const FIRST_MONDAY_MS = 4 * DAY_MS + 9 * HOUR_MS;
/** Told until then, or not this week: as long as it stays on record that it was. */
const WINDOW_MS = DAY_MS;

const FIRST_MS = 10_000;
const EACH_MS = 5 * 60_000;
const TURN_MS = 12 * 60_000;

type WeeklyStore = Pick<Store, 'now' | 'tasks' | 'spend' | 'locks' | 'cooldowns'>;

/** Figures of seven days: clips that were delivered and that failed, people who had some made, credits. */
export interface Week {
  clips: number;
  failed: number;
  people: number;
  credits: number;
}

/**
 * Tells each of those who run the bot in private how the last seven days were, on Mondays; once, whichever process does and
 * whatever ends it, so that a process that is killed while it tells leaves it out. Nothing is said where nothing happened.
 * Returns how to stop.
 */
export function startWeekly(deps: {
  owners: readonly string[];
  /** Whether they were reached. */
  tell: (owner: string, text: string, signal: AbortSignal) => Promise<boolean>;
  /** What ended longer ago is forgotten; milliseconds. */
  keepMs: number;
  store: WeeklyStore;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}): () => void {
  const { owners, tell, keepMs, store, clock, log } = deps;

  async function work(signal: AbortSignal): Promise<void> {
    const now = store.now();
    const monday = now - ((now - FIRST_MONDAY_MS) % WEEK_MS);
    if (now - monday >= WINDOW_MS) return;
    const names = owners.map((owner) => ({ owner, name: `weekly:${monday}:${owner}` }));
    const told = await Promise.all(names.map(({ name }) => store.cooldowns.get(name)));
    const open = names.filter((_, n) => !told[n]);
    if (open.length === 0) return;
    const week = await weekOf(monday - WEEK_MS, store);
    const before = keepMs < 2 * WEEK_MS ? undefined : await weekOf(monday - 2 * WEEK_MS, store);
    if (isQuiet(week) && (before === undefined || isQuiet(before))) return;
    for (const { owner, name } of open) {
      // First: told twice would be worse than not at all.
      await store.cooldowns.park(name, WINDOW_MS, 'told');
      const text = messagesFor(await languageOf(owner, store)).admin.weekly({ week, before });
      // What goes wrong with one owner holds up no other.
      if (!(await tell(owner, text, signal).catch(() => false))) await store.cooldowns.end(name);
    }
  }

  return startTurns({
    name: 'weekly',
    firstMs: FIRST_MS,
    eachMs: EACH_MS,
    turnMs: TURN_MS,
    work,
    failed: (error) => log.warn({ err: error }, 'how the week was could not be told'),
    store,
    clock,
  });
}

async function weekOf(from: number, { tasks, spend }: WeeklyStore): Promise<Week> {
  const to = from + WEEK_MS;
  const [clips, failed, people, { credits }] = await Promise.all([
    tasks.recorded({ state: 'delivered', from, to }),
    tasks.recorded({ state: 'failed', from, to }),
    spend.people(from, to),
    spend.between(from, to),
  ]);
  return { clips, failed, people, credits };
}

const isQuiet = ({ clips, failed, people, credits }: Week): boolean => clips + failed + people + credits === 0;

/** As they were answered when they asked for a clip last. */
async function languageOf(owner: string, { tasks }: WeeklyStore): Promise<string> {
  const [last] = await tasks.ofPerson(owner, { limit: 1 });
  return last?.locale ?? 'en';
}
