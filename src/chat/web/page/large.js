// @ts-check

import { createButtons } from './buttons.js';
import { byId, el, write } from './dom.js';
import { lookOfTask } from './look.js';
import { createPlayer, dropPlayer } from './player.js';
import { press } from './press.js';
import { createSaying } from './saying.js';
import { timeOf, WORDS } from './words.js';

/** @import { TaskView } from '../view.ts' */

/** What leads to another clip belongs into the chat. */
const HERE = ['star', 'share', 'more'];
const SHOW = { action: 'show', label: WORDS.showInChat };

/**
 * One clip, large, with what can be done with it.
 * @param {object} hooks
 * @param {(from: string, by: 1 | -1) => TaskView | undefined} hooks.beside
 * @param {(view: TaskView) => void} hooks.changed
 * @param {(taskId: string) => void} hooks.gone
 * @param {(taskId: string) => void} hooks.closed
 */
export function createLarge({ beside, changed, gone, closed }) {
  const dialog = byId('large', HTMLDialogElement);
  const screen = byId('screen', HTMLElement);
  const notice = byId('large-notice', HTMLElement);
  const offers = byId('large-offers', HTMLElement);
  const buttons = createButtons({ again: () => '', act });
  byId('large-foot', HTMLElement).append(buttons.element, buttons.menu);
  /** @type {TaskView | undefined} */
  let shown;
  /** @type {HTMLVideoElement | undefined} */
  let video;

  const say = createSaying({ notice, offers, act });

  /** @param {string} action */
  async function act(action) {
    const view = shown;
    if (!view) return;
    try {
      await press(view, action, {
        say,
        show(task, isNew, note) {
          const made = action === 'show' ? WORDS.shownInChat : WORDS.madeInChat;
          if (isNew) return say(note === undefined ? made : `${made} ${note}`);
          changed(task);
          if (shown?.taskId === task.taskId) render(task);
        },
        gone(taskId) {
          gone(taskId);
          dialog.close();
        },
      });
    } catch (error) {
      say(error instanceof Error ? error.message : WORDS.broken);
    }
  }

  /** @param {TaskView} view */
  function render(view) {
    shown = view;
    const look = lookOfTask(view);
    write(byId('large-scene', HTMLElement), view.scene || WORDS.byItself);
    const at = new Date(view.askedAt);
    const time = el('time', { dateTime: at.toISOString() }, timeOf(at, { dateStyle: 'medium', timeStyle: 'short' }));
    byId('large-facts', HTMLElement).replaceChildren(time, ...look.facts.map((fact) => el('span', {}, fact)));
    const menu = [SHOW, ...(look.menu ?? [])];
    buttons.render({ ...look, menu, buttons: look.buttons.filter(({ action }) => HERE.includes(action)) });
    byId('newer', HTMLButtonElement).disabled = !beside(view.taskId, -1);
    byId('next', HTMLButtonElement).disabled = !beside(view.taskId, 1);
  }

  function drop() {
    if (video) dropPlayer(video);
    video = undefined;
  }

  /** @param {TaskView} view */
  function open(view) {
    drop();
    say('');
    render(view);
    if (view.clip) {
      video = createPlayer(view.clip, view.pictureUrl, view.scene || WORDS.byItself);
      const { width, height } = view.clip.size;
      Object.assign(video, { width, height });
      screen.append(video);
    }
    if (!dialog.open) dialog.showModal();
  }

  /** @param {1 | -1} by */
  function turn(by) {
    const view = shown && beside(shown.taskId, by);
    if (view) open(view);
  }

  byId('newer', HTMLButtonElement).addEventListener('click', () => turn(-1));
  byId('next', HTMLButtonElement).addEventListener('click', () => turn(1));
  byId('close', HTMLButtonElement).addEventListener('click', () => dialog.close());
  dialog.addEventListener('keydown', ({ key, target }) => {
    // A video has keys of its own.
    if (target instanceof HTMLVideoElement) return;
    if (key === 'ArrowLeft') turn(-1);
    if (key === 'ArrowRight') turn(1);
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => {
    drop();
    if (shown) closed(shown.taskId);
  });
  return { open };
}
