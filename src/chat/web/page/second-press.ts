let pressed: Element | null = null;

const buttonAt = ({ target }: Event): Element | null => (target instanceof Element ? target.closest('button') : null);

/**
 * The second of two quick presses on a button may fall on what has come in its place: it marks no words there, and presses
 * no other button, as the one that would take back what the first has sent.
 */
export function watchSecondPresses(): void {
  let isStray = false;
  addEventListener('mousedown', (event) => {
    const button = buttonAt(event);
    isStray = event.detail > 1 && pressed !== null && button !== pressed;
    if (isStray) event.preventDefault();
    else pressed = button;
  });
  const swallow = (event: MouseEvent) => {
    if (!isStray || event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('click', swallow, { capture: true });
}
