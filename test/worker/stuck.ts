import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Messenger, Sent } from '../../src/chat/chat.ts';
import { wakeWaiting } from '../../src/chat/kit/wake-waiting.ts';
import type { Store } from '../../src/store/store.ts';
import type { Clock } from '../../src/util/clock.ts';
import { createRemovals } from '../../src/worker/removals.ts';
import { manualClock } from '../helpers/clock.ts';
import { createPending } from '../helpers/pending.ts';

const STUCK = 1_100;
const shown = async (): Promise<Sent> => ({ outcome: 'shown' });

/** What cannot be done for now, more of it than is looked at at once, holds up nothing else. */
export function describeStuck(open: (clock: Clock) => Promise<Store>): void {
  const pending = createPending();
  const clock = manualClock(async () => {
    await pending.settled();
    await turn();
  });
  let store: Store;
  beforeEach(async () => {
    store = await open(clock);
  });
  afterEach(() => store.close());

  it('messages that nobody may take away hold up none that came later, whatever they are called', async () => {
    const removal = { platform: 'test', dueAt: store.now(), tries: 1 };
    for (let n = 0; n < STUCK; n++) await store.removals.put({ ...removal, id: `a${n}`, sent: { card: 'stuck' } });
    await store.removals.put({ ...removal, id: 'other', platform: 'elsewhere', sent: { card: 'stuck' } });
    await store.removals.put({ ...removal, id: 'z', tries: 0, sent: { card: 'free' } });
    const tried: string[] = [];
    const messenger: Messenger = {
      platform: 'test',
      editMs: 0,
      showCard: shown,
      send: shown,
      async takeAway({ card = '' }) {
        tried.push(card);
        return card === 'free' ? shown() : { outcome: 'shut', reason: 'may not' };
      },
    };
    const stopping = new AbortController();
    const { keepGoing, wake } = createRemovals({
      store: { now: store.now, removals: pending.watch(store.removals) },
      messengers: [messenger],
      clock,
      random: () => 0.5,
      trouble: (error) => {
        throw error;
      },
      log: { warn: () => {} },
    });
    const running = keepGoing(stopping.signal);
    await clock.until(() => tried.length > STUCK);
    stopping.abort();
    wake();
    await running;
    // All are tried, that which never failed first.
    expect([tried[0], tried.filter((card) => card === 'free').length, tried.length]).toEqual(['free', 1, STUCK + 1]);
    const left: string[] = [];
    for (let page = await store.removals.open(500); page.length > 0; ) {
      left.push(...page.map(({ id }) => id));
      page = await store.removals.open(500, page.at(-1)?.id);
    }
    expect([left.length, left.includes('z'), left.includes('other')]).toEqual([STUCK + 1, false, true]);
  });

  it('clips that wait for another place hold up none whose place opens', async () => {
    const requester = { id: 'test:ann', name: 'Ann' };
    const put = (id: string, chat: string) => store.shutOut.put({ id, place: { platform: 'test', chat }, requester });
    for (let n = 0; n < STUCK; n++) await put(`a${n}`, 'shut');
    await put('z', 'open');
    let woken = 0;
    const found = await wakeWaiting('test', { chat: 'open' }, { store, wake: () => woken++ });
    expect([found.map(({ taskId }) => taskId), woken]).toEqual([['z'], 1]);
  });
}
