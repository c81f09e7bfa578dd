// @ts-check

import { attr, el, wantsStillness, write } from './dom.js';
import { icon } from './icons.js';
import { dropPlayer } from './player.js';
import { WORDS } from './words.js';

/** @import { TaskView } from '../view.ts' */

/**
 * A clip in the grid: its picture, which moves for who points at it or comes to it by keyboard.
 * @param {TaskView} view
 * @param {(view: TaskView) => void} open
 */
export function createTile(view, open) {
  let shown = view;
  const picture = attr(el('img', { alt: '', src: view.pictureUrl, decoding: 'async' }), { loading: 'lazy' });
  const scene = attr(el('span', { className: 'tile-scene' }), { dir: 'auto' });
  const count = el('span');
  const named = el('span', { className: 'unseen' });
  const stars = el('span', { className: 'tile-stars', hidden: true }, icon('star'), count, named);
  const screen = el('span', { className: 'tile-screen' }, picture, stars);
  const button = el('button', { type: 'button', className: 'tile' }, screen, scene);
  const element = el('li', {}, button);
  /** @type {HTMLVideoElement | undefined} */
  let video;

  function play() {
    if (video || !shown.clip || wantsStillness()) return;
    video = el('video', { muted: true, loop: true, playsInline: true, src: shown.clip.url });
    attr(video, { 'aria-hidden': 'true', tabindex: '-1' });
    picture.after(video);
    video.play().catch(() => {});
  }
  function stop() {
    if (!video || button.matches(':hover, :focus-visible')) return;
    dropPlayer(video);
    video = undefined;
  }
  button.addEventListener('pointerenter', ({ pointerType }) => pointerType === 'mouse' && play());
  button.addEventListener('pointerleave', stop);
  button.addEventListener('focus', () => button.matches(':focus-visible') && play());
  button.addEventListener('blur', stop);
  button.addEventListener('click', () => open(shown));

  /** @param {TaskView} to */
  function render(to) {
    shown = to;
    write(scene, to.scene || WORDS.byItself);
    stars.hidden = to.stars === 0;
    write(count, String(to.stars));
    write(named, WORDS.starsAfter(to.stars));
  }
  render(view);

  return { element, render, focus: () => button.focus() };
}
