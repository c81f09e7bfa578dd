// @ts-check

import { lookOfSending, lookOfTask } from './look.js';

/** @import { ConversationView, TaskView } from '../view.ts' */
/** @import { Card } from './card.js' */
/** @import { Sending } from './outbox.js' */

/** @typedef {{ card: Card, view?: TaskView, sending?: Sending, pictureUrl: string, touchedAt: number }} Entry */

/** Older first; ids rise with time, so they decide between two of the same millisecond. @param {TaskView} a @param {TaskView} b */
const inOrder = (a, b) => a.askedAt - b.askedAt || (a.taskId < b.taskId ? -1 : a.taskId > b.taskId ? 1 : 0);

/**
 * The cards on the page, newest at the bottom: tasks on record, then requests on their way.
 * @param {object} parts
 * @param {HTMLElement} parts.list
 * @param {(entry: () => Entry) => Card} parts.newCard
 * @param {(view: TaskView) => void} parts.onState A task that was shown before has another state now.
 * @param {(change: { count: number, older: boolean }) => void} parts.onChange
 */
export function createConversation({ list, newCard, onState, onChange }) {
  /** @type {Map<string, Entry>} By task id, or by key while it is on its way. */
  const entries = new Map();
  /** What was deleted stays so, whatever still arrives about it. @type {Set<string>} */
  const gone = new Set();
  let older = false;

  const changed = () => onChange({ count: entries.size, older });
  const tasks = () => [...entries.values()].flatMap(({ view }) => (view ? [view] : [])).sort(inOrder);

  /** @param {string} pictureUrl @returns {Entry} */
  function create(pictureUrl) {
    const entry = /** @type {Entry} */ ({ pictureUrl, touchedAt: 0, card: newCard(() => entry) });
    return entry;
  }

  /** Puts a card where it belongs, and moves none that is there already: a moved video starts again. @param {Entry} entry */
  function place({ card, view }) {
    const next = view && tasks().find((other) => inOrder(other, view) > 0);
    const pending = [...entries.values()].find((other) => other.sending && other.card !== card);
    const before = (next ? entries.get(next.taskId) : view && pending)?.card.element ?? null;
    if (card.element.parentElement !== list || card.element.nextElementSibling !== before)
      list.insertBefore(card.element, before);
  }

  /** @param {Entry} entry @param {TaskView} view */
  function show(entry, view) {
    entry.touchedAt = performance.now();
    // The same revision may say something new: a place in the queue, a remaining time.
    if (entry.view && entry.view.revision > view.revision) return;
    const before = entry.view;
    entry.view = view;
    entry.card.render(lookOfTask(view));
    place(entry);
    if (before && before.state !== view.state) onState(view);
  }

  /** @param {TaskView} view */
  function upsert(view) {
    if (gone.has(view.taskId)) return;
    const entry = entries.get(view.taskId) ?? create(view.pictureUrl);
    entries.set(view.taskId, entry);
    show(entry, view);
  }

  /** @param {string} id */
  function remove(id) {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    const { element, drop } = entry.card;
    const beside = element.nextElementSibling ?? element.previousElementSibling;
    const held = element.contains(document.activeElement);
    drop();
    // The keyboard goes on beside what went away.
    const next = beside?.querySelector('article') ?? document.querySelector('textarea');
    if (held) next?.focus({ preventScroll: true });
  }

  return {
    has: (/** @type {string} */ taskId) => entries.has(taskId),
    oldest: () => tasks()[0]?.taskId,

    /** @param {TaskView} view */
    task(view) {
      upsert(view);
      changed();
    },

    /**
     * The newest page, as it is on the server. What it should name and does not was deleted while nobody listened,
     * unless the server told of it after the connection was lost.
     * @param {ConversationView} page
     * @param {number} lostAt On the clock of `performance.now()`.
     */
    page(page, lostAt) {
      const named = new Set(page.tasks.map(({ taskId }) => taskId));
      const last = page.tasks.at(-1);
      const joins = page.tasks.some(({ taskId }) => entries.has(taskId));
      for (const [id, { view, touchedAt }] of [...entries]) {
        if (!view || named.has(id) || touchedAt > lostAt) continue;
        if (!page.older || !joins || !last || inOrder(view, last) > 0) remove(id);
      }
      const before = tasks()[0];
      if (!before || !last || inOrder(last, before) <= 0) older = page.older;
      for (const view of page.tasks) upsert(view);
      changed();
    },

    /** @param {ConversationView} page */
    olderPage(page) {
      older = page.older;
      for (const view of page.tasks) upsert(view);
      changed();
    },

    /** @param {string} taskId */
    gone(taskId) {
      gone.add(taskId);
      remove(taskId);
      changed();
    },

    /** A request on its way, shown at once. @param {Sending} sending @param {() => string} pictureUrl */
    sending(sending, pictureUrl) {
      const { key } = sending.letter;
      const entry = entries.get(key) ?? create(pictureUrl());
      entry.sending = sending;
      entries.set(key, entry);
      entry.card.render(lookOfSending(sending, entry.pictureUrl));
      if (!entry.card.element.isConnected) place(entry);
      changed();
    },

    /** Its answer: the card goes on as the task's. @param {Sending} sending @param {TaskView} task */
    sent({ letter }, task) {
      const entry = entries.get(letter.key);
      if (!entry || entries.has(task.taskId)) remove(letter.key);
      else {
        entries.delete(letter.key);
        entries.set(task.taskId, Object.assign(entry, { sending: undefined }));
      }
      this.task(task);
    },

    /** What is left for today, on the card of what was asked for last. @param {string} taskId @param {string} [note] */
    note(taskId, note) {
      if (note !== undefined) entries.get(taskId)?.card.note(note);
    },

    /** @param {Sending} sending */
    notSent({ letter }) {
      remove(letter.key);
      changed();
    },
  };
}
