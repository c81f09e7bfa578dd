import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { isSameChat, type Task } from '../src/task/task.ts';
import { isOwn, maySee } from './may-see.ts';
import { isDelivered } from './more.ts';
import type { GalleryPage, Reply } from './reply.ts';
import type { RequestOrigin } from './table.ts';

/** What one picture, or one message, shows well. */
export const PAGE_SIZE = 9;
/** Pages that one view is turned to. */
const MAX_PAGES = 500;

/** What is looked at. */
const viewSchema = z.object({
  of: z.union([
    /** The clips of a chat or of a person. */
    z.object({
      in: z.union([z.object({ platform: z.string(), chat: z.string() }), z.object({ person: z.string() })]),
      by: z.string().optional(),
      isStarred: z.boolean().optional(),
      words: z.array(z.string()).optional(),
    }),
    /** All clips of one picture, as far as they are the person's own or of this chat. */
    z.object({ story: z.string(), at: z.object({ platform: z.string(), chat: z.string() }) }),
  ]),
  /** Who looks at it. */
  person: z.string(),
  /** The last clip of each page that was seen, in order: the next begins behind it. */
  seen: z.array(z.string()).default([]),
});
type View = z.infer<typeof viewSchema>;

const draftKey = (view: string): string => `gallery:${view}`;

/** Opens a view of clips. */
export const firstPage = (
  { of, requester }: Pick<View, 'of'> & Pick<RequestOrigin, 'requester'>,
  store: Store,
): Promise<GalleryPage> =>
  pageOf(randomBytes(6).toString('hex'), 0, { view: { of, person: requester.id, seen: [] }, requester }, store);

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
  const isOfHere = 'in' in view.of && 'chat' in view.of.in && isSameChat(view.of.in, place);
  if (!isOwn({ id: view.person }, requester) && !isOfHere) return { type: 'refused', text: words.notYours };
  const page = await pageOf(id, Math.max(0, Math.min(number, view.seen.length)), { view, requester }, store);
  return { type: 'clips', text: titleOf(view, origin.locale), page };
}

function titleOf({ of }: View, locale: string): string {
  const { clips, actions } = messagesFor(locale);
  if ('story' in of) return actions.story.text;
  return 'person' in of.in ? clips.mine : clips.title;
}

async function pageOf(
  id: string,
  number: number,
  { view, requester }: { view: View } & Pick<RequestOrigin, 'requester'>,
  store: Store,
): Promise<GalleryPage> {
  const last = number === 0 ? undefined : view.seen[number - 1];
  const edge = last === undefined ? undefined : await store.tasks.get(last);
  // Deleted since: the page before is shown as it stands now, and the next one begins behind that.
  if (last !== undefined && !edge) {
    const seen = view.seen.slice(0, number - 1);
    return pageOf(id, number - 1, { view: { of: view.of, person: view.person, seen }, requester }, store);
  }
  const { of } = view;
  const limit = PAGE_SIZE + 1;
  const found =
    'story' in of
      ? await store.tasks.story(of.story, { limit, after: edge })
      : await store.tasks.clips(of, { limit, before: edge });
  const page = found.slice(0, PAGE_SIZE);
  // Another take of a picture may be no clip, or somebody else's, in a chat of theirs.
  const clips =
    'story' in of ? page.filter((task) => isDelivered(task) && maySee(task, { requester, place: of.at })) : page;
  const hasMore = found.length > PAGE_SIZE && number < MAX_PAGES;
  const end: Task | undefined = page.at(-1);
  const seen = [...view.seen.slice(0, number), ...(end ? [end.id] : [])];
  await store.drafts.put({ key: draftKey(id), data: { of, person: view.person, seen } });
  return { view: id, number, hasMore, clips };
}
