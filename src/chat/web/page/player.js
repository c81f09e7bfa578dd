// @ts-check

import { attr, el, wantsStillness } from './dom.js';
import { apart, WORDS } from './words.js';

/** @import { TaskView } from '../view.ts' */

/** Videos that are played while they are seen, and those that the person stopped. */
const stopped = new WeakSet();
const ours = new WeakSet();

const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!(target instanceof HTMLVideoElement) || stopped.has(target)) continue;
      if (isIntersecting && !wantsStillness()) target.play().catch(() => {});
      else if (!isIntersecting && !target.paused) {
        ours.add(target);
        target.pause();
      }
    }
  },
  { threshold: 0.5 },
);

/** Metadata are read shortly before a video is seen: a long conversation loads nothing far above. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLVideoElement)) continue;
      target.preload = 'metadata';
      near.unobserve(target);
    }
  },
  { rootMargin: '100%' },
);

/**
 * A video for a card's frame, laid over the picture of the same size.
 * @param {NonNullable<TaskView['clip']>} clip
 * @param {string} poster
 * @param {string} scene
 */
export function createPlayer({ url }, poster, scene) {
  const video = el('video', { loop: true, muted: true, controls: true, playsInline: true, preload: 'none', poster });
  attr(video, { 'aria-label': WORDS.clipOf(apart(scene)) });
  video.addEventListener('pause', () => {
    if (!ours.delete(video)) stopped.add(video);
  });
  video.addEventListener('play', () => stopped.delete(video));
  video.src = url;
  near.observe(video);
  seen.observe(video);
  return video;
}

/** @param {HTMLVideoElement} video Releases what it holds: a removed video goes on loading otherwise. */
export function dropPlayer(video) {
  near.unobserve(video);
  seen.unobserve(video);
  video.removeAttribute('src');
  video.load();
  video.remove();
}
