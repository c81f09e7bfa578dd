import { alarms as words } from '../messages/operators.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { startTurns } from './turns.ts';

const EACH_MS = 60_000;
const TURN_MS = 3 * EACH_MS;
/** It is so, or is over, once it was seen so often in a row: a blip wakes nobody. */
const LOOKS = 2;
/** For so long it stays known that an alarm was told, unless it goes on. */
const TOLD_MS = 24 * 3_600_000;

/** Something that those who run the bot should know at once. */
export interface Alarm {
  /** On record: never renamed. */
  cause: string;
  /** What is wrong and what to do, as a sentence; undefined where nothing is. */
  look(): Promise<string | undefined>;
}

/** Looks every minute, and tells of each cause once, and once that it is over. Returns how to stop. */
export function startAlarms(deps: {
  alarms: readonly Alarm[];
  /** Whether anybody was reached. */
  tell: (text: string, signal: AbortSignal) => Promise<boolean>;
  store: Pick<Store, 'locks' | 'cooldowns'>;
  clock: Clock;
  log: Pick<Log, 'warn' | 'error'>;
}): () => void {
  const { alarms, tell, store, clock, log } = deps;
  const { cooldowns } = store;
  /** How often in a row each was seen as it was seen last. */
  const seen = new Map<string, { isOn: boolean; looks: number }>();

  async function lookAt({ cause, look }: Alarm, signal: AbortSignal): Promise<void> {
    const sentence = await look();
    const isOn = sentence !== undefined;
    const before = seen.get(cause);
    const looks = before?.isOn === isOn ? before.looks + 1 : 1;
    seen.set(cause, { isOn, looks });
    if (looks < LOOKS) return;
    const name = `alarm:${cause}`;
    const told = await cooldowns.get(name);
    if (isOn) {
      if (!told) log.error({ cause }, sentence);
      if (told || (await tell(sentence, signal))) await cooldowns.park(name, TOLD_MS, told?.reason ?? sentence);
    } else if (told && (await tell(words.over(told.reason), signal))) {
      await cooldowns.end(name);
    }
  }

  const failed = (error: unknown) => log.warn({ err: error }, 'an alarm could not be looked after');
  return startTurns({
    name: 'alarms',
    firstMs: EACH_MS,
    eachMs: EACH_MS,
    turnMs: TURN_MS,
    // One that cannot be looked after keeps no other from being told.
    async work(signal) {
      for (const alarm of alarms)
        await lookAt(alarm, signal).catch((error: unknown) => {
          if (!signal.aborted) failed(error);
        });
    },
    failed,
    store,
    clock,
  });
}
