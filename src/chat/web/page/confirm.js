// @ts-check

import { byId } from './dom.js';

/** Asks before something is erased. The dialog gives the focus back to the button that opened it. */
export function askToDelete() {
  const dialog = byId('confirm', HTMLDialogElement);
  dialog.returnValue = '';
  dialog.showModal();
  // A click beside the box reaches the dialog itself: it means no.
  dialog.onclick = ({ target }) => {
    if (target === dialog) dialog.close();
  };
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'delete'), { once: true });
  });
}
