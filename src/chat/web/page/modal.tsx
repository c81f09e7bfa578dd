import type { ComponentChildren, DialogHTMLAttributes } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A dialog over the page: a click beside its box, which reaches the dialog itself, closes it. `onClose` is told how it was answered. */
export function Modal(props: {
  isOpen: boolean;
  onClose(answer: string): void;
  children: ComponentChildren;
  attributes: DialogHTMLAttributes;
}) {
  const { isOpen, onClose, children, attributes } = props;
  const at = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = at.current;
    if (!dialog || dialog.open === isOpen) return;
    dialog.returnValue = '';
    if (isOpen) dialog.showModal();
    else dialog.close();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog has Escape for the keyboard
    <dialog
      {...attributes}
      ref={at}
      onClick={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
      // By the time of this event it may have been opened anew.
      onClose={({ currentTarget }) => !currentTarget.open && onClose(currentTarget.returnValue)}
    >
      {children}
    </dialog>
  );
}
