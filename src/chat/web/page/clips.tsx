import { batch, effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { TaskView } from '../view.ts';
import { api, sentenceOf } from './api.ts';
import { Confirm } from './confirm.tsx';
import { byId, focusOn, write } from './dom.ts';
import { Gallery } from './gallery.tsx';
import { WORDS } from './words.ts';

const asked = new URLSearchParams(location.search);
const story = asked.get('story') ?? undefined;
const words = signal(asked.get('words') ?? '');
const starred = signal(asked.get('starred') === 'true');
/** As they stand in the grid. */
const clips = signal<readonly TaskView[]>([]);
/** Why there are none. */
const none = signal('');
/** `after` of the next page. */
const next = signal<string | undefined>(undefined);
const isLoading = signal(false);
/** The clip that is shown large. */
const large = signal<TaskView | undefined>(undefined);
/** Counts what was looked for: an answer that comes late is not shown. */
let looks = 0;

function filterNow(): URLSearchParams {
  const of = new URLSearchParams();
  if (story !== undefined) of.set('story', story);
  if (words.peek().trim() !== '') of.set('words', words.peek().trim());
  if (starred.peek()) of.set('starred', 'true');
  return of;
}

function whyNone(): string {
  if (starred.peek()) return WORDS.noStarred;
  return words.peek().trim() === '' ? WORDS.noClips : WORDS.noSuchClips;
}

async function load(after?: string): Promise<void> {
  const look = ++looks;
  const of = filterNow();
  if (after === undefined) history.replaceState(null, '', of.size > 0 ? `/clips?${of}` : '/clips');
  else of.set('after', after);
  isLoading.value = true;
  try {
    const page = await api.clips(of);
    if (look !== looks) return;
    const all = after === undefined ? page.clips : [...clips.peek(), ...page.clips];
    batch(() => {
      clips.value = all;
      next.value = page.next;
      // All of a page may be what stands there already.
      none.value = all.length === 0 && page.next === undefined ? whyNone() : '';
    });
    write(byId('spoken'), WORDS.clipsShown(all.length, page.next !== undefined));
    const [first] = page.clips;
    // The button that was pressed may be gone: the keyboard goes on with what it brought.
    if (after !== undefined && first && page.next === undefined) focusOn(first.taskId);
  } catch (error) {
    none.value = sentenceOf(error);
  } finally {
    isLoading.value = false;
    document.body.dataset.view = 'clips';
  }
}

function gone(taskId: string): void {
  clips.value = clips.peek().filter((each) => each.taskId !== taskId);
  if (clips.peek().length === 0) none.value = whyNone();
}

const turns = {
  beside: (from: TaskView, by: 1 | -1) =>
    clips.peek()[clips.peek().findIndex(({ taskId }) => taskId === from.taskId) + by],
  changed(view: TaskView): void {
    clips.value = clips.peek().map((each) => (each.taskId === view.taskId ? view : each));
  },
  gone,
  told: (sentence: string) => write(byId('strip'), sentence),
  closed: focusOn,
};

render(
  <>
    <Gallery {...{ clips, none, next, isLoading, words, starred, large, turns, load }} isStory={story !== undefined} />
    <Confirm />
  </>,
  byId('gallery'),
);
effect(() => {
  starred.value;
  load();
});
