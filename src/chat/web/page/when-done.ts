import { signal } from '@preact/signals';
import type { TaskView } from '../view.ts';
import { focusOn } from './dom.ts';
import { lasting } from './lasting.ts';
import { apart, WORDS } from './words.ts';

/** How somebody is told who looks at something else when a clip is done. `unasked`: they did not say yet, and are not told. */
export type Way = 'unasked' | 'off' | 'notification' | 'sound';

const KEPT = 'when-done';
const WAYS: readonly string[] = ['off', 'notification', 'sound'] satisfies Way[];
/** Two notes, soft and short: in hertz, and when each begins, in seconds. */
const NOTES = [
  { hertz: 659, at: 0 },
  { hertz: 880, at: 0.14 },
];
const NOTE_SECONDS = 0.6;
const LOUDNESS = 0.07;

const isWay = (kept: string | null): kept is Way => kept !== null && WAYS.includes(kept);
function kept(): Way {
  const found = lasting.get(KEPT);
  return isWay(found) ? found : 'unasked';
}

/** What this browser's person chose. */
export const whenDone = signal<Way>(kept());

let audio: AudioContext | undefined;
/** Browsers let a page be heard that was pressed before, and only then. */
function warm(): void {
  audio ??= new AudioContext();
  audio.resume().catch(() => {});
}
// Of another visit: the first press of this one will do.
addEventListener('pointerdown', () => whenDone.peek() === 'sound' && warm(), { once: true });

/** By their own press: from now on they are told, or no more. Only this asks the browser whether it allows notifications. */
export async function turnWhenDone(): Promise<void> {
  const wasOn = whenDone.peek() === 'notification' || whenDone.peek() === 'sound';
  if (!wasOn) warm();
  whenDone.value = wasOn ? 'off' : (await mayNotify()) ? 'notification' : 'sound';
  lasting.set(KEPT, whenDone.peek());
}

async function mayNotify(): Promise<boolean> {
  // Nowhere but over HTTPS and on this machine itself.
  if (!('Notification' in window)) return false;
  const { permission } = Notification;
  return (permission === 'default' ? await Notification.requestPermission() : permission) === 'granted';
}

/** A clip that this person asked for has ended, well or not. Tells nobody who sees it. */
export function tellDone({ taskId, state, scene, status, isMine }: TaskView): void {
  if (!document.hidden || !isMine) return;
  const way = whenDone.peek();
  if (way === 'sound') ring();
  if (way !== 'notification') return;
  const body = state === 'delivered' ? WORDS.done(apart(scene || WORDS.byItself)) : status;
  try {
    const told = new Notification('Kinora', { body, icon: '/icon.svg', tag: taskId });
    told.onclick = () => {
      window.focus();
      told.close();
      focusOn(taskId);
    };
  } catch {
    ring(); // Android has them from service workers alone
  }
}

function ring(): void {
  warm();
  if (!audio) return;
  for (const { hertz, at } of NOTES) {
    const [tone, gain] = [audio.createOscillator(), audio.createGain()];
    const from = audio.currentTime + at;
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + NOTE_SECONDS);
    tone.connect(gain).connect(audio.destination);
    tone.start(from);
    tone.stop(from + NOTE_SECONDS);
  }
}
