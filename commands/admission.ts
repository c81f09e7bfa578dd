import { messagesFor } from '../src/messages/messages.ts';
import type { Provider } from '../src/providers/provider.ts';
import { placeKey } from '../src/store/keys.ts';
import type { Look } from '../src/store/look.ts';
import { type Store, StoreUnavailable } from '../src/store/store.ts';
import { type NewTask, type Place, personOf } from '../src/task/task.ts';
import { type Clock, systemClock } from '../src/util/clock.ts';
import type { Log } from '../src/util/log.ts';
import { createNamedSemaphores, createSemaphore, NoRoom } from '../src/util/semaphore.ts';
import { controlsLately, ownersNo } from './admin/controls.ts';
import { entriesFor, isAllowed } from './allowed.ts';
import { createDiskFloor } from './disk-floor.ts';
import { createLeftNote, type LeftNote } from './left-note.ts';
import { type AdmissionLimits, type Asked, createLimits, type Usage } from './limits.ts';
import { type Asker, createLooks } from './looks.ts';
import { moderationPause } from './moderation-pause.ts';
import type { ChosenSettings } from './settings/rows.ts';
import { ruleAgainst } from './settings/rules.ts';
import type { Standing } from './settings/standing.ts';
import { createShowLimit, MOST_SHOWN } from './show-limit.ts';

/**
 * Requests that wait for those before them, where a limit counts clips; and how long. On a record that takes longer, more
 * than that would only grow old in memory.
 */
const IN_TURN = { maxWaiting: 500, maxWaitMs: 5_000 };

const MANY = Number.POSITIVE_INFINITY;

/** What a person has of what they may have. */
export interface Quota extends Usage {
  /** What all in the chat have together; absent where no limit holds it. */
  chat?: Usage;
  /** Credits that all people together may still spend today; absent where no limit holds. */
  budgetLeft?: number;
}

/** Decides whether another clip may be asked for: every way to a paid call comes by here. Waiting tasks count like paid ones. */
export interface Admission {
  /** The operator's limits. */
  readonly limits: AdmissionLimits;
  /** The same where those who manage a chat have set this; it can only say no more often. */
  within(chosen: ChosenSettings): Admission;
  /**
   * Begins to ask what `look` is going to ask for this request, along with what else is read where it is heard: a store may
   * make one question of both. Never throws, and holds up nothing.
   */
  ahead(asked: Asker, requestKey: string): void;
  /** What is on record of a request, and what `denialReason` asks of it: as it stands since the last insert of this process. */
  look(asked: Asker, requestKey?: string): Promise<Look>;
  /**
   * Why not, as a sentence; undefined where nothing is in the way. `takes`: so many of what is asked for, all or none;
   * `look`: where the record was asked just now.
   */
  denialReason(asked: Asked, takes?: number, look?: Look): Promise<string | undefined>;
  /** How near a person is to the limits that hold there. */
  quota(asked: Asker): Promise<Quota>;
  leftNote: LeftNote;
  /** Why this person may not show the clip by this task, as a sentence; else it is counted. It costs nothing, but may flood. */
  showingDenial(
    shown: Pick<NewTask, 'id' | 'requester' | 'place' | 'locale' | 'format'> & { standing?: Standing },
  ): Promise<string | undefined>;
  /** Why a clip may not be reported just now. */
  reportDenial(reported: Pick<NewTask, 'id' | 'requester' | 'locale'>): Promise<string | undefined>;
  /**
   * Where a limit counts clips, one at a time in this process: no other request comes between the look at it and the insert.
   * Throws `StoreUnavailable` where its turn does not come in time.
   */
  serialized<T>(asked: Asker, work: () => Promise<T>): Promise<T>;
}

