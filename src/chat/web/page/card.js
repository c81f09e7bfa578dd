// @ts-check

import { createButtons } from './buttons.js';
import { attr, el, write } from './dom.js';
import { createEditor } from './edit.js';
import { createFrame } from './frame.js';
import { icon } from './icons.js';
import { createSaying } from './saying.js';
import { timeOf, WORDS } from './words.js';

/** @import { Look } from './look.js' */

/**
 * @typedef {object} CardHooks
 * @property {(action: string) => unknown} act The button works again once this is settled.
 * @property {(answer: import('./edit.js').Answer) => void} edited
 * @property {() => import('../view.ts').About | undefined} about What may be chosen for another take.
 * @property {(scene: string) => string | undefined} checkScene
 * @property {() => string} again What another take costs, in words; '' for nothing.
 */

/** @typedef {ReturnType<typeof createCard>} Card */

let count = 0;

/** Actions that open the scene for a change. */
const EDITS = ['edit', 'shorten'];

/** @param {CardHooks} hooks */
export function createCard({ act, edited, about, checkScene, again }) {
  const id = `scene-${++count}`;
  const frame = createFrame();
  const scene = el('p', { className: 'scene', id, dir: 'auto' });
  const facts = el('p', { className: 'facts small' });
  const time = el('time', { className: 'small' });
  const status = el('p', { className: 'status' });
  const notice = attr(el('p', { className: 'notice small' }), { role: 'status' });
  const offers = el('div', { className: 'buttons offers', hidden: true });
  // What is said stands beside the status until the state changes.
  const say = createSaying({ notice, offers, act });
  const buttons = createButtons({ again, act: (action) => (EDITS.includes(action) ? edit(action) : act(action)) });
  const foot = el('div', { className: 'foot' }, status, buttons.element, buttons.menu);
  const words = el('div', { className: 'words' }, scene, facts, notice, offers, foot);
  const card = attr(el('article', { className: 'card', tabIndex: -1 }, frame.element, words), {
    'aria-labelledby': id,
  });
  const element = el('li', {}, card);
  /** @type {Look | undefined} */
  let shown;
  /** Said while it is at work, whatever its state. */
  let noted = '';

  /** @param {string} action */
  function edit(action) {
    const editor = createEditor(shown?.scene ?? '', {
      options: shown?.options,
      about: about(),
      check: checkScene,
      send(answer) {
        close();
        edited(answer);
      },
      close() {
        close();
        buttons.focus(action);
      },
    });
    function close() {
      editor.element.remove();
      scene.hidden = foot.hidden = false;
    }
    // Hidden and not taken away: the card is named after it.
    scene.hidden = foot.hidden = true;
    scene.after(editor.element);
    editor.open();
  }

  /** @param {Look} look */
  function render(look) {
    const held = card.contains(document.activeElement);
    if (look.state !== shown?.state) say(look.tone === 'working' ? noted : '');
    shown = look;
    card.dataset.tone = look.tone;
    frame.render(look);
    write(scene, look.scene || WORDS.byItself);
    write(status, look.tone === 'done' ? '' : look.status);
    if (look.tone === 'failed') status.prepend(icon('warning'));
    const at = new Date(look.at);
    time.dateTime = at.toISOString();
    write(time, askedAt(at));
    facts.replaceChildren(time, ...look.facts.map((fact) => el('span', {}, fact)));
    buttons.render(look);
    // The button that had the focus may have gone with the state: the keyboard goes on from this card.
    if (held && !card.contains(document.activeElement)) card.focus({ preventScroll: true });
  }

  return {
    element,
    render,
    say,
    note(/** @type {string} */ sentence) {
      noted = sentence;
      say(sentence);
    },
    focus: () => card.focus({ preventScroll: true }),
    drop() {
      frame.drop();
      element.remove();
    },
  };
}

/** @param {Date} at */
function askedAt(at) {
  const today = at.toDateString() === new Date().toDateString();
  return timeOf(at, { ...(today ? {} : { day: 'numeric', month: 'short' }), hour: '2-digit', minute: '2-digit' });
}
