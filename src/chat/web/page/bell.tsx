import { Icon } from './icons.tsx';
import { turnWhenDone, whenDone } from './when-done.ts';
import { WORDS } from './words.ts';

/** Beside what is at work: whether its end is told where somebody looks at something else. In words until it was pressed once. */
export function Bell() {
  const way = whenDone.value;
  const isOn = way === 'notification' || way === 'sound';
  return (
    <button
      type="button"
      class={way === 'unasked' ? 'plain bell' : 'plain bell known'}
      aria-pressed={isOn}
      title={WORDS.tellWhenDone}
      onClick={turnWhenDone}
    >
      <Icon name="bell" />
      <span>{WORDS.tellWhenDone}</span>
    </button>
  );
}
