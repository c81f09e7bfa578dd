// @ts-check

import { api } from './api.js';
import { renderDialogs } from './dialogs.tsx';
import { attr, byId, write } from './dom.js';
import { drawIcons } from './icons.js';
import { createLarge } from './large.js';
import { createTile } from './tile.js';
import { WORDS } from './words.js';

/** @import { TaskView } from '../view.ts' */

/** After the last letter, so long nothing is looked for. */
const TYPING_MS = 250;

drawIcons();
renderDialogs(byId('dialogs', HTMLElement));
const tiles = byId('tiles', HTMLUListElement);
const none = byId('none', HTMLElement);
const older = byId('older', HTMLButtonElement);
const filter = byId('filter', HTMLFormElement);
const words = byId('words', HTMLInputElement);
const starred = byId('starred', HTMLInputElement);
const spoken = byId('spoken', HTMLElement);
const asked = new URLSearchParams(location.search);
const story = asked.get('story') ?? undefined;

/** As they stand in the grid. @type {Map<string, { view: TaskView, tile: ReturnType<typeof createTile> }>} */
const shown = new Map();
/** @type {string | undefined} */
let next;
/** Counts what was looked for: an answer that comes late is not shown. */
let looks = 0;

const large = createLarge({
  beside(from, by) {
    const ids = [...shown.keys()];
    return shown.get(ids[ids.indexOf(from) + by] ?? '')?.view;
  },
  changed(view) {
    const entry = shown.get(view.taskId);
    if (!entry) return;
    entry.view = view;
    entry.tile.render(view);
  },
  gone(taskId) {
    const entry = shown.get(taskId);
    if (!entry) return;
    const beside = entry.tile.element.nextElementSibling ?? entry.tile.element.previousElementSibling;
    entry.tile.element.remove();
    shown.delete(taskId);
    if (shown.size === 0) sayNone();
    beside?.querySelector('button')?.focus();
  },
  closed: (taskId) => shown.get(taskId)?.tile.focus(),
});

function filterNow() {
  const of = new URLSearchParams();
  if (story !== undefined) of.set('story', story);
  if (words.value.trim() !== '') of.set('words', words.value.trim());
  if (starred.checked) of.set('starred', 'true');
  return of;
}

function sayNone() {
  write(none, starred.checked ? WORDS.noStarred : words.value.trim() === '' ? WORDS.noClips : WORDS.noSuchClips);
  none.hidden = false;
}

/** @param {string} [after] */
async function load(after) {
  const look = ++looks;
  const of = filterNow();
  if (after === undefined) history.replaceState(null, '', of.size > 0 ? `/clips?${of}` : '/clips');
  else of.set('after', after);
  attr(older, { 'aria-busy': 'true' });
  try {
    const page = await api.clips(of);
    if (look !== looks) return;
    if (after === undefined) {
      shown.clear();
      tiles.replaceChildren();
    }
    none.hidden = true;
    for (const view of page.clips) {
      const tile = createTile(view, large.open);
      shown.set(view.taskId, { view, tile });
      tiles.append(tile.element);
    }
    next = page.next;
    // All of a page may be what stands there already.
    if (shown.size === 0 && next === undefined) sayNone();
    write(spoken, WORDS.clipsShown(shown.size, next !== undefined));
    const [first] = page.clips;
    // The button that was pressed may be gone: the keyboard goes on with what it brought.
    if (after !== undefined && first && next === undefined) shown.get(first.taskId)?.tile.focus();
  } catch (error) {
    write(none, error instanceof Error ? error.message : WORDS.broken);
    none.hidden = false;
  } finally {
    attr(older, { 'aria-busy': undefined });
    older.hidden = next === undefined;
    document.body.dataset.view = 'clips';
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
filter.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(typing);
  load();
});
words.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(load, TYPING_MS);
});
starred.addEventListener('change', () => load());
older.addEventListener('click', () => {
  if (!older.hasAttribute('aria-busy')) load(next);
});

words.value = asked.get('words') ?? '';
starred.checked = asked.get('starred') === 'true';
if (story !== undefined) {
  write(byId('title', HTMLElement), WORDS.story);
  if (filter.parentElement) filter.parentElement.hidden = true;
  byId('all', HTMLElement).hidden = false;
}
load();
