import { messagesFor } from '../src/messages/messages.ts';
import { originalOf } from '../src/task/lineage.ts';
import { isSameChat, type Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';
import { chosenAt } from './settings/at-place.ts';
import { showing } from './showing.ts';
import type { CommandDeps, RequestOrigin } from './table.ts';

const GALLERY_KEY = 'gallery:';

/** Whether it stands in a gallery because enough people starred it. */
export const isGalleryCopy = ({ requestKey }: Task): boolean => requestKey.startsWith(GALLERY_KEY);

export const starsOf = ({ stars }: Task): number => stars?.length ?? 0;

/**
 * A person stars a clip, or takes the star back. What enough people starred, not its author alone, is shown in the
 * galleries of its platform, once: by whom it was made, so that they can take it back. The chat where it was made may ask for
 * more stars, or keep its clips to itself.
 * Undefined where the clip is gone.
 */
export async function setStar(
  { task, requester, isOn }: Pick<RequestOrigin, 'requester'> & { task: Task; isOn: boolean },
  deps: Pick<CommandDeps, 'store' | 'starsNeeded' | 'galleries'>,
): Promise<Task | undefined> {
  const { store, starsNeeded, galleries } = deps;
  const starred = await store.tasks.star(task.id, requester.id, isOn);
  if (!starred || !isOn || starsOf(starred) < starsNeeded) return starred;
  const source = await store.tasks.get(originalOf(starred));
  // What nobody else was shown does not go there by its author's star.
  if (!source || starred.stars?.every((person) => person === source.requester.id)) return starred;
  const chosen = await chosenAt(source.place, store);
  if (chosen.toGallery === false || starsOf(starred) < (chosen.starsNeeded ?? starsNeeded)) return starred;
  for (const gallery of galleries) {
    if (gallery.platform !== source.place.platform || isSameChat(gallery, source.place)) continue;
    const requestKey = `${GALLERY_KEY}${source.id}:${gallery.platform}:${gallery.chat}`;
    await showing(
      { requestKey, requester: source.requester, locale: source.locale, place: { ...gallery }, source },
      { store },
    );
  }
  return starred;
}

/** **⭐**, under a clip: for its person, and for all who see how many there are. A starred clip is kept. */
export const starAction = defineAction({
  id: 'star',
  words: (locale) => messagesFor(locale).actions.star,
  labelOf: (task, locale) => messagesFor(locale).actions.star.counted(starsOf(task)),
  style: 'plain',
  who: 'here',
  toggles: true,
  isOffered: isDelivered,
  async run({ origin: { requester, locale }, task }, deps) {
    const words = messagesFor(locale);
    const isOn = !task.stars?.includes(requester.id);
    const starred = await setStar({ task, requester, isOn }, deps);
    if (!starred) return { type: 'refused', text: words.request.gone };
    const { on, off } = words.actions.star;
    return { type: 'changed', text: isOn ? on : off, task: starred };
  },
});
