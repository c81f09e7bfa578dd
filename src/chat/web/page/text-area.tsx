import type { RefObject, TextareaHTMLAttributes } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A browser that has not learned it: its fields grow by being measured, which draws the page twice for each letter. */
const isMeasured = !CSS.supports('field-sizing', 'content');

/**
 * As high as its words; the style sheet says how high at most. Enter sends, Shift+Enter makes a line, and an Enter that
 * ends the choice of a character does neither.
 */
export function TextArea(props: {
  value: string;
  write(text: string): void;
  attributes: TextareaHTMLAttributes;
  at: RefObject<HTMLTextAreaElement | null>;
}) {
  const { value, write, attributes, at } = props;
  const wasWritten = useRef(false);
  useLayoutEffect(() => {
    const area = at.current;
    wasWritten.current ||= value !== '';
    if (!isMeasured || !area || !wasWritten.current) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [value, at]);
  return (
    <textarea
      {...attributes}
      rows={1}
      dir="auto"
      ref={at}
      value={value}
      onInput={({ currentTarget }) => write(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        if (!event.repeat) event.currentTarget.form?.requestSubmit();
      }}
    />
  );
}
