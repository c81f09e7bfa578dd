import type { BotOptions } from './about.ts';
import type { Queries } from './inline.ts';
import { createLookup } from './lookup.ts';
import { createPlaces } from './places.ts';
import { createPressing } from './pressing.ts';
import type { Update } from './shapes.ts';
import type { Updates } from './updates.ts';
import type { World } from './world.ts';
import { createWriting } from './writing.ts';

/** What people do, and what happens to their chats. Wrong use of it throws at once. */
export function createDriver(world: World, updates: Updates, queries: Queries, { privacy, inline }: BotOptions) {
  const lookup = createLookup(world, updates);
  return {
    ...createPlaces(world, lookup),
    ...createWriting(world, lookup, privacy),
    ...createPressing(world, lookup, { queries, updates, inline }),
    /** Tells the bot something once more, as Telegram may. */
    redeliver: (update: Update) => updates.redeliver(update),
    /** The next sends are answered with message id 0, as videos in big chats may be. */
    scheduleNext(count = 1) {
      world.scheduled.left += count;
    },
  };
}
export type Driver = ReturnType<typeof createDriver>;
