import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { originalOf } from '../src/task/lineage.ts';
import { isSameChat, type Place, type Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';
import { chosenAt, localeAt } from './settings/at-place.ts';
import { showing } from './showing.ts';
import type { CommandDeps, RequestOrigin } from './table.ts';

const GALLERY_KEY = 'gallery:';

/** Whether it stands in a gallery because enough people starred it. */
export const isGalleryCopy = ({ requestKey }: Task): boolean => requestKey.startsWith(GALLERY_KEY);

export const starsOf = ({ stars }: Task): number => stars?.length ?? 0;

/**
 * A person stars a clip, or takes the star back. What enough people starred, not its author alone, is shown in the
 * galleries of its platform and in that of its server, once: by whom it was made, so that they can take it back. The chat
 * where it was made may ask for more stars, or keep its clips to itself.
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
  const { toGallery, gallery: own = [], starsNeeded: more } = await chosenAt(source.place, store);
  if (starsOf(starred) < (more ?? starsNeeded)) return starred;
  const { platform, community } = source.place;
  // The server's own is another choice than whether clips leave it.
  for (const chat of own) await showIn({ platform, chat, community }, source, store);
  for (const { platform, chat, community } of toGallery === false ? [] : galleries) {
    if (platform !== source.place.platform) continue;
    const there = community === undefined ? {} : await community();
    // Where nothing is known of the settings there, they may say so.
    await showIn({ platform, chat, community: there?.id }, source, store, there === undefined);
  }
  return starred;
}

/** Shows a clip in a gallery, once. */
async function showIn(place: Place, source: Task, store: Store, isCovered = false): Promise<void> {
  if (isSameChat(place, source.place)) return;
  const { id, requester } = source;
  const locale = await localeAt(place, source.locale, store);
  const requestKey = `${GALLERY_KEY}${id}:${place.platform}:${place.chat}`;
  await showing({ requestKey, requester, locale, place, source, isCovered }, { store });
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
