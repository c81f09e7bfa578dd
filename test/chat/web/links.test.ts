import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStrangerLimit } from '../../../src/chat/web/stranger-limit.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { connectBrowser, noBrowser } from '../../helpers/browser.ts';
import { putDelivered } from '../../helpers/delivered.ts';
import { clipOf, scenery } from '../../helpers/scenery.ts';
import { someTask } from '../../helpers/task.ts';
import { rawRequest } from '../../helpers/web.ts';
import { axe } from '../../helpers/web-page.ts';

/** Where pictures of the page are put, for a person to look at; none are made without. */
const SHOTS = process.env.PAGE_SHOTS;
const PUBLIC_URL = 'https://kinora.example.org';
const NASTY = '<script>alert(1)</script> "waves" & مرحبا';
let dir: string;
let bot: RunningBot;
let clip: Buffer;
const tokens: Record<string, string> = {};
const ids: Record<string, string> = {};

/** Clips on record and their links, before the program has it. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-links-'));
  const picture = await scenery(1280, 720);
  clip = await clipOf(picture, { width: 320, height: 180 });
  const placed = await sharp(picture)
    .withExif({ IFD0: { Copyright: 'Anna at home' } })
    .jpeg()
    .toBuffer();
  const store = await openSqliteStore({ dir, clock: systemClock });
  const files = { picture, clip, size: { width: 320, height: 180 } };
  const anna = { place: { platform: 'discord', chat: '1' }, requester: { id: 'discord:1', name: '<b>Anna</b>' } };
  const add = async (name: string, more: Parameters<typeof putDelivered>[2] = {}) => {
    const { id } = await putDelivered(store, { ...files, picture: placed }, { scene: NASTY, ...anna, ...more });
    ids[name] = id;
    tokens[name] = await store.links.open(id, 'discord:1');
  };
  await add('shared');
  await add('covered', { options: { ...someTask('delivered').options, spoiler: true } });
  await add('as it came', { fitted: { blob: 'upload' } });
  await add('taken back');
  await store.links.revoke(ids['taken back'] ?? '');
  await add('deleted');
  await store.tasks.remove(ids.deleted ?? '');
  await add('still private');
  await store.links.revoke(ids['still private'] ?? '');
  await store.close();
  bot = await startBot({ DATA_DIR: dir, PUBLIC_URL });
});
afterAll(async () => {
  await bot.stop();
  await rm(dir, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  rawRequest(bot.url + path, { method, headers: { host: 'kinora.example.org', ...headers } });
const at = (name: string, rest = '') => `/c/${tokens[name]}${rest}`;

describe('a link page', () => {
  test('is there for everybody, where the web chat is not: words as words, nothing to find it by, no cookie', async () => {
    expect((await get('/api/conversation')).status).toBe(403);
    const { status, headers, body } = await get(at('shared'), { 'sec-fetch-site': 'cross-site', accept: 'text/html' });
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(headers['x-robots-tag']).toBe('noindex');
    expect(headers['content-security-policy']).not.toContain('script');
    expect(headers['cache-control']).toBe('private, max-age=60');
    expect(headers['set-cookie']).toBeUndefined();
    expect(body).toContain('<meta name="robots" content="noindex">');
    expect(body).toContain('<h1 dir="auto">&lt;script&gt;alert(1)&lt;/script&gt; &quot;waves&quot; &amp; مرحبا</h1>');
    expect(body).toContain('by <bdi>&lt;b&gt;Anna&lt;/b&gt;</bdi>');
    expect(body).not.toMatch(/<script|<b>/);
    for (const path of ['/base.css', '/link.css', '/icon.svg']) expect((await get(path)).status).toBe(200);
  });

  test('unfurls as a video', async () => {
    const { body } = await get(at('shared'));
    const page = PUBLIC_URL + at('shared');
    for (const [name, content] of [
      ['og:type', 'video.other'],
      ['og:url', page],
      ['og:video', `${page}/clip.mp4`],
      ['og:video:secure_url', `${page}/clip.mp4`],
      ['og:video:type', 'video/mp4'],
      ['og:video:width', '320'],
      ['og:image', `${page}/poster.jpg`],
    ])
      expect(body).toContain(`<meta property="${name}" content="${content}">`);
    const href = /type="application\/json\+oembed" href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const { pathname, search, origin } = new URL(href);
    expect(origin).toBe(PUBLIC_URL);
    const embed = JSON.parse((await get(`${pathname}${search}&maxwidth=160`)).body);
    expect(embed).toMatchObject({
      version: '1.0',
      type: 'video',
      title: NASTY,
      author_name: '<b>Anna</b>',
      width: 160,
      height: 90,
      thumbnail_url: `${page}/poster.jpg`,
    });
    expect(embed.html).toMatch(/^<video [^<>]*><\/video>$/);
  });

  test('plays the clip from anywhere in it, and asks for nothing twice', async () => {
    const path = at('shared', '/clip.mp4');
    const whole = await fetch(bot.url + path);
    expect(Buffer.from(await whole.arrayBuffer()).equals(clip)).toBe(true);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(clip.length),
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=60',
      'x-robots-tag': 'noindex',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const part = await fetch(bot.url + path, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${clip.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(clip.subarray(10, 20))).toBe(true);
    expect((await fetch(bot.url + path, { headers: { range: `bytes=${clip.length}-` } })).status).toBe(416);
    const etag = whole.headers.get('etag') ?? '';
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    for (const each of [path, at('shared'), at('shared', '/poster.jpg')]) {
      const head = await get(each, {}, 'HEAD');
      expect([each, head.status, head.body]).toEqual([each, 200, '']);
    }
    const page = await get(at('shared'));
    expect((await get(at('shared'), { 'if-none-match': String(page.headers.etag) })).status).toBe(304);
    const saved = await get(`${path}?download`);
    expect(saved.headers['content-disposition']).toMatch(/^attachment; filename="script-alert-1-script-waves-/);
  });

  test('of a covered clip shows it to those who press, and nothing of it to chats', async () => {
    const { body } = await get(at('covered'));
    expect(body).toMatch(/<details class="cover"><summary>[^<]+<\/summary><video [^>]*preload="none"/);
    expect(body).not.toMatch(/og:(image|video)/);
    const { body: embed } = await get(`/oembed?url=${encodeURIComponent(PUBLIC_URL + at('covered'))}`);
    expect(JSON.parse(embed).type).toBe('link');
    expect(embed).not.toMatch(/clip\.mp4|poster/);
  });

  test('tells of a picture that is animated as it came nothing but its pixels', async () => {
    for (let look = 0; look < 2; look++) {
      const response = await fetch(bot.url + at('as it came', '/poster.jpg'));
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get('content-type')).toBe('image/jpeg');
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
      expect(bytes.includes('Anna at home')).toBe(false);
    }
  });
});

describe('where there is no link', () => {
  test.each(['taken back', 'deleted'])('any more, as it was %s, a page says so', async (name) => {
    const { status, headers, body } = await get(at(name), { accept: 'text/html' });
    expect([status, headers['x-robots-tag'], headers['cache-control']]).toEqual([404, 'noindex', 'no-store']);
    expect(body).toContain('<h1>This clip is not here any more</h1>');
    for (const rest of ['/clip.mp4', '/poster.jpg']) expect((await get(at(name, rest))).status).toBe(404);
    expect((await get(`/oembed?url=${PUBLIC_URL}${at(name)}`)).status).toBe(404);
  });

  test('what is guessed is told apart from nothing: neither a task’s id, nor half a token, nor another’s secret', async () => {
    const token = tokens.shared ?? '';
    const ofPrivate = Buffer.from(ids['still private'] ?? '', 'hex').toString('base64url');
    const gone = (await get(at('taken back'))).body;
    for (const guess of [
      ids.shared,
      token.slice(0, -1),
      `${token}A`,
      ofPrivate + token.slice(16),
      ofPrivate + 'A'.repeat(22),
      'x'.repeat(38),
      '%00',
      '..%2f..%2fkinora.db',
    ])
      expect([guess, (await get(`/c/${guess}`)).body]).toEqual([guess, gone]);
    for (const path of [`/tasks/${ids.shared}/clip`, `/api/tasks/${ids.shared}/link`])
      expect((await get(path)).status).toBe(403);
  });

  test('another address asks in vain, and so does an embedder for what is elsewhere', async () => {
    const { status } = await rawRequest(bot.url + at('shared'), { headers: { host: 'evil.example' } });
    expect(status).toBe(421);
    for (const url of ['https://evil.example/c/x', `https://evil.example${at('shared')}`, `${PUBLIC_URL}/login`])
      expect((await get(`/oembed?url=${encodeURIComponent(url)}`)).status).toBe(404);
    for (const query of ['', '?url=x', `?format=xml&url=${PUBLIC_URL}${at('shared')}`])
      expect((await get(`/oembed${query}`)).status).toBe(400);
  });
});

test('strangers have a limit each, and one together behind whatever they say that they are', () => {
  let now = 0;
  const waitMs = createStrangerLimit({ now: () => now });
  const taken = (from: string, forwarded: (n: number) => string | undefined, times: number) =>
    Array.from({ length: times }, (_, n) => waitMs(from, forwarded(n))).filter((wait) => wait === 0).length;
  expect(taken('192.0.2.1', () => undefined, 1_000)).toBe(300);
  expect(taken('192.0.2.2', (n) => `198.51.100.${n % 2}`, 1_000)).toBe(600);
  expect(taken('192.0.2.3', (n) => `forged, 10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, 5_000)).toBe(3_000);
  now = 60_000;
  expect(waitMs('192.0.2.3', undefined)).toBe(0);
});

describe.skipIf(noBrowser)('a link page in a browser without script', () => {
  test.each([
    ['light', 1280],
    ['dark', 360],
    ...(SHOTS
      ? ([
          ['light', 390],
          ['dark', 768],
          ['dark', 1280],
          ['light', 360],
        ] as const)
      : []),
  ] as const)('is accessible, as wide as the window, and plays: %s, %d px', async (colorScheme, width) => {
    const browser = await connectBrowser();
    const viewport = { width, height: 740 };
    const context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: false });
    const page = await context.newPage();
    const [problems, kinds]: [string[], Set<string>] = [[], new Set()];
    page.on('console', (message) => problems.push(message.text()));
    page.on('request', (request) => kinds.add(request.resourceType()));
    for (const name of ['shared', 'covered']) {
      await page.goto(bot.url + at(name));
      expect(await page.getByRole('heading').textContent()).toBe(NASTY);
    }
    const covered = page.locator('video');
    expect(await covered.isVisible()).toBe(false);
    await page.getByText('Press here to see it').click();
    expect(await covered.isVisible()).toBe(true);
    expect([...kinds]).not.toContain('script');
    await context.close();

    const scripted = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
    const look = await scripted.newPage();
    for (const path of [at('shared'), at('covered'), at('taken back')]) {
      await look.goto(bot.url + path);
      expect([path, await axe(look)]).toEqual([path, []]);
      if (SHOTS) await look.screenshot({ path: join(SHOTS, `link-${path.slice(-6)}-${width}-${colorScheme}.png`) });
      expect(await look.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }
    await look.goto(bot.url + at('shared'));
    await look.evaluate(PLAY);
    await scripted.close();
    await browser.close();
    expect(problems).toEqual([]);
  });
});

/** Runs in the browser: plays silently, and resolves once it moves. */
const PLAY = `(async () => {
  const video = document.querySelector('video');
  video.muted = true;
  await video.play();
  while (!(video.currentTime > 0.1))
    await new Promise((resolve) => video.addEventListener('timeupdate', resolve, { once: true }));
})()`;
