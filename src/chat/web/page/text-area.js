// @ts-check

/**
 * Enter sends, Shift+Enter makes a line, and an Enter that ends the choice of a character does neither.
 * @param {HTMLTextAreaElement} area
 * @param {HTMLFormElement} form
 */
export function sendsOnEnter(area, form) {
  area.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!event.repeat) form.requestSubmit();
  });
}

/** @param {HTMLTextAreaElement} area As high as its words; the style sheet says how high at most. */
export function fitHeight(area) {
  const fit = () => {
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  };
  area.addEventListener('input', fit);
}

/** @param {HTMLTextAreaElement} area @param {string} text Also tells those who listen, as if it had been typed. */
export function fill(area, text) {
  area.value = text;
  area.dispatchEvent(new Event('input', { bubbles: true }));
}
