import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import type { Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { clipOption, defineCommand } from './command.ts';
import { isOneself, maySee } from './may-see.ts';
import { showing } from './showing.ts';
import type { RequestOrigin } from './table.ts';

/** A short id: the end of a task's. */
const SHORT_ID = /^[0-9a-f]{6,24}$/;
/** Clips that a short id is looked for among. */
const MAX_LOOKED_AT = 1_000;
const PAGE = 100;

/** What a person may choose from here: their own clips and this chat's, with these words, newest first. */
export async function clipsToShow(
  { requester, place }: Pick<RequestOrigin, 'requester' | 'place'>,
  { words, limit }: { words?: string; limit: number },
  { tasks }: Pick<Store, 'tasks'>,
): Promise<Task[]> {
  const { platform, chat } = place;
  const wanted = words?.split(/\s+/);
  const [own, here] = await Promise.all([
    isOneself(requester) ? tasks.clips({ in: { person: requester.id }, words: wanted }, { limit }) : [],
    tasks.clips({ in: { platform, chat }, words: wanted }, { limit }),
  ]);
  const known = new Set(own.map(({ id }) => id));
  return [
    ...own,
    ...here.filter(({ id, shows }) => !known.has(id) && !(shows !== undefined && known.has(shows))),
  ].slice(0, limit);
}

/** The clip that a person names: by its id, the end of that, or words of its scene. Never one that they may not see here. */
async function clipNamed(named: string, origin: RequestOrigin, store: Store): Promise<Task | undefined> {
  const id = named.trim().toLowerCase();
  if (id.length === 24 && SHORT_ID.test(id)) {
    const task = await store.tasks.get(id);
    return task?.state === 'delivered' && maySee(task, origin) ? task : undefined;
  }
  if (SHORT_ID.test(id)) {
    const { requester, place } = origin;
    const { platform, chat } = place;
    for (const where of [...(isOneself(requester) ? [{ person: requester.id }] : []), { platform, chat }]) {
      const found = await findByEnd(id, where, store);
      if (found) return found;
    }
  }
  return (await clipsToShow(origin, { words: named, limit: 1 }, store))[0];
}

async function findByEnd(
  end: string,
  where: { person: string } | { platform: string; chat: string },
  { tasks }: Store,
): Promise<Task | undefined> {
  let before: Task | undefined;
  for (let looked = 0; looked < MAX_LOOKED_AT; looked += PAGE) {
    const page = await tasks.clips({ in: where }, { limit: PAGE, before });
    const found = page.find(({ id }) => id.endsWith(end));
    before = page.at(-1);
    if (found || page.length < PAGE) return found;
  }
  return undefined;
}

/** `/show`: one's own clips, and this chat's, once more. */
export const showCommand = defineCommand({
  name: 'show',
  words: (locale) => messagesFor(locale).commands.show,
  options: z.object({ clip: clipOption() }),
  async run(origin, { clip }, deps) {
    const source = await clipNamed(clip, origin, deps.store);
    if (!source) return { type: 'refused', text: messagesFor(origin.locale).clips.notFound };
    return showing({ ...origin, source }, deps);
  },
});

/** The same by a press, in a gallery. */
export const showAction = defineAction({
  id: 'show',
  words: (locale) => messagesFor(locale).actions.show,
  style: 'plain',
  who: 'here',
  renews: true,
  // It stands under clips of a gallery only.
  isOffered: () => false,
  run: ({ origin, task }, deps) => showing({ ...origin, source: task }, deps),
});
