import type { TaskView } from '../view.ts';
import { byId, write } from './dom.ts';
import { tellDone } from './when-done.ts';
import { apart, WORDS } from './words.ts';

/** A break shorter than this is nobody's business. */
const CALM_MS = 1200;

/** What is said beside the cards: the state of the connection, and news for those who listen instead of looking. */
export function createTeller() {
  const spoken = byId('spoken');
  const strip = byId('strip');
  let timer: ReturnType<typeof setTimeout> | undefined;

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) document.title = WORDS.title;
  });

  return {
    say: (text: string) => write(spoken, text),

    connection(isThere: boolean): void {
      if (isThere) {
        clearTimeout(timer);
        timer = undefined;
        write(strip, '');
      } else timer ??= setTimeout(() => write(strip, WORDS.lost), CALM_MS);
    },

    /** One's own task came into another state: told once a state, not each percent. */
    state(view: TaskView): void {
      const { state, status, scene, isMine } = view;
      if (!isMine) return; // others' clips are theirs to hear of
      const isDone = state === 'delivered';
      if (isDone && document.hidden) document.title = WORDS.titleDone;
      if (isDone || state === 'failed') tellDone(view);
      write(spoken, isDone ? WORDS.done(apart(scene || WORDS.byItself)) : status.replace(/[\s,]*\d+\s?%/, ''));
    },
  };
}
