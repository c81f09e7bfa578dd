import { messagesFor } from '../src/messages/messages.ts';
import type { Clock } from '../src/util/clock.ts';
import { settleWithin } from '../src/util/settle-within.ts';
import type { Asked, Limits, Usage } from './limits.ts';

/** So few left are told without being asked. */
const FEW = 2;
/** Whoever asked waits no longer for what is left to be told. */
const NOTE_MS = 300;
const MANY = Number.POSITIVE_INFINITY;

/**
 * Once it is taken: a sentence where little is left for today; undefined where much is, no limit holds, or the record
 * does not tell at once: whoever asked hears first of all that it is taken. Never throws. `usageOf`: where more counts
 * than the person's own.
 */
export type LeftNote = (asked: Asked, usageOf?: (asked: Asked) => Promise<Usage>) => Promise<string | undefined>;

export function createLeftNote(limits: Pick<Limits, 'holders' | 'leftToday' | 'affordable'>, clock: Clock): LeftNote {
  async function noteOn(...[asked, usageOf]: Parameters<LeftNote>): Promise<string | undefined> {
    const { locale, requester } = asked;
    const { person, member, chat } = limits.holders(asked);
    const words = messagesFor(locale).request.left;
    const isShared = requester.person !== undefined;
    const [own, here, everyone, affordable] = await Promise.all([
      usageOf ? usageOf(asked).then(leftIn) : limits.leftToday(person),
      limits.leftToday(member),
      limits.leftToday(chat),
      limits.affordable(asked),
    ]);
    const all = [
      { left: own, say: (n: number) => words.person(n, { isShared }) },
      { left: here, say: (n: number) => words.person(n, { isShared }) },
      { left: everyone, say: words.chat },
      { left: affordable, say: words.budget },
    ];
    // The nearest of them, and of equals the person's own.
    const [nearest] = all.toSorted((a, b) => (a.left ?? MANY) - (b.left ?? MANY));
    return nearest?.left === undefined || nearest.left > FEW ? undefined : nearest.say(nearest.left);
  }

  return async (asked, usageOf) => {
    const told = await settleWithin(
      noteOn(asked, usageOf).catch(() => undefined),
      NOTE_MS,
      clock,
    );
    return told?.value;
  };
}

const leftIn = ({ today, mostToday }: Usage): number | undefined =>
  mostToday === undefined ? undefined : Math.max(0, mostToday - today);
