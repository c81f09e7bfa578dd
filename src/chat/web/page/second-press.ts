/** Half of what a finger needs to meet a button. Presses further apart are meant for two, which browsers call a double press, too. */
const SAME_PLACE_PX = 22;

let pressed: Element | null = null;
let at = { x: 0, y: 0 };

const buttonAt = ({ target }: Event): Element | null => (target instanceof Element ? target.closest('button') : null);

/**
 * The second of two quick presses on a button may fall on what has come in its place: it marks no words there, and presses
 * no other button, as the one that would take back what the first has sent.
 */
export function watchSecondPresses(): void {
  let isStray = false;
  addEventListener('mousedown', (event) => {
    const button = buttonAt(event);
    const isHere = Math.hypot(event.clientX - at.x, event.clientY - at.y) < SAME_PLACE_PX;
    isStray = event.detail > 1 && isHere && pressed !== null && button !== pressed;
    if (isStray) return event.preventDefault();
    pressed = button;
    at = { x: event.clientX, y: event.clientY };
  });
  const swallow = (event: MouseEvent) => {
    if (!isStray || event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('click', swallow, { capture: true });
}
