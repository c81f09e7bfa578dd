// @ts-check

import { attr, el, write } from './dom.js';
import { icon } from './icons.js';
import { createMenu } from './menu.js';
import { canShareFiles } from './share.js';
import { WORDS } from './words.js';

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
  star: 'star',
  share: 'share',
  more: 'more',
  link: 'link',
  gif: 'picture',
  webp: 'film',
  story: 'takes',
  show: 'chat',
};

/** A double click on these means one; the others do the same thing twice at most. */
const MAKES_NEW = ['again', 'crop', 'gif', 'webp', 'show'];
const DOUBLE_CLICK_MS = 500;

/**
 * The row of buttons under a picture, and what stands behind **More**. A button that stays is the same element, so that it
 * keeps the focus.
 * @param {{ act(action: string): unknown, again(): string }} hooks `again`: what another take costs, if anything.
 */
export function createButtons({ act, again }) {
  const element = el('div', { className: 'buttons' });
  const saved = el('span');
  const download = el('a', { className: 'plain', download: '' }, icon('download'), saved);
  const menu = createMenu({ make });
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

  /** @param {Look} look @returns {readonly Button[]} */
  function wantedIn({ buttons: wanted, menu: more = [] }) {
    const canShare = canShareFiles() || more.some(({ action }) => action === 'link');
    return wanted.filter(({ action }) => action !== 'share' || canShare);
  }

  /** @param {Look} look */
  function renderStar({ stars = 0, isStarred = false }) {
    const star = buttons.get('star');
    if (!star) return;
    attr(star, {
      'aria-pressed': String(isStarred),
      'aria-label': stars > 0 ? WORDS.stars(stars) : WORDS.star,
      title: WORDS.star,
    });
    write(/** @type {HTMLElement} */ (star.lastElementChild), stars > 0 ? String(stars) : '');
  }

  /** @param {Look} look */
  function renderDownload({ clip, file }) {
    const url = file ? file.url : clip && `${clip.url}${clip.url.includes('?') ? '&' : '?'}download`;
    if (!url) return download.remove();
    download.href = url;
    download.className = file ? 'plain file' : 'plain';
    write(saved, file ? WORDS.downloadAs(file.format.toUpperCase()) : WORDS.download);
    if (!download.isConnected) element.prepend(download);
  }

  return {
    element,
    /** What stands behind **More**, where it is open. */
    menu: menu.element,
    /** @param {string} action */
    focus: (action) => buttons.get(action)?.focus(),

    /** @param {Look} look */
    render(look) {
      const wanted = wantedIn(look);
      for (const [action, button] of buttons) {
        if (wanted.some((each) => each.action === action)) continue;
        button.remove();
        buttons.delete(action);
      }
      renderDownload(look);
      for (const each of wanted) {
        if (buttons.has(each.action)) continue;
        const button = each.action === 'more' ? menu.button(each.label) : make(each);
        buttons.set(each.action, button);
        element.append(button);
      }
      renderStar(look);
      menu.render(buttons.has('more') ? (look.menu ?? []) : []);
    },
  };
}
