// @ts-check

import { isOnItsWay } from './outbox.js';
import { apart, percent, WORDS } from './words.js';

/** @import { TaskView } from '../view.ts' */
/** @import { Size } from './picture-check.js' */
/** @import { Sending } from './outbox.js' */

/** @typedef {{ action: string, label: string }} Button What can be pressed under a card. */

/**
 * What a card shows, whether it is a task on record or a request still on its way.
 * @typedef {object} Look
 * @property {string} scene `''` where the picture moves by itself.
 * @property {string} state Changes of this are told; changes of the words alone are not.
 * @property {string} status
 * @property {'working' | 'done' | 'failed' | 'idle'} tone
 * @property {number | null} [progress] 0 to 1; null while something moves but nobody knows how far it is.
 * @property {string} pictureUrl
 * @property {Size} [size] Of the frame.
 * @property {string[]} facts
 * @property {TaskView['options']} [options]
 * @property {number} at Milliseconds since the epoch.
 * @property {TaskView['clip']} [clip]
 * @property {readonly Button[]} buttons
 * @property {readonly Button[]} [menu] Behind **More**.
 * @property {number} [stars]
 * @property {boolean} [isStarred]
 * @property {TaskView['file']} [file] What the clip is shown as, in place of itself.
 */

/** What can be pressed while a request is on its way, or will not go. */
const CANCEL = { action: 'cancel', label: WORDS.cancel };
const RESEND = { action: 'resend', label: WORDS.sendNow };
const CHANGE = { action: 'change', label: WORDS.change };
const DISCARD = { action: 'discard', label: WORDS.discard };

/** @param {TaskView} view @returns {Look} */
export function lookOfTask(view) {
  const { state, scene, status, clip, menu, stars, isStarred, file } = view;
  return {
    ...{ scene, state, status, clip, pictureUrl: view.pictureUrl, size: clip?.size ?? view.size, at: view.askedAt },
    tone: toneOf(state),
    progress: progressOf(view),
    facts: [...shownAs(view), ...view.facts],
    ...{ menu, stars, isStarred, file },
    options: view.options,
    buttons: view.buttons,
  };
}

/** @param {TaskView} view */
function shownAs({ shown, file }) {
  if (!shown) return [];
  const author = shown.author === undefined ? [] : [WORDS.shownBy(apart(shown.author))];
  return [file ? file.format.toUpperCase() : WORDS.shownAgain, ...author];
}

/** @param {TaskView['state']} state */
function toneOf(state) {
  if (state === 'delivered') return 'done';
  if (state === 'failed') return 'failed';
  return state === 'cancelled' ? 'idle' : 'working';
}

/** @param {TaskView} view */
function progressOf({ state, progress, file }) {
  const isMade = file && (state === 'ready' || state === 'delivering');
  if (isMade || state === 'received' || state === 'submitting') return null;
  if (state === 'rendering') return progress ?? null;
  return state === 'ready' || state === 'delivering' ? 1 : undefined;
}

/**
 * @param {Sending} sending
 * @param {string} pictureUrl
 * @returns {Look}
 */
export function lookOfSending({ letter, state, part, sentence }, pictureUrl) {
  // All sent is not yet answered.
  const known = state === 'sending' && part !== undefined && part < 1;
  const working = isOnItsWay(state);
  return {
    ...{ scene: letter.scene, state, pictureUrl, size: letter.size, at: letter.at, facts: [] },
    status: sentence ?? (known ? WORDS.sendingPart(percent(part)) : WORDS.sending),
    tone: working ? 'working' : 'failed',
    progress: working ? (known ? part : null) : undefined,
    buttons: working ? [CANCEL] : letter.of ? [RESEND, DISCARD] : [RESEND, CHANGE, DISCARD],
  };
}