export function createAdmission(deps: {
  store: Store;
  /** All that can render: what was begun with one goes on with it, whichever is used now. */
  providers: readonly Provider[];
  limits: AdmissionLimits;
  /** Platforms that strangers cannot come to; on all others only those whom `allow` names may spend. */
  privatePlatforms?: readonly string[];
  clock?: Clock;
  log?: Pick<Log, 'error' | 'info'>;
}): Admission {
  const { store, providers, limits, privatePlatforms = [], clock = systemClock, log } = deps;
  const isPrivate = ({ platform }: Place): boolean => privatePlatforms.includes(platform);
  const { allow, minFreeBytes = 0 } = limits;
  const isDiskNearlyFull = createDiskFloor({ store, minFreeBytes, log });
  const showLimit = createShowLimit(store);
  const oneByOne = createSemaphore(IN_TURN);
  const oneByOneOf = createNamedSemaphores<string>(IN_TURN);
  // One that is not configured any more may be again.
  const isPaid = (name: string): boolean => providers.find((each) => each.name === name)?.capabilities.paid ?? true;
  const looks = createLooks({ store, isPaid });

  /** Why those who run the bot refuse this person, or these words; undefined where they do not. */
  async function ownersWord({
    requester,
    scene,
    locale,
  }: Pick<Asked, 'requester' | 'scene' | 'locale'>): Promise<string | undefined> {
    const words = messagesFor(locale).admin;
    const no = ownersNo(await controlsLately(store), { requester, scene });
    return no && { person: words.blockedPerson, scene: words.refusedScene }[no];
  }

  function admissionWithin(chosen: ChosenSettings): Admission {
    const counted = createLimits({ store, limits, chosen, isPrivate, isPaid });

    return {
      limits,
      within: admissionWithin,
      ahead: (asked, requestKey) => looks.begin(asked, counted, requestKey),
      look: (asked, requestKey) =>
        requestKey === undefined ? looks.now(asked, counted) : looks.take(asked, counted, requestKey),
      async denialReason(asked, takes = 1, given = undefined) {
        const { requester, place, locale, provider } = asked;
        const words = messagesFor(locale).request;
        const isShared = requester.person !== undefined;
        const isAsked = !isPrivate(place) && (allow !== undefined || isPaid(provider));
        if (isAsked && !isAllowed(allow ?? [], place, requester.id)) return words.notAllowed(await entriesFor(asked));
        const against = ruleAgainst(chosen, asked) ?? (await ownersWord(asked));
        if (against !== undefined) return against;
        if (await isDiskNearlyFull()) return words.diskNearlyFull;
        const { person, member, chat } = counted.holders(asked);
        const { underWay, moderated } = given ?? (await looks.now(asked, counted));
        const [ownRoom = MANY, room = MANY] = [person, chat].map(
          ({ mostWaiting = MANY }, n) => mostWaiting - (underWay[n] ?? 0),
        );
        if (ownRoom <= 0) return words.tooManyWaiting(person.mostWaiting ?? 0, { isShared });
        if (room <= 0) return words.chatTooManyWaiting(chat.mostWaiting ?? 0);
        const most = Math.min(ownRoom, room);
        if (takes > most) return words.fewerTakes(most, takes);
        if (!isPaid(provider)) return undefined;
        const pauseMs = moderationPause(moderated, store.now());
        if (pauseMs > 0) return words.moderationPause(pauseMs);
        // In one turn of the event loop, which a store may make one question of.
        const holders = [person, member, chat];
        const [affordable, ...lefts] = await Promise.all([
          counted.affordable(asked),
          ...holders.map(counted.leftToday),
        ]);
        let left = affordable;
        for (const [n, holder] of holders.entries()) {
          const most = holder.mostToday ?? 0;
          const of = lefts[n] ?? MANY;
          if (of === 0) return holder === chat ? words.chatHadEnough(most) : words.personHadEnough(most, { isShared });
          left = Math.min(left, of);
        }
        if (left === 0) return words.budgetSpent;
        return takes > left ? words.fewerTakes(left, takes) : undefined;
      },
      async quota(asked) {
        const { person, member, chat } = counted.holders(asked);
        const isChatHeld = chat.mostWaiting !== undefined || chat.mostToday !== undefined;
        const [own, here, all, left] = await Promise.all([
          counted.usage(person),
          member.mostToday === undefined ? undefined : counted.usage(member),
          isChatHeld ? counted.usage(chat) : undefined,
          counted.budgetLeft(asked.provider),
        ]);
        const isHereNearer = here && leftOf(here) <= leftOf(own);
        const today = isHereNearer ? { today: here.today, mostToday: here.mostToday } : {};
        return Object.assign(own, today, {
          chat: all,
          budgetLeft: left === undefined ? undefined : Math.max(0, left),
        });
      },
      leftNote: createLeftNote(counted, clock),
      async showingDenial(shown) {
        const { id, requester, place, locale, format } = shown;
        const words = messagesFor(locale).request;
        const against = ruleAgainst(chosen, shown) ?? (await ownersWord(shown));
        if (against !== undefined) return against;
        if (await isDiskNearlyFull()) return words.diskNearlyFull;
        if (!isPrivate(place) && !(await showLimit.take(personOf(requester), id)))
          return words.tooManyShown(MOST_SHOWN);
        return format && !(await showLimit.takeConversion(id)) ? words.tooManyConverted : undefined;
      },
      async reportDenial({ id, requester, locale }) {
        const isOne = await showLimit.take(`report ${personOf(requester)}`, id);
        return isOne ? undefined : messagesFor(locale).request.tooManyReported;
      },
      serialized(asked, admit) {
        // What was asked ahead does not know of it.
        const work = () => admit().finally(looks.drop);
        // Where nothing is counted no request need wait: a hundred at once then wait for the disk once.
        if (isPaid(asked.provider) && counted.countsDays) return oneByOne(work).catch(inPlainWords);
        const { person, chat } = counted.holders(asked);
        const inChat = chat.mostWaiting === undefined ? work : () => oneByOneOf(`in ${placeKey(asked.place)}`, work);
        const inTurn = person.mostWaiting === undefined ? inChat() : oneByOneOf(`of ${person.whose.person}`, inChat);
        return inTurn.catch(inPlainWords);
      },
    };
  }

  return admissionWithin({});
}

/** It is not on record, and may be later: as where the record itself is slow. */
function inPlainWords(error: unknown): never {
  if (!(error instanceof NoRoom)) throw error;
  throw new StoreUnavailable('The record does not take requests as fast as they come. Check its load.', {
    cause: error,
  });
}

const leftOf = ({ today, mostToday }: Usage): number => (mostToday ?? MANY) - today;
