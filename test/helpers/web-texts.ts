import type { Page } from 'playwright-core';
import { z } from 'zod';

/** A text that is read or heard on a page, and where. */
const textSchema = z.object({ text: z.string(), where: z.string() });
const seenSchema = z.object({
  texts: z.array(textSchema),
  /** What stands out of its box or of the window. */
  cut: z.array(z.string()),
});

/** In the page: its texts, also those that only some hear, and what is cut off. */
const LOOK = `(() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const named = (element) => element.tagName.toLowerCase() + (element.id ? '#' + element.id : '') + (element.className ? '.' + String(element.className).replaceAll(' ', '.') : '');
  const texts = [{ text: document.title, where: 'title' }];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent && !['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName) && shown(parent) && node.data.trim()) texts.push({ text: node.data.trim(), where: named(parent) });
  }
  const cut = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (!shown(element)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (element.getAttribute(name)) texts.push({ text: element.getAttribute(name), where: named(element) + '[' + name + ']' });
    const unseen = element.closest('.unseen, .skip, svg, video, .choose-words, .drop-anywhere') || getComputedStyle(element).clipPath === 'inset(50%)';
    const isBoxOfWords = element.matches('button, a, label, summary, legend, h1, h2, p, span, option, output, time');
    if (unseen || !isBoxOfWords) continue;
    const { left, right, width } = element.getBoundingClientRect();
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline') cut.push(named(element) + ' ' + element.textContent + ' ' + element.scrollWidth + ' > ' + element.clientWidth);
    else if (width > 0 && (right > innerWidth + 1 || left < -1)) cut.push(named(element) + ' ' + element.textContent + ' leaves the window');
  }
  for (const input of document.querySelectorAll('input[placeholder], textarea[placeholder]')) {
    if (!shown(input)) continue;
    const paper = document.createElement('canvas').getContext('2d');
    const style = getComputedStyle(input);
    paper.font = style.font;
    const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (paper.measureText(input.placeholder).width > room + 1) cut.push(named(input) + ' ' + input.placeholder);
  }
  return { texts, cut };
})()`;

export const lookAt = async (page: Page): Promise<z.infer<typeof seenSchema>> =>
  seenSchema.parse(await page.evaluate(LOOK));
