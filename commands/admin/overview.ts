import { messagesFor } from '../../src/messages/messages.ts';
import { parkingName } from '../../src/providers/key-parking.ts';
import type { Provider } from '../../src/providers/provider.ts';
import { isOver, leastTaskId, personOf, type Task } from '../../src/task/task.ts';
import { countedToday, DAY_MS } from '../counted-today.ts';
import type { CommandDeps } from '../table.ts';
import { controlChanges, controlsOf } from './controls.ts';
import { MAX_LOOKED_AT, shortId } from './named.ts';
import { slowestOf } from './steps.ts';

/** So many tasks of a kind are told of. */
const MOST_TOLD = 3;
/** Discord's messages take 2,000 characters, the fewest of all. */
const MAX_TEXT = 1_950;
const MAX_NAME = 40;

/** How the bot does today (UTC), in lines. */
export async function overview(locale: string, deps: CommandDeps): Promise<string> {
  const { store, provider, admission, providers = [provider] } = deps;
  const words = messagesFor(locale).admin;
  const now = store.now();
  const [lately, counts, spent, controls, changes, keys] = await Promise.all([
    store.tasks.since(0, MAX_LOOKED_AT),
    store.tasks.counts(),
    countedToday({ store, now }, { provider: provider.name }),
    controlsOf(store),
    controlChanges(store),
    Promise.all(providers.flatMap((each) => (each.keys ?? []).map((key) => keyState(each, key, deps)))),
  ]);
  const midnight = leastTaskId(now - (now % DAY_MS));
  const today = lately.filter(({ id }) => id >= midnight);
  const made = today.filter(({ shows }) => shows === undefined);
  const count = (state: Task['state']) => made.filter((task) => task.state === state).length;
  const [delivered, failed, cancelled] = [count('delivered'), count('failed'), count('cancelled')];
  const clips = lately.filter(({ shows }) => shows === undefined);
  const told = (task: Task) => ({ id: shortId(task), scene: task.scene, person: personOf(task.requester) });
  const oldest = clips.filter((task) => !isOver(task)).slice(-MOST_TOLD);
  const lastFailed = clips.filter(({ state }) => state === 'failed').slice(0, MOST_TOLD);
  const underWay = made.filter((task) => !isOver(task)).length;
  const lines = [
    words.today({ asked: made.length, isMore: today.length === MAX_LOOKED_AT, delivered, failed, cancelled, underWay }),
    words.spent({ credits: spent.credits, budget: admission.limits.dailyBudget }),
    words.failures(failuresIn(made)),
    words.slowest(slowestOf(made).map(({ task, ...took }) => ({ ...took, id: shortId(task) }))),
    words.oldest(oldest.toReversed().map(told)),
    words.lastFailed(lastFailed.map(told)),
    words.waits({ queued: counts.received + counts.queued, doubtful: counts.unconfirmed, ready: counts.ready }),
  ];
  const keyLines = keys
    .toSorted((a, b) => (b.until ?? 0) - (a.until ?? 0))
    .map((key) => words.key({ ...key, leftMs: key.until === undefined ? undefined : key.until - now }));
  const changeLines = changes.map(({ by, name, value, at }) =>
    words.changed({ who: by.name.slice(0, MAX_NAME), what: name, isOn: value === true, agoMs: now - at }),
  );
  return bounded([
    { lines },
    { lines: keyLines, more: words.moreKeys },
    { lines: [controls.isPaused ? words.isPaused : '', words.lists(controls)] },
    { lines: changeLines, more: words.moreChanges },
  ]);
}

/** Lines of one kind; `more` says how many of them were left out, where some may be. */
interface Section {
  lines: readonly string[];
  more?: (n: number) => string;
}

/** One text that a message of any platform takes: of the longest that may be cut, the last lines are left out. */
function bounded(sections: readonly Section[]): string {
  const shown = sections.map(({ lines, more }) => ({ all: lines.length, lines: lines.filter(Boolean), more }));
  const textOf = () =>
    shown
      .flatMap(({ all, lines, more }) => [...lines, ...(more && all > lines.length ? [more(all - lines.length)] : [])])
      .join('\n');
  const longest = () =>
    shown.filter(({ lines, more }) => more && lines.length > 0).sort((a, b) => b.lines.length - a.lines.length)[0];
  for (let cut = longest(); cut && textOf().length > MAX_TEXT; cut = longest()) cut.lines.pop();
  return textOf();
}

async function keyState(provider: Provider, name: string, { store }: Pick<CommandDeps, 'store'>) {
  const parking = await store.cooldowns.get(parkingName(provider, name));
  return { provider: provider.name, name, reason: parking?.reason, until: parking?.until };
}

/** The most frequent first. */
function failuresIn(tasks: readonly Task[]): { type: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { state, failure } of tasks)
    if (state === 'failed' && failure) counts.set(failure.type, (counts.get(failure.type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count);
}
