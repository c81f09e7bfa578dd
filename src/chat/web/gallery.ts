import { Hono } from 'hono';
import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import { storyOf } from '../../task/lineage.ts';
import type { Task } from '../../task/task.ts';
import { isFromWeb, isHere, WEB_PLACE, type WebEnv } from './env.ts';
import { Problem } from './problem.ts';
import { readerOf } from './reader.ts';
import type { Reads } from './view.ts';
import type { Viewer } from './viewer.ts';

/** Clips on a page: whole rows of two, three and four. */
const PAGE_CLIPS = 24;

const askedSchema = z.object({
  words: z.string().max(200).default(''),
  starred: z.stringbool().default(false),
  mine: z.stringbool().default(false),
  /** A task whose story is told in place of all clips. */
  story: z.string().optional(),
  /** The last clip of the page before. */
  after: z.string().optional(),
});

/** `GET /api/clips`: the clips of this chat by pages, each once. */
export function createGallery(deps: {
  store: Pick<Store, 'tasks'>;
  viewer: Pick<Viewer, 'view'>;
  taskOf: (id: string) => Promise<Task>;
}): Hono<WebEnv> {
  const { store, viewer, taskOf } = deps;
  return new Hono<WebEnv>().get('/api/clips', async (c) => {
    const asked = askedSchema.safeParse(c.req.query());
    if (!asked.success) throw new Problem(400, ({ web }) => web.badBody);
    const { words: said, starred, mine, story, after } = asked.data;
    const reader = readerOf(c);
    const by = mine ? reader.person.requester.id : undefined;
    const limit = PAGE_CLIPS + 1;
    const edge = after === undefined ? undefined : await taskOf(after);
    const found =
      story === undefined
        ? await store.tasks.clips(
            {
              in: WEB_PLACE,
              by,
              isStarred: starred || undefined,
              words: said.split(/\s+/).filter((word) => word !== ''),
            },
            { limit, before: edge },
          )
        : await store.tasks.story(storyOf(await taskOf(story)), { limit, after: edge });
    const page = found.slice(0, PAGE_CLIPS).filter(isHere);
    const clips = await Promise.all(page.filter(isShown).map(viewer.view));
    const view: Reads['/api/clips'] = {
      clips: clips.map((clip) => clip.to(reader)),
      next: found.length > PAGE_CLIPS ? page.at(-1)?.id : undefined,
    };
    return c.json(view);
  });
}

/** A take that failed is no clip, and what this chat shows once more stands there already. */
const isShown = (task: Task): boolean => task.state === 'delivered' && (task.shows === undefined || !isFromWeb(task));
