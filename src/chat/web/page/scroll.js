// @ts-check

import { byId, wantsStillness } from './dom.js';

/** So near the end counts as being there. */
const NEAR_PX = 96;

/**
 * Keeps the newest card in sight for those who were looking at it, and leaves everybody else where they are.
 * @param {{ list: HTMLElement, composer: HTMLElement }} parts
 */
export function createScroll({ list, composer }) {
  const page = document.documentElement;
  const newest = byId('newest', HTMLButtonElement);
  let atEnd = true;

  const toEnd = (/** @type {boolean} */ smooth) =>
    scrollTo({ top: page.scrollHeight, behavior: smooth && !wantsStillness() ? 'smooth' : 'instant' });
  let lastY = 0;
  /** The empty page begins at its top. */
  const inTalk = () => document.body.dataset.view === 'talk';
  function look() {
    const near = innerHeight + scrollY >= page.scrollHeight - NEAR_PX;
    // Only who scrolls up leaves the end: it also moves away by itself, while pictures load.
    if (near || scrollY < lastY) atEnd = near;
    lastY = scrollY;
    newest.hidden = atEnd || !inTalk();
  }

  const sizes = new ResizeObserver(() => {
    // What the keyboard focuses is scrolled to above the composer, not under it.
    page.style.setProperty('--dock', `${composer.offsetHeight}px`);
    if (atEnd && inTalk()) toEnd(false);
    else look();
  });
  sizes.observe(list);
  sizes.observe(composer);
  addEventListener('scroll', look, { passive: true });
  addEventListener('resize', () => {
    if (atEnd && inTalk()) toEnd(false);
  });
  newest.addEventListener('click', () => {
    atEnd = true;
    toEnd(true);
  });

  return {
    /** The person's own card is shown, wherever they were. */
    toEnd() {
      atEnd = true;
      toEnd(false);
    },
    /** What is put above does not move what is looked at. @param {() => void} change */
    holding(change) {
      const first = list.firstElementChild;
      const before = first?.getBoundingClientRect().top ?? 0;
      list.style.setProperty('overflow-anchor', 'none');
      change();
      scrollBy({ top: (first?.getBoundingClientRect().top ?? 0) - before, behavior: 'instant' });
      requestAnimationFrame(() => list.style.removeProperty('overflow-anchor'));
    },
  };
}
