let pressed: EventTarget | null = null;

const isInButton = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button') !== null;

/** The second of two quick presses on a button may fall on what has come in its place: it would mark the words there. */
export function watchSecondPresses(): void {
  addEventListener('mousedown', (event) => {
    if (event.detail > 1 && isInButton(pressed) && !isInButton(event.target)) event.preventDefault();
    pressed = event.target;
  });
}
