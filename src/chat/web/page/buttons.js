// @ts-check

import { attr, el } from './dom.js';
import { icon } from './icons.js';

/** @import { Button, Look } from './look.js' */

/** @type {Partial<Record<string, import('./icons.js').IconName>>} */
const ICONS = {
  retry: 'again',
  again: 'again',
  crop: 'again',
  edit: 'edit',
  shorten: 'edit',
  picture: 'picture',
  resend: 'send',
  change: 'edit',
  delete: 'delete',
  details: 'info',
};

/** A double click on these means one; the others do the same thing twice at most. */
const MAKES_NEW = ['again', 'crop'];
const DOUBLE_CLICK_MS = 500;

/**
 * The row of buttons under a picture. A button that stays is the same element, so that it keeps the focus.
 * @param {{ act(action: string): unknown, again(): string }} hooks `again`: what another take costs, if anything.
 */
export function createButtons({ act, again }) {
  const element = el('div', { className: 'buttons' });
  const download = el('a', { className: 'plain', download: '' }, icon('download'), el('span', {}, 'Download'));
  /** @type {Map<string, HTMLButtonElement>} */
  const buttons = new Map();

  /** @param {Button} button */
  function make({ action, label }) {
    const name = ICONS[action];
    const cost = action === 'again' ? again() : '';
    const words = cost ? `${label} · ${cost}` : label;
    const button = el('button', { type: 'button', className: `plain ${action}` }, el('span', {}, words));
    if (name) button.prepend(icon(name));
    let last = Number.NEGATIVE_INFINITY;
    button.addEventListener('click', async ({ timeStamp }) => {
      if (button.hasAttribute('aria-disabled')) return;
      if (MAKES_NEW.includes(action) && timeStamp - last < DOUBLE_CLICK_MS) return;
      last = timeStamp;
      attr(button, { 'aria-disabled': 'true' });
      await act(action);
      attr(button, { 'aria-disabled': undefined });
    });
    return button;
  }

  return {
    element,
    /** @param {string} action */
    focus: (action) => buttons.get(action)?.focus(),

    /** @param {Look} look */
    render({ buttons: wanted, clip }) {
      for (const [action, button] of buttons) {
        if (wanted.some((each) => each.action === action)) continue;
        button.remove();
        buttons.delete(action);
      }
      if (clip) download.href = `${clip.url}${clip.url.includes('?') ? '&' : '?'}download`;
      if (!clip) download.remove();
      else if (!download.isConnected) element.prepend(download);
      for (const each of wanted) {
        if (buttons.has(each.action)) continue;
        const button = make(each);
        buttons.set(each.action, button);
        element.append(button);
      }
    },
  };
}
