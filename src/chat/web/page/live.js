// @ts-check

import { api } from './api.js';

/** @import { ConversationView, TaskView } from '../view.ts' */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** A telephone cuts the connections of a page in the background, and does not always say so. */
const SUSPECT_AFTER_MS = 30_000;

/**
 * The server's events, for as long as the page is open. The browser reconnects by itself (and says what it saw last)
 * after a break; after an answer that is no event stream it gives up for good, and this starts anew.
 * @param {object} hooks
 * @param {(view: ConversationView) => void} hooks.onConversation
 * @param {(view: TaskView) => void} hooks.onTask
 * @param {(taskId: string) => void} hooks.onGone
 * @param {(connected: boolean) => void} hooks.onState
 */
export function openLive({ onConversation, onTask, onGone, onState }) {
  /** @type {EventSource | undefined} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let wait = FIRST_WAIT_MS;
  let hiddenAt = 0;

  function open() {
    clearTimeout(timer);
    if (source) onState(false);
    source?.close();
    const opening = new EventSource('/api/events');
    source = opening;
    opening.onopen = () => {
      wait = FIRST_WAIT_MS;
      onState(true);
    };
    opening.onerror = () => {
      onState(false);
      if (opening.readyState === EventSource.CLOSED) reopenLater();
    };
    opening.addEventListener('conversation', (event) => onConversation(JSON.parse(event.data)));
    opening.addEventListener('task', (event) => onTask(JSON.parse(event.data)));
    opening.addEventListener('gone', (event) => onGone(JSON.parse(event.data).taskId));
  }

  function reopenLater() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      // An event stream does not tell why it was refused; an ordinary answer does (and leads to the password).
      const there = await api.about().then(
        () => true,
        () => false,
      );
      if (there) open();
      else reopenLater();
    }, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  addEventListener('online', open);
  addEventListener('pageshow', (event) => {
    if (event.persisted) open();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > SUSPECT_AFTER_MS) open();
  });
  open();
}
