/** The element with this id, which the page's HTML has. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** Writes text only where it differs: a live region speaks for nothing otherwise. */
export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Does it when what changed before is on the page. */
export const afterwards = (work: () => void): void => void setTimeout(work);

/** The keyboard goes on beside what goes away. */
export function focusBeside(item: Element | null | undefined): void {
  const beside = item?.nextElementSibling ?? item?.previousElementSibling;
  const next = beside?.querySelector<HTMLElement>('article, button') ?? document.querySelector('textarea');
  next?.focus({ preventScroll: true });
}

/** Comes to a clip, wherever it stands on the page. */
export const focusOn = (taskId: string): void =>
  afterwards(() => document.querySelector<HTMLElement>(`[data-task="${taskId}"] :is(article, button)`)?.focus());

/** Whether the person asked their system for less motion. */
export const wantsStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
