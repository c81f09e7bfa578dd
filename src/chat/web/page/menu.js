// @ts-check

import { attr, el } from './dom.js';
import { icon } from './icons.js';

/** @import { Button } from './look.js' */

let count = 0;

/**
 * What stands behind a button that opens it, in the page itself: nothing is covered, and on a telephone nothing is cut off.
 * @param {{ make(button: Button): HTMLButtonElement }} parts
 */
export function createMenu({ make }) {
  const id = `menu-${++count}`;
  const element = el('div', { className: 'menu', id, hidden: true });
  /** @type {HTMLButtonElement | undefined} */
  let opener;
  let shown = '';

  /** @param {boolean} isOpen */
  function open(isOpen) {
    element.hidden = !isOpen;
    if (opener) attr(opener, { 'aria-expanded': String(isOpen) });
  }

  // Before the press itself: what it asks then gives the focus back to a button that is still there.
  element.addEventListener(
    'click',
    ({ target }) => {
      if (!(target instanceof Element) || !target.closest('button')) return;
      opener?.focus();
      open(false);
    },
    { capture: true },
  );
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    opener?.focus();
    open(false);
  });

  return {
    element,

    /** The button that opens and closes it. @param {string} label */
    button(label) {
      const button = el('button', { type: 'button', className: 'plain more' }, icon('more'), el('span', {}, label));
      attr(button, { 'aria-expanded': 'false', 'aria-controls': id });
      button.addEventListener('click', () => open(Boolean(element.hidden)));
      opener = button;
      open(false);
      return button;
    },

    /** @param {readonly Button[]} wanted */
    render(wanted) {
      const print = JSON.stringify(wanted);
      if (print === shown) return;
      shown = print;
      element.replaceChildren(...wanted.map(make));
      if (wanted.length === 0) open(false);
    },
  };
}
