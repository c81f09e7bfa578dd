import type { TaskView } from '../view.ts';
import { api, Refused, sentenceOf } from './api.ts';
import { newKey } from './key.ts';
import { finishAll, leave } from './leaving.ts';
import type { Button } from './look.ts';
import { canShareFiles, copyText, shareFile } from './share.ts';
import { WORDS } from './words.ts';

/** Where what became of a press is shown. */
export interface Pressed {
  say(sentence: string, more?: readonly Button[]): void;
  /** `note`: what is left for today. */
  show(task: TaskView, isNew: boolean, note?: string): void;
  gone(taskId: string): void;
}

addEventListener('pagehide', finishAll);
document.addEventListener('visibilitychange', () => document.hidden && finishAll());

/** Does what a button of a task is there for. */
export async function press(view: TaskView, action: string, pressed: Pressed) {
  const { say } = pressed;
  if (action === 'delete')
    return leave(view.taskId, () => tell(view, action, pressed).catch((error) => say(sentenceOf(error))));
  if (action === 'share' && canShareFiles()) {
    if (await shareFile(view)) say(WORDS.shared);
    return;
  }
  return tell(view, action === 'share' ? 'link' : action, pressed);
}

async function tell({ taskId }: TaskView, action: string, { say, show, gone }: Pressed): Promise<void> {
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
