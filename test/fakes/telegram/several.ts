import { startPassingOn } from '../../helpers/pass-on.ts';
import type { Driver } from './driver.ts';
import { startTelegram, type TelegramOptions } from './telegram.ts';

/**
 * Several bots behind one address, told apart by their tokens. Each has updates, a webhook, private chats and files of its
 * own: another's `file_id` is wrong, and numbers of messages in private chats and basic groups are each bot's, so the same
 * ones come with all. People and groups that are made for all have one id, and a supergroup numbers its messages for all.
 */
export async function startTelegrams(options: readonly TelegramOptions[]) {
  const last = new Map<number, number>();
  const nextIn = (chat: number): number => {
    const next = (last.get(chat) ?? 1) + 1;
    last.set(chat, next);
    return next;
  };
  const told: (number | undefined)[] = [];
  let saidAt: number | undefined;
  const bots = await Promise.all(
    options.map((one, i) =>
      startTelegram({
        ...one,
        numberIn(chat) {
          const own = told[i];
          told[i] = undefined;
          return own ?? nextIn(chat);
        },
        sentAt: () => saidAt,
      }),
    ),
  );
  const front = await startPassingOn((path) => {
    const token = /^\/(?:file\/)?bot([^/]*)\//.exec(path)?.[1];
    return (bots.find((bot) => bot.token === token) ?? bots[0])?.url;
  });

  return {
    url: front.url,
    bots,
    /** Makes a person or a place, the same for all. */
    forAll<T extends { id: number }>(make: (people: Driver) => T): T {
      const [made, ...others] = bots.map(({ people }) => make(people));
      if (!made || others.some(({ id }) => id !== made.id)) throw new Error('the same is made for all, in one order');
      return made;
    },
    /**
     * What is said in a group that all bots are in: one message of one instant, with files for each; a basic group has another
     * number for each.
     */
    async heardByAll<T>({ id }: { id: number }, say: (people: Driver) => T): Promise<Awaited<T>[]> {
      const number = isNumberedForAll(id) ? nextIn(id) : undefined;
      saidAt = bots[0]?.clock.now();
      try {
        return await Promise.all(
          bots.map(async ({ people }, i) => {
            told[i] = number;
            return say(people);
          }),
        );
      } finally {
        saidAt = undefined;
      }
    },
    async close() {
      await front.close();
      await Promise.all(bots.map((bot) => bot.close()));
    },
  };
}

/** Supergroups and channels. */
const isNumberedForAll = (chat: number): boolean => chat < -1_000_000_000_000;
