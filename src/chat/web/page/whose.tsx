import { effect, signal } from '@preact/signals';
import { lasting } from './lasting.ts';
import { WORDS } from './words.ts';

const KEY = 'whose';

/** Whether only one's own clips are shown: on both pages, until it is chosen otherwise. */
export const isMineOnly = signal(lasting.get(KEY) === 'mine');
effect(() => lasting.set(KEY, isMineOnly.value ? 'mine' : 'all'));

/** Everybody's clips, or one's own. */
export function Whose() {
  const choices = [
    { isMine: false, label: WORDS.everybodys },
    { isMine: true, label: WORDS.mine },
  ];
  return (
    <fieldset class="whose" aria-label={WORDS.whose}>
      {choices.map(({ isMine, label }) => (
        <label key={label}>
          <input
            type="radio"
            name="whose"
            checked={isMineOnly.value === isMine}
            onChange={() => {
              isMineOnly.value = isMine;
            }}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The way out where there is nothing of one's own. */
export function NoneOfMine() {
  return (
    <p class="none-mine">
      {WORDS.nothingMine}{' '}
      <button
        type="button"
        class="plain"
        onClick={() => {
          isMineOnly.value = false;
        }}
      >
        {WORDS.showAll}
      </button>
    </p>
  );
}
