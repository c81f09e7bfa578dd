// @ts-check

import { api, Refused } from './api.js';
import { askToDelete } from './confirm.tsx';
import { newKey } from './key.js';
import { canShareFiles, copyText, shareFile } from './share.js';
import { WORDS } from './words.js';

/** @import { TaskView } from '../view.ts' */
/** @import { Button } from './look.js' */

/**
 * Where what became of a press is shown.
 * @typedef {object} Pressed
 * @property {(sentence: string, more?: readonly Button[]) => void} say
 * @property {(task: TaskView, isNew: boolean, note?: string) => void} show `note`: what is left for today.
 * @property {(taskId: string) => void} gone
 */

/**
 * Does what a button of a task is there for.
 * @param {TaskView} view @param {string} action @param {Pressed} pressed
 */
export async function press(view, action, pressed) {
  const { say } = pressed;
  if (action === 'delete')
    // Not awaited: its button may be pressed again as soon as the question is gone.
    return void askToDelete({ clip: view.clip })
      .then((isSure) => (isSure ? tell(view, action, pressed) : undefined))
      .catch((error) => say(error instanceof Error ? error.message : WORDS.broken));
  if (action === 'share' && canShareFiles()) {
    if (await shareFile(view)) say(WORDS.shared);
    return undefined;
  }
  return tell(view, action === 'share' ? 'link' : action, pressed);
}

/** @param {TaskView} view @param {string} action @param {Pressed} pressed */
async function tell({ taskId }, action, { say, show, gone }) {
  const reply = await api.press(taskId, action, { key: newKey() }).catch((error) => {
    // Gone already is as good.
    if (action === 'delete' && error instanceof Refused && error.status === 404) return undefined;
    throw error;
  });
  if (action === 'delete') return gone(taskId);
  if (reply?.open) return location.assign(reply.open);
  if (reply?.task) return show(reply.task, reply.task.taskId !== taskId, reply.say);
  const { link, menu } = reply ?? {};
  if (link && (await copyText(link))) return say(`${WORDS.linkCopied}\n${link}`, menu);
  if (reply?.say) say(reply.say, menu);
}
