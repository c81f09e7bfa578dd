// @ts-check

import { attr, el } from './dom.js';
import { createPlayer, dropPlayer } from './player.js';
import { WORDS } from './words.js';

/** @import { Look } from './look.js' */

/** Before a picture's size is known. */
const USUAL_RATIO = 16 / 9;
const MIN_RATIO = 0.45;
const MAX_RATIO = 2.4;
/** Taller than this it would fill a screen at full width. */
const TALL_RATIO = 1.2;

/** The picture of a card, at its true shape, and later its clip in exactly the same place. */
export function createFrame() {
  const picture = el('img', { alt: '', decoding: 'async' });
  const progress = attr(el('progress', { max: 1, hidden: true }), { 'aria-label': WORDS.progress });
  const frame = el('div', { className: 'frame' }, picture, progress);
  const element = el('div', { className: 'stage' }, frame);
  /** @type {HTMLVideoElement | undefined} */
  let video;
  let clipUrl = '';
  let wanted = '';

  picture.onload = () => {
    // Also what lies around a tall one.
    element.style.setProperty('--picture', `url(${JSON.stringify(picture.src)})`);
    if (!frame.dataset.sized) shape(picture.naturalWidth / picture.naturalHeight);
  };
  picture.onerror = () => frame.classList.add('broken');

  /** @param {number} ratio */
  function shape(ratio) {
    const shown = Math.min(MAX_RATIO, Math.max(MIN_RATIO, ratio || USUAL_RATIO));
    frame.style.setProperty('--ratio', String(shown));
    element.parentElement?.classList.toggle('tall', shown < TALL_RATIO);
  }

  /**
   * Shows another picture without a flash of nothing: the old one stays until the new one can be painted.
   * @param {string} url
   * @param {boolean} sized
   */
  function show(url, sized) {
    // What was chosen here is shown from this device until the server has fitted it: no need to fetch it back.
    if (url === wanted || (picture.src.startsWith('blob:') && !sized)) return;
    wanted = url;
    frame.classList.remove('broken');
    if (!picture.hasAttribute('src')) {
      picture.src = url;
      return;
    }
    const next = new Image();
    next.src = url;
    const swap = () => {
      if (wanted !== url) return;
      if (picture.src.startsWith('blob:')) URL.revokeObjectURL(picture.src);
      picture.src = url;
    };
    next.decode().then(swap, swap);
  }

  return {
    element,

    /** @param {Look} look */
    render({ size, pictureUrl, progress: part, clip, scene }) {
      if (size) {
        frame.dataset.sized = 'yes';
        shape(size.width / size.height);
      }
      show(pictureUrl, Boolean(size) && !pictureUrl.startsWith('blob:'));
      progress.hidden = part === undefined;
      if (part === null) progress.removeAttribute('value');
      else if (part !== undefined) progress.value = part;
      if (clip && clip.url !== clipUrl) {
        clipUrl = clip.url;
        if (video) dropPlayer(video);
        video = createPlayer(clip, pictureUrl, scene || WORDS.byItself);
        picture.after(video);
      }
    },

    drop() {
      if (video) dropPlayer(video);
      if (picture.src.startsWith('blob:')) URL.revokeObjectURL(picture.src);
    },
  };
}
