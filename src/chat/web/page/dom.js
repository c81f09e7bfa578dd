// @ts-check

/**
 * Makes an element. Words go in as text nodes only: what people wrote never becomes markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<HTMLElementTagNameMap[K]>} [props]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

/**
 * Sets attributes, also those that have no property everywhere (aria-…).
 * @template {Element} E
 * @param {E} element
 * @param {Record<string, string | undefined>} attributes `undefined` takes one away.
 * @returns {E}
 */
export function attr(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
  return element;
}

/**
 * The element with this id, which index.html has.
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} type
 * @returns {E}
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no ${type.name} #${id}`);
  return element;
}

/**
 * Writes text only where it differs: a live region speaks and a layout is made for nothing otherwise.
 * @param {HTMLElement} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Whether the person asked their system for less motion. */
export const wantsStillness = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
