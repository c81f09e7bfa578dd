import { computed, effect, signal } from '@preact/signals';
import { Icon } from './icons.tsx';
import { lasting } from './lasting.ts';
import { WORDS } from './words.ts';

const KEY = 'still';
/** After the last key or press, so long nothing moves by itself: the machine has that to draw. */
const BUSY_MS = 1_500;

const isStopped = signal(lasting.get(KEY) === 'yes');
const isBusy = signal(false);
effect(() => lasting.set(KEY, isStopped.value ? 'yes' : 'no'));

/** Whether our own clips and the moves are still: while somebody types or presses, and where they were stopped. */
export const isAtRest = computed(() => isStopped.value || isBusy.value);
effect(() => {
  document.body.toggleAttribute('data-still', isAtRest.value);
});

let ending: ReturnType<typeof setTimeout> | undefined;
function busy(): void {
  clearTimeout(ending);
  ending = setTimeout(() => {
    isBusy.value = false;
  }, BUSY_MS);
  // In the frame that shows what was pressed: who types fast leaves no time between.
  if (!isBusy.peek())
    requestAnimationFrame(() => {
      isBusy.value = true;
    });
}
for (const event of ['keydown', 'pointerdown']) addEventListener(event, busy, { passive: true });

/** Stops what moves by itself, on this device until it is let go on. */
export function RestButton() {
  const label = isStopped.value ? WORDS.moveOn : WORDS.beStill;
  return (
    <button
      type="button"
      id="rest"
      class="rest"
      aria-label={label}
      title={label}
      onClick={() => {
        isStopped.value = !isStopped.peek();
      }}
    >
      <Icon name={isStopped.value ? 'play' : 'pause'} />
    </button>
  );
}
