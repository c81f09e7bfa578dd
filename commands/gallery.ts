import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import type { Task } from '../src/task/task.ts';
import type { GalleryPage, Reply } from './reply.ts';
import type { RequestOrigin } from './table.ts';

/** What one picture, or one message, shows well. */
export const PAGE_SIZE = 9;
/** Pages that one view is turned to. */
const MAX_PAGES = 500;

/** What is looked at. */
const viewSchema = z.object({
  of: z.union([
    /** All takes of one picture: those of the person who looks, and those of the chat where they look. */
    z.object({ story: z.string(), in: z.object({ platform: z.string(), chat: z.string() }) }),
    /** The clips of a chat or of a person. */
    z.object({
      in: z.union([z.object({ platform: z.string(), chat: z.string() }), z.object({ person: z.string() })]),
      by: z.string().optional(),
      isStarred: z.boolean().optional(),
      words: z.array(z.string()).optional(),
    }),
  ]),
  /** Who looks at it. */
  person: z.string(),
  /** The last clip of each page that was seen, in order: the next begins behind it. */
  seen: z.array(z.string()).default([]),
});
type View = z.infer<typeof viewSchema>;

/** Pages of a story that are looked through for one that may be seen. */
const MAX_STORY_PAGES = 20;

const draftKey = (view: string): string => `gallery:${view}`;

/** Opens a view of clips. */
export const firstPage = (view: z.input<typeof viewSchema>, store: Store): Promise<GalleryPage> =>
  pageOf(randomBytes(6).toString('hex'), 0, viewSchema.parse(view), store);

/** Another page of a view that is open: for its person, and for everybody where it is of the chat that they are in. */
export async function turnPage(
  { origin, view: id, number }: { origin: RequestOrigin; view: string; number: number },
  { store }: { store: Store },
): Promise<Reply> {
  const words = messagesFor(origin.locale).clips;
  const draft = await store.drafts.get(draftKey(id));
  const view = viewSchema.safeParse(draft?.data).data;
  if (!view) return { type: 'refused', text: words.over };
  const { requester, place } = origin;
  const isOfHere = !('story' in view.of) && 'chat' in view.of.in && isIn(view.of.in, place);
  if (view.person !== requester.id && !isOfHere) return { type: 'refused', text: words.notYours };
  const page = await pageOf(id, Math.max(0, Math.min(number, view.seen.length)), view, store);
  return { type: 'clips', text: titleOf(view, origin.locale), page };
}

const isIn = (one: { platform: string; chat: string }, other: { platform: string; chat: string }): boolean =>
  one.platform === other.platform && one.chat === other.chat;

function titleOf({ of }: View, locale: string): string {
  const { clips, actions } = messagesFor(locale);
  if ('story' in of) return actions.story.text;
  return 'person' in of.in ? clips.mine : clips.title;
}

/** Takes are made in private, too: nobody sees those of another chat than theirs. */
async function storyPage(
  { story, in: here }: Extract<View['of'], { story: string }>,
  { person, limit, after }: { person: string; limit: number; after?: Task },
  { tasks }: Store,
): Promise<Task[]> {
  const seen: Task[] = [];
  let last = after;
  for (let pages = 0; pages < MAX_STORY_PAGES && seen.length < limit; pages++) {
    const takes = await tasks.story(story, { limit, after: last });
    seen.push(...takes.filter(({ requester, place }) => requester.id === person || isIn(place, here)));
    last = takes.at(-1);
    if (takes.length < limit) break;
  }
  return seen.slice(0, limit);
}

async function pageOf(id: string, number: number, view: View, store: Store): Promise<GalleryPage> {
  const last = number === 0 ? undefined : view.seen[number - 1];
  const edge = last === undefined ? undefined : await store.tasks.get(last);
  const { of } = view;
  const limit = PAGE_SIZE + 1;
  const found =
    'story' in of
      ? await storyPage(of, { person: view.person, limit, after: edge }, store)
      : await store.tasks.clips(of, { limit, before: edge });
  const clips = found.slice(0, PAGE_SIZE);
  const hasOlder = found.length > PAGE_SIZE && number < MAX_PAGES;
  const end: Task | undefined = clips.at(-1);
  const seen = [...view.seen.slice(0, number), ...(end ? [end.id] : [])];
  await store.drafts.put({ key: draftKey(id), data: { of, person: view.person, seen } });
  return { view: id, number, hasOlder, clips };
}
