import type { CSSProperties } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { afterwards, focusBeside, focusOn } from './dom.ts';
import { leaving, stay } from './leaving.ts';
import { WORDS } from './words.ts';

/** In the place of a clip that is deleted in a moment. */
export function Left({ taskId, style }: { taskId: string; style?: CSSProperties }) {
  const id = useId();
  const at = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    const item = at.current;
    // A dialog that it was deleted in is closed by then.
    afterwards(() => item?.querySelector('button')?.focus({ preventScroll: true }));
    return () => void (item?.contains(document.activeElement) && focusBeside(item));
  }, []);
  // The button goes once nothing can be taken back: the keyboard stays here.
  const holds = () => at.current?.contains(document.activeElement) === true;
  const held = holds();
  useLayoutEffect(() => {
    if (held && !holds()) at.current?.focus({ preventScroll: true });
  });
  return (
    <li class="left" tabIndex={-1} ref={at} style={style}>
      <p id={id}>{WORDS.deleted}</p>
      {leaving.value.get(taskId) && (
        <button
          type="button"
          class="plain"
          aria-describedby={id}
          onClick={() => {
            stay(taskId);
            focusOn(taskId);
          }}
        >
          {WORDS.undo}
        </button>
      )}
    </li>
  );
}
