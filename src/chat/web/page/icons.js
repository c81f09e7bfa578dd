// @ts-check

/** Lines on a grid of 24. */
const PATHS = {
  picture:
    'M4 6.500A2.500 2.500 0 0 1 6.500 4h11A2.500 2.500 0 0 1 20 6.500v11a2.500 2.500 0 0 1-2.500 2.500h-11A2.500 2.500 0 0 1 4 17.500zM4 16l4.300-4.300a1.500 1.500 0 0 1 2.100 0L18 19.500M15.500 9.500v.01',
  send: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  sliders: 'M4 8h8M18 8h2M4 16h2M12 16h8M15 5.500v5M9 13.500v5',
  download: 'M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 19.500h14',
  again: 'M19.500 12a7.500 7.500 0 1 1-2.300-5.400M19.500 3.500v4h-4',
  edit: 'M5 19l.8-3.600L16 5.200a1.600 1.600 0 0 1 2.300 0l.5.5a1.600 1.600 0 0 1 0 2.300L8.600 18.200z',
  delete: 'M5 7h14M10 7V4.500h4V7M7 7l.8 12h8.400L17 7M10.500 10.500v5M13.500 10.500v5',
  star: 'M12 4.200l2.400 4.900 5.400.8-3.900 3.800.9 5.400-4.800-2.500-4.800 2.500.9-5.400L4.200 9.900l5.400-.8z',
  share: 'M12 15V4M8 7.500L12 3.500l4 4M6.500 11H5v9h14v-9h-1.500',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  more: 'M5.500 12v.01M12 12v.01M18.500 12v.01',
  film: 'M4 6h16v12H4zM8 6v12M16 6v12M4 10h4M4 14h4M16 10h4M16 14h4',
  takes: 'M8 8h11v11H8zM5 16V5h11',
  info: 'M12 4.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM12 11v5M12 8v.01',
  chat: 'M4.500 5.500h15v11h-9l-4 3.500v-3.500h-2z',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M14.500 5.500L8 12l6.500 6.500',
  forth: 'M9.500 5.500L16 12l-6.500 6.500',
  grid: 'M4.500 4.500h6v6h-6zM13.500 4.500h6v6h-6zM4.500 13.500h6v6h-6zM13.500 13.500h6v6h-6z',
  search: 'M10.500 5a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zM14.500 14.500L19.500 19.500',
  warning: 'M12 4.500l8.500 15h-17zM12 10.500v4M12 17v.01',
};

/** @typedef {keyof typeof PATHS} IconName */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {IconName} name
 * @returns {SVGElement} Decoration: a word or a label stands beside it.
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return svg;
}

/** Draws the icons that the markup asks for. */
export function drawIcons() {
  for (const place of document.querySelectorAll('[data-icon]')) {
    const name = place.getAttribute('data-icon') ?? '';
    if (name in PATHS) place.replaceWith(icon(/** @type {IconName} */ (name)));
  }
}
