// @ts-check

import { attr, el } from './dom.js';
import { fitHeight, sendsOnEnter } from './text-area.js';

let count = 0;

/**
 * A card's scene, opened for a change.
 * @param {string} scene
 * @param {{ check(scene: string): string | undefined, send(scene: string): void, close(): void }} hooks
 */
export function createEditor(scene, { check, send, close }) {
  const problemId = `edit-problem-${++count}`;
  const area = attr(el('textarea', { value: scene, rows: 1 }), {
    'aria-label': 'New scene',
    'aria-describedby': problemId,
  });
  const problem = attr(el('p', { className: 'problem', id: problemId }), { role: 'alert' });
  const form = attr(
    el(
      'form',
      { className: 'editor', noValidate: true },
      area,
      problem,
      el(
        'div',
        { className: 'buttons' },
        el('button', { type: 'submit', className: 'send' }, el('span', {}, 'Animate')),
        el('button', { type: 'button', className: 'plain', onclick: close }, el('span', {}, 'Keep as it is')),
      ),
    ),
    { 'aria-label': 'Edit scene' },
  );

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const sentence = check(area.value.trim());
    problem.textContent = sentence ?? '';
    if (sentence) area.focus();
    else send(area.value.trim());
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  sendsOnEnter(area, form);
  fitHeight(area);

  return {
    element: form,
    /** Once it is on the page: its height is that of its words. */
    open() {
      area.dispatchEvent(new Event('input'));
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
    },
  };
}
