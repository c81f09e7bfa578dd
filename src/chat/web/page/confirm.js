// @ts-check

import { byId, write } from './dom.js';
import { WORDS } from './words.js';

/** Asks before a clip or a request is erased. @param {{ clip: unknown }} what */
export const askToDelete = ({ clip }) =>
  askWhether({
    title: clip ? WORDS.deleteClip : WORDS.deleteRequest,
    words: clip ? WORDS.clipGoes : WORDS.requestGoes,
    label: WORDS.delete,
  });

/**
 * Asks whether something is meant that cannot be undone. The dialog gives the focus back to the button that opened it.
 * @param {{ title: string, words: string, label: string }} what
 * @returns {Promise<boolean>}
 */
export function askWhether({ title, words, label }) {
  const dialog = byId('confirm', HTMLDialogElement);
  write(byId('confirm-title', HTMLElement), title);
  write(byId('confirm-words', HTMLElement), words);
  write(byId('confirm-yes', HTMLElement), label);
  dialog.returnValue = '';
  dialog.showModal();
  // A click beside the box reaches the dialog itself: it means no.
  dialog.onclick = ({ target }) => {
    if (target === dialog) dialog.close();
  };
  return new Promise((resolve) => {
    dialog.onclose = () => {
      // The event comes after the focus is back: by then it may have been opened anew.
      if (!dialog.open) resolve(dialog.returnValue === 'delete');
    };
  });
}
