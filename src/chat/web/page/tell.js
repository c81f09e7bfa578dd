// @ts-check

import { byId, write } from './dom.js';
import { apart, WORDS } from './words.js';

/** @import { TaskView } from '../view.ts' */

/** A break shorter than this is nobody's business. */
const CALM_MS = 1200;

/** What is said beside the cards: the state of the connection, and news for those who listen instead of looking. */
export function createTeller() {
  const spoken = byId('spoken', HTMLElement);
  const strip = byId('strip', HTMLElement);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) document.title = WORDS.title;
  });

  return {
    say: (/** @type {string} */ text) => write(spoken, text),

    /** @param {boolean} connected */
    connection(connected) {
      if (connected) {
        clearTimeout(timer);
        timer = undefined;
        write(strip, '');
      } else timer ??= setTimeout(() => write(strip, WORDS.lost), CALM_MS);
    },

    /** A task came into another state: told once a state, not each percent. @param {TaskView} view */
    state({ state, status, scene }) {
      const done = state === 'delivered';
      if (done && document.hidden) document.title = WORDS.titleDone;
      write(spoken, done ? WORDS.done(apart(scene || WORDS.byItself)) : status.replace(/[\s,]*\d+\s?%/, ''));
    },
  };
}
