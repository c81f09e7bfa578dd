// @ts-check

import { attr, el } from './dom.js';
import { icon } from './icons.js';

/** @import { Action, Look } from './look.js' */

/** @type {Record<Action, { label: string, icon?: import('./icons.js').IconName }>} */
const BUTTONS = {
  cancel: { label: 'Cancel' },
  retry: { label: 'Try again (may cost a credit)', icon: 'again' },
  leave: { label: 'Leave it' },
  again: { label: 'Again', icon: 'again' },
  edit: { label: 'Edit scene', icon: 'edit' },
  resend: { label: 'Send now', icon: 'send' },
  change: { label: 'Change it', icon: 'edit' },
  discard: { label: 'Discard' },
  delete: { label: 'Delete', icon: 'delete' },
};

/** A double click on Again means one; the others do the same thing twice at most. */
const DOUBLE_CLICK_MS = 500;

/**
 * The row of buttons under a picture. A button that stays is the same element, so that it keeps the focus.
 * @param {{ act(action: Action): unknown, again(): string }} hooks `again`: what another take costs, if anything.
 */
export function createButtons({ act, again }) {
  const element = el('div', { className: 'buttons' });
  const download = el('a', { className: 'plain', download: '' }, icon('download'), el('span', {}, 'Download'));
  /** @type {Map<Action, HTMLButtonElement>} */
  const buttons = new Map();

  /** @param {Action} action */
  function make(action) {
    const { label, icon: name } = BUTTONS[action];
    const cost = action === 'again' ? again() : '';
    const words = cost ? `${label} · ${cost}` : label;
    const button = el('button', { type: 'button', className: `plain ${action}` }, el('span', {}, words));
    if (name) button.prepend(icon(name));
    let last = Number.NEGATIVE_INFINITY;
    button.addEventListener('click', async ({ timeStamp }) => {
      if (button.hasAttribute('aria-disabled')) return;
      if (action === 'again' && timeStamp - last < DOUBLE_CLICK_MS) return;
      last = timeStamp;
      attr(button, { 'aria-disabled': 'true' });
      await act(action);
      attr(button, { 'aria-disabled': undefined });
    });
    return button;
  }

  return {
    element,
    /** @param {Action} action */
    focus: (action) => buttons.get(action)?.focus(),

    /** @param {Look} look */
    render({ actions, clip }) {
      for (const [action, button] of buttons) {
        if (actions.includes(action)) continue;
        button.remove();
        buttons.delete(action);
      }
      if (clip) download.href = `${clip.url}${clip.url.includes('?') ? '&' : '?'}download`;
      if (!clip) download.remove();
      else if (!download.isConnected) element.prepend(download);
      for (const action of actions) {
        if (buttons.has(action)) continue;
        const button = make(action);
        buttons.set(action, button);
        element.append(button);
      }
    },
  };
}
