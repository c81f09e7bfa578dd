import { batch, computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { TaskView } from '../view.ts';
import { about } from './about.ts';
import './anew.ts';
import { api, sentenceOf } from './api.ts';
import { Confirm } from './confirm.tsx';
import { byId, focusOn, write } from './dom.ts';
import { Gallery, type None } from './gallery.tsx';
import { install } from './install.ts';
import { Me } from './me.tsx';
import { isMineOnly } from './whose.tsx';
import { WORDS } from './words.ts';

/** On each page after the first, which is small for it to be there soon. */
const MORE_CLIPS = 72;
/** So near the end the next page is asked for while one is shown large. */
const SOON_CLIPS = 6;

const asked = new URLSearchParams(location.search);
const story = asked.get('story') ?? undefined;
const words = signal(asked.get('words') ?? '');
const starred = signal(asked.get('starred') === 'true');
/** As they stand in the grid. */
const clips = signal<readonly TaskView[]>([]);
const none = signal<None>({ sentence: '' });
/** `after` of the next page. */
const next = signal<string | undefined>(undefined);
const hasMore = computed(() => next.value !== undefined);
const isStuck = signal(false);
/** The clip that is shown large. */
const large = signal<TaskView | undefined>(undefined);
/** The clip that the keyboard is at. */
const current = signal<string | undefined>(undefined);
/** Counts what was looked for: an answer that comes late is not shown. */
let looks = 0;
let isLoading = false;

function filterNow(): URLSearchParams {
  const of = new URLSearchParams();
  if (story !== undefined) of.set('story', story);
  if (words.peek().trim() !== '') of.set('words', words.peek().trim());
  if (starred.peek()) of.set('starred', 'true');
  return of;
}

function whyNone(): None {
  const isMine = isMineOnly.peek();
  const wayOut = 'unfiltered';
  if (starred.peek()) return { sentence: WORDS.noStarred, wayOut };
  if (words.peek().trim() !== '') return { sentence: WORDS.noSuchClips, wayOut };
  return isMine ? { sentence: WORDS.nothingMine, wayOut: 'all' } : { sentence: WORDS.noClips, wayOut: 'make' };
}

async function load(after?: string): Promise<void> {
  const look = ++looks;
  const of = filterNow();
  if (after === undefined) history.replaceState(null, '', of.size > 0 ? `/clips?${of}` : '/clips');
  else {
    of.set('after', after);
    of.set('limit', String(MORE_CLIPS));
  }
  if (isMineOnly.peek() && story === undefined) of.set('mine', 'true');
  isLoading = true;
  isStuck.value = false;
  try {
    const page = await api.clips(of);
    if (look !== looks) return;
    const all = after === undefined ? page.clips : [...clips.peek(), ...page.clips];
    isLoading = false;
    batch(() => {
      clips.value = all;
      next.value = page.next;
      // All of a page may be what stands there already.
      none.value = all.length === 0 && page.next === undefined ? whyNone() : { sentence: '' };
    });
    // Pages that come by scrolling are nothing to speak of.
    if (after === undefined) write(byId('spoken'), WORDS.clipsShown(all.length, page.next !== undefined));
  } catch (error) {
    if (look !== looks) return;
    isLoading = false;
    if (after === undefined) none.value = { sentence: sentenceOf(error) };
    else {
      turns.told(sentenceOf(error));
      isStuck.value = true;
    }
  } finally {
    document.body.dataset.view = 'clips';
  }
}

/** The next page, once. */
function more(): void {
  if (!isLoading && !isStuck.peek() && next.peek() !== undefined) load(next.peek());
}

function gone(taskId: string): void {
  clips.value = clips.peek().filter((each) => each.taskId !== taskId);
  if (clips.peek().length === 0 && next.peek() === undefined) none.value = whyNone();
}

const turns = {
  beside: (from: TaskView, by: 1 | -1) =>
    clips.peek()[clips.peek().findIndex(({ taskId }) => taskId === from.taskId) + by],
  changed(view: TaskView): void {
    clips.value = clips.peek().map((each) => (each.taskId === view.taskId ? view : each));
  },
  gone,
  told: (sentence: string) => write(byId('strip'), sentence),
  closed(taskId: string): void {
    current.value = taskId;
    focusOn(taskId);
  },
};

render(
  <>
    <Gallery
      {...{ clips, none, hasMore, isStuck, current, words, starred, large, turns }}
      load={() => void load()}
      more={() => {
        isStuck.value = false;
        more();
      }}
      isStory={story !== undefined}
    />
    <Confirm />
  </>,
  byId('gallery'),
);
render(<Me />, byId('me'));
install();
api.about().then(
  (found) => {
    about.value = found;
  },
  () => {},
); // its name is all that is wanted of it
effect(() => {
  starred.value;
  isMineOnly.value;
  load();
});
// Whoever turns from one to the next comes to the end of what is here.
effect(() => {
  const at = clips.value.findIndex(({ taskId }) => taskId === large.value?.taskId);
  if (at >= 0 && at >= clips.value.length - SOON_CLIPS) more();
});
