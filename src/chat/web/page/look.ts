import type { TaskView } from '../view.ts';
import { isOnItsWay, type Sending } from './outbox.ts';
import { apart, percent, WORDS } from './words.ts';

/** What can be pressed under a card. */
export type Button = Pick<TaskView['buttons'][number], 'action' | 'label'>;

/** What a card shows, whether it is a task on record or a request still on its way. */
export interface Look
  extends Partial<Pick<TaskView, 'size' | 'options' | 'clip' | 'stars' | 'isStarred' | 'file' | 'glimpseUrl'>> {
  /** `''` where the picture moves by itself. */
  scene: string;
  /** Changes of this are told; changes of the words alone are not. */
  state: string;
  status: string;
  tone: 'working' | 'done' | 'failed' | 'idle';
  /** 0 to 1; null while something moves but nobody knows how far it is. */
  progress?: number | null;
  pictureUrl: string;
  /** Whose clip it shows, and as what. */
  shown: readonly string[];
  facts: readonly string[];
  /** Milliseconds since the epoch. */
  at: number;
  buttons: readonly Button[];
  /** Behind **More**. */
  menu?: readonly Button[];
}

/** What can be pressed while a request is on its way, or will not go. */
const CANCEL = { action: 'cancel', label: WORDS.cancel };
const RESEND = { action: 'resend', label: WORDS.sendNow };
const CHANGE = { action: 'change', label: WORDS.change };
const DISCARD = { action: 'discard', label: WORDS.discard };

/** Of a task on record. */
export function lookOfTask(view: TaskView): Look {
  const { state, scene, status, clip, menu, stars, isStarred, file } = view;
  return {
    ...{ scene, state, status, clip, pictureUrl: view.pictureUrl, size: clip?.size ?? view.size, at: view.askedAt },
    tone: toneOf(state),
    progress: progressOf(view),
    shown: [...byWhom(view), ...shownAs(view)],
    facts: view.facts,
    ...{ menu, stars, isStarred, file },
    glimpseUrl: view.glimpseUrl,
    options: view.options,
    buttons: view.buttons,
  };
}

/** Who never said a name is somebody to the others. */
function byWhom({ by, isMine }: TaskView): string[] {
  if (by !== undefined) return [WORDS.shownBy(apart(by))];
  return isMine ? [] : [WORDS.bySomebody];
}

function shownAs({ shown, file }: TaskView): string[] {
  if (!shown) return [];
  const author = shown.author === undefined ? [] : [WORDS.shownBy(apart(shown.author))];
  return [file ? (file.format === 'loop' ? WORDS.loop : file.format.toUpperCase()) : WORDS.shownAgain, ...author];
}

function toneOf(state: TaskView['state']): Look['tone'] {
  if (state === 'delivered') return 'done';
  if (state === 'failed') return 'failed';
  return state === 'cancelled' ? 'idle' : 'working';
}

function progressOf({ state, progress, file }: TaskView): Look['progress'] {
  const isMade = file && (state === 'ready' || state === 'delivering');
  if (isMade || state === 'received' || state === 'submitting') return null;
  if (state === 'rendering') return progress ?? null;
  return state === 'ready' || state === 'delivering' ? 1 : undefined;
}

/** Of a request on its way. */
export function lookOfSending({ letter, state, part, sentence }: Sending, pictureUrl: string): Look {
  // All sent is not yet answered.
  const known = state === 'sending' && part !== undefined && part < 1;
  const working = isOnItsWay(state);
  return {
    ...{ scene: letter.scene, state, pictureUrl, size: letter.size, at: letter.at, shown: [], facts: [] },
    status: sentence ?? (known ? WORDS.sendingPart(percent(part)) : WORDS.sending),
    tone: working ? 'working' : 'failed',
    progress: working ? (known ? part : null) : undefined,
    buttons: working ? [CANCEL] : letter.of ? [RESEND, DISCARD] : [RESEND, CHANGE, DISCARD],
  };
}
