// @ts-check

import { el, write } from './dom.js';

/** @import { Button } from './look.js' */

/**
 * A sentence beside a clip, and what else may be pressed then.
 * @param {{ notice: HTMLElement, offers: HTMLElement, act(action: string): unknown }} where
 * @returns {(sentence: string, more?: readonly Button[]) => void}
 */
export function createSaying({ notice, offers, act }) {
  return (sentence, more = []) => {
    write(notice, sentence);
    offers.hidden = more.length === 0;
    offers.replaceChildren(
      ...more.map(({ action, label }) =>
        el('button', { type: 'button', className: 'plain', onclick: () => act(action) }, el('span', {}, label)),
      ),
    );
  };
}
