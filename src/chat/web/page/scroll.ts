import { signal } from '@preact/signals';
import { wantsStillness } from './dom.ts';

/** So near the end counts as being there. */
const NEAR_PX = 96;
/** Between what is focused and the composer. */
const GAP_PX = 16;

/** Keeps the newest card in sight for those who were looking at it, and leaves everybody else where they are. */
export type Scroll = ReturnType<typeof createScroll>;

export function createScroll() {
  const page = document.documentElement;
  /** Whether the newest card is out of sight for who may want to see it. */
  const isAway = signal(false);
  let list: HTMLElement | null = null;
  let atEnd = true;
  let lastY = 0;

  const jump = (isSmooth: boolean) =>
    scrollTo({ top: page.scrollHeight, behavior: isSmooth && !wantsStillness() ? 'smooth' : 'instant' });
  /** The empty page begins at its top. */
  const inTalk = () => document.body.dataset.view === 'talk';
  function look(): void {
    const isNear = innerHeight + scrollY >= page.scrollHeight - NEAR_PX;
    // Only who scrolls up leaves the end: it also moves away by itself, while pictures load.
    if (isNear || scrollY < lastY) atEnd = isNear;
    lastY = scrollY;
    isAway.value = !atEnd && inTalk();
  }
  function toEnd(isSmooth = false): void {
    atEnd = true;
    jump(isSmooth);
  }

  return {
    isAway,
    /** The person's own card is shown, wherever they were. */
    toEnd,

    /** From when both are on the page. */
    watch(cards: HTMLElement, composer: HTMLElement): void {
      list = cards;
      const sizes = new ResizeObserver(() => {
        // What the keyboard focuses is scrolled to above the composer, not under it.
        page.style.scrollPaddingBottom = `${composer.offsetHeight + GAP_PX}px`;
        if (atEnd && inTalk()) jump(false);
        else look();
      });
      sizes.observe(cards);
      sizes.observe(composer);
      addEventListener('scroll', look, { passive: true });
      addEventListener('resize', () => {
        if (atEnd && inTalk()) jump(false);
      });
    },

    /** What is put above does not move what is looked at. */
    async holding(change: () => void): Promise<void> {
      const first = list?.firstElementChild;
      const topOf = () => first?.getBoundingClientRect().top ?? 0;
      const before = topOf();
      list?.style.setProperty('overflow-anchor', 'none');
      change();
      await null; // the components are drawn anew before that
      scrollBy({ top: topOf() - before, behavior: 'instant' });
      requestAnimationFrame(() => list?.style.removeProperty('overflow-anchor'));
    },
  };
}
