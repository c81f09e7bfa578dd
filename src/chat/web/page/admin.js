// @ts-check

import { byId } from './dom.js';
import { newKey } from './key.js';

/** @typedef {import('../view.ts').AdminView} AdminView */
/** @typedef {AdminView['day'][number]} Bucket */

const SVG = 'http://www.w3.org/2000/svg';
const REFRESH_MS = 60_000;
const [gate, order] = [byId('gate', HTMLFormElement), byId('order', HTMLFormElement)];
const [problem, said, inside] = [byId('problem', HTMLElement), byId('said', HTMLElement), byId('inside', HTMLElement)];
const [password, what] = [byId('password', HTMLInputElement), byId('what', HTMLInputElement)];

/** @type {(unit: 'hour' | 'day') => (bucket: Bucket) => string} */
const label = (unit) => (bucket) =>
  unit === 'hour' ? new Date(bucket.at).toISOString().slice(11, 16) : new Date(bucket.at).toISOString().slice(0, 10);

/** @type {(list: HTMLElement, lines: readonly string[]) => void} */
function fill(list, lines) {
  list.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }),
  );
}

/**
 * Bars on one another, in the order of `names`; who cannot see them has the table.
 * @type {(buckets: readonly Bucket[], names: readonly ('delivered' | 'failed' | 'credits')[], says: string) => HTMLElement}
 */
function chart(buckets, names, says) {
  const totals = buckets.map((bucket) => names.reduce((sum, name) => sum + bucket[name], 0));
  const most = Math.max(...totals, 1);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${buckets.length} 100`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  buckets.forEach((bucket, n) => {
    let top = 100;
    for (const name of names) {
      const height = (bucket[name] / most) * 98;
      top -= height;
      const bar = document.createElementNS(SVG, 'rect');
      const box = { x: n + 0.1, y: top, width: 0.8, height };
      for (const [key, value] of Object.entries(box)) bar.setAttribute(key, String(value));
      bar.setAttribute('class', name);
      svg.append(bar);
    }
  });
  const caption = document.createElement('figcaption');
  caption.textContent = `${says}: ${totals.reduce((sum, each) => sum + each, 0)} in all, ${Math.max(...totals)} at most`;
  const figure = document.createElement('figure');
  figure.append(caption, svg);
  return figure;
}

/** @type {(buckets: readonly Bucket[], unit: 'hour' | 'day') => HTMLElement} */
function table(buckets, unit) {
  const rows = [
    [unit === 'hour' ? 'Hour' : 'Day', 'Delivered', 'Failed', 'Credits'],
    ...buckets.map((bucket) => [label(unit)(bucket), bucket.delivered, bucket.failed, bucket.credits]),
  ];
  const made = document.createElement('table');
  rows.forEach((cells, n) => {
    const row = made.insertRow();
    cells.forEach((cell, column) => {
      const is = document.createElement(n === 0 || column === 0 ? 'th' : 'td');
      if (is.tagName === 'TH') is.setAttribute('scope', n === 0 ? 'col' : 'row');
      is.textContent = String(cell);
      row.append(is);
    });
  });
  const [details, summary, scroll] = ['details', 'summary', 'div'].map((name) => document.createElement(name));
  if (!details || !summary || !scroll) throw new Error('no elements');
  summary.textContent = 'The same as a table';
  scroll.className = 'scroll';
  scroll.append(made);
  details.append(summary, scroll);
  return details;
}

/** @type {(id: string, buckets: readonly Bucket[], unit: 'hour' | 'day') => void} */
function draw(id, buckets, unit) {
  const place = byId(id, HTMLElement);
  const isOpen = place.querySelector('details')?.open ?? false;
  place.replaceChildren(
    chart(buckets, ['delivered', 'failed'], 'Clips delivered, and failed on top'),
    chart(buckets, ['credits'], 'Credits'),
    table(buckets, unit),
  );
  const details = place.querySelector('details');
  if (details) details.open = isOpen;
}

/** @type {(response: Response | undefined) => Promise<string>} */
async function errorOf(response) {
  /** @type {unknown} */
  const answer = await response?.json().catch(() => undefined);
  const has = typeof answer === 'object' && answer !== null && 'error' in answer;
  return has ? String(answer.error) : 'The bot cannot be reached.';
}

async function show() {
  const response = await fetch('/api/admin').catch(() => undefined);
  if (response?.ok) {
    /** @type {AdminView} */
    const view = await response.json();
    fill(byId('alarms', HTMLElement), view.alarms.length === 0 ? ['Nothing'] : view.alarms);
    fill(byId('lines', HTMLElement), view.lines);
    draw('day', view.day, 'hour');
    draw('month', view.month, 'day');
    [gate.hidden, inside.hidden, problem.textContent] = [true, false, ''];
    return;
  }
  inside.hidden = true;
  gate.hidden = response?.status !== 401;
  problem.textContent = await errorOf(response);
}

gate.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = new URLSearchParams({ password: password.value });
  const response = await fetch('/api/admin/login', { method: 'POST', body }).catch(() => undefined);
  password.value = '';
  if (response?.ok) return show();
  problem.textContent = await errorOf(response);
});

order.addEventListener('submit', async (event) => {
  event.preventDefault();
  const asked = { do: byId('do', HTMLSelectElement).value, what: what.value, key: newKey() };
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/api/admin', { method: 'POST', headers, body: JSON.stringify(asked) }).catch(
    () => undefined,
  );
  if (!response?.ok) {
    said.textContent = await errorOf(response);
    return;
  }
  /** @type {{ say: string }} */
  const { say } = await response.json();
  said.textContent = say;
  what.value = '';
  await show();
});

await show();
setInterval(() => {
  if (!document.hidden && !inside.hidden) void show();
}, REFRESH_MS);
