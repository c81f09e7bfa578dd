// @ts-check

import { byId, write } from './dom.js';
import { WORDS } from './words.js';

/**
 * Asks before something is erased. The dialog gives the focus back to the button that opened it.
 * @param {{ clip: unknown }} what
 */
export function askToDelete({ clip }) {
  const dialog = byId('confirm', HTMLDialogElement);
  write(byId('confirm-title', HTMLElement), clip ? WORDS.deleteClip : WORDS.deleteRequest);
  write(byId('confirm-words', HTMLElement), clip ? WORDS.clipGoes : WORDS.requestGoes);
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
