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

/** Clips on a page, where nothing else is asked for: whole rows of two, three and four. */
const PAGE_CLIPS = 24;
const MAX_CLIPS = 96;
/** Where a page ended, by its last clip: its instant and id, so that it may be gone by the time the next one is asked for. */
const cursorSchema = z
  .string()
  .regex(/^\d{1,15}-[0-9a-f]{24}$/)
  .transform((cursor) => {
    const [received = '', id = ''] = cursor.split('-');
    return { id, at: { received: Number(received) } };
  });
const cursorOf = ({ id, at }: Task): string => `${at.received ?? 0}-${id}`;

const askedSchema = z.object({
  words: z.string().max(200).default(''),
  starred: z.stringbool().default(false),
  mine: z.stringbool().default(false),
  /** A task whose story is told in place of all clips. */
  story: z.string().optional(),
  /** `next` of the page before. */
  after: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_CLIPS).default(PAGE_CLIPS),
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
    const { words: said, starred, mine, story, after, limit } = asked.data;
    const reader = readerOf(c);
    const by = mine ? reader.person.requester.id : undefined;
    const found =
      story === undefined
        ? await store.tasks.clips(
            {
              in: WEB_PLACE,
              by,
              isStarred: starred || undefined,
              words: said.split(/\s+/).filter((word) => word !== ''),
            },
            { limit: limit + 1, before: after },
          )
        : await store.tasks.story(storyOf(await taskOf(story)), { limit: limit + 1, after });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const clips = await Promise.all(page.filter((task) => isHere(task) && isShown(task)).map(viewer.view));
    const view: Reads['/api/clips'] = {
      clips: clips.map((clip) => clip.to(reader)),
      next: found.length > limit && last ? cursorOf(last) : undefined,
    };
    return c.json(view);
  });
}

/** A take that failed is no clip, and what this chat shows once more stands there already. */
const isShown = (task: Task): boolean => task.state === 'delivered' && (task.shows === undefined || !isFromWeb(task));
