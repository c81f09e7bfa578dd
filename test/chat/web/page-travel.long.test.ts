import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE, type WebPage } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

/** Where pictures of the page are put, for a person to look at; none are made without. */
const SHOTS = process.env.PAGE_SHOTS;

/** Runs before the page's own: the clipboard and the share sheet, as far as the page sees them. */
const CLIPBOARD = `Object.defineProperty(navigator, 'clipboard', {
  value: { writeText: async (text) => { globalThis.copied = text; } },
});
Object.defineProperty(navigator, 'canShare', { value: undefined });`;
const SHARE_SHEET = `Object.defineProperty(navigator, 'canShare', { value: ({ files }) => files.length === 1 });
Object.defineProperty(navigator, 'share', {
  value: async ({ files: [{ name, type, size }], text }) => {
    if (globalThis.declines) throw new DOMException('no', 'AbortError');
    globalThis.shared = { name, type, isEmpty: size === 0, text };
  },
});`;

describe.skipIf(noBrowser)('a clip travels', () => {
  const { open } = useStage();

  async function opened(options: Parameters<typeof open>[0] = {}) {
    const { mock, web } = await open({ before: CLIPBOARD, ...options });
    const { taskId } = mock.add({ scene: 'Snow falls' });
    mock.set(taskId, 'delivered');
    const card = web.card('Snow falls').first();
    await web.button(card, 'More').waitFor();
    return { mock, web, card, taskId };
  }

  test('a star is given and taken back, and all open pages see how many there are', async () => {
    const { web, card } = await opened();
    const other = await web.another();
    const star = (page: WebPage) => page.card('Snow falls').getByRole('button', { name: 'Star' });
    expect(await star(web).getAttribute('aria-pressed')).toBe('false');
    await star(web).click();
    for (const each of [web, other]) {
      await each.page.getByRole('button', { name: 'Star, 3 so far', pressed: true }).waitFor();
      expect(await star(each).innerText()).toBe('3');
    }
    await star(other).click();
    await card.getByRole('button', { name: 'Star, 2 so far', pressed: false }).waitFor();
  });

  test('Share copies the link where nothing passes files on, and the link can be taken back', async () => {
    const { web, card } = await opened();
    await web.button(card, 'Share').click();
    await card.getByText('The link is copied').waitFor();
    expect(await web.page.evaluate('copied')).toBe('https://kinora.example.org/c/abc');
    expect(await web.axe()).toEqual([]);
    await web.button(card, 'Take the link back').click();
    await card.getByText('The page of this clip is gone.').waitFor();
    expect(await web.button(card, 'Take the link back').isVisible()).toBe(false);
  });

  test('Share passes the file on where the device can', async () => {
    const { web, card } = await opened({ ...PHONE, before: SHARE_SHEET });
    await web.button(card, 'Share').click();
    await card.getByText('Shared.').waitFor();
    const file = { name: 'snow-falls.mp4', type: 'video/mp4', isEmpty: false, text: 'Snow falls' };
    expect(await web.page.evaluate('shared')).toEqual(file);
    await web.page.evaluate('globalThis.declines = true; delete globalThis.shared');
    await web.button(card, 'Share').click();
    await web.page.locator('.share:not([aria-disabled])').waitFor();
    expect(await web.page.evaluate('globalThis.shared')).toBeUndefined();
  });

  test('without a way to share there is no such button', async () => {
    const { mock, web, card, taskId } = await opened();
    const menu = mock.tasks.get(taskId)?.menu.filter(({ action }) => action !== 'link');
    mock.change(taskId, { menu });
    await web.button(card, 'Share').waitFor({ state: 'detached' });
  });

  test('saved as GIF it has a card of its own, which shows how it goes and then has the file', async () => {
    const { mock, web, card } = await opened();
    await (await web.inMenu(card, 'Save as GIF')).click();
    const made = web.cards.nth(1);
    await made.waitFor();
    expect(await made.getByRole('progressbar').getAttribute('value')).toBeNull();
    expect(await made.getByText('GIF', { exact: true }).isVisible()).toBe(true);
    const [, id = ''] = [...mock.tasks.keys()];
    const file = { format: 'gif', name: 'snow.gif', url: `/tasks/${id}/file`, bytes: 1 } as const;
    mock.set(id, 'delivered', { file });
    const link = made.getByRole('link', { name: 'Download GIF' });
    expect(await link.getAttribute('href')).toBe(file.url);
  });

  test('as a loop it has a card of its own, which plays it once it is made', async () => {
    const { mock, web, card } = await opened();
    const loop = await web.inMenu(card, 'Loop');
    expect(await loop.locator('.icon-loop').count()).toBe(1);
    await loop.click();
    const made = web.cards.nth(1);
    await made.getByText('Loop', { exact: true }).waitFor();
    const [, id = ''] = [...mock.tasks.keys()];
    mock.set(id, 'delivered', { file: { format: 'loop', name: 'snow.mp4', url: `/tasks/${id}/file`, bytes: 1 } });
    const link = made.getByRole('link', { name: 'Download', exact: true });
    expect(await link.getAttribute('href')).toBe(`/tasks/${id}/file`);
  });

  test('Continue asks what happens next, and sends it with what was chosen', async () => {
    const { mock, web, card, taskId } = await opened({ about: { costs: { 5: 1, 10: 2 } } });
    const onward = await web.inMenu(card, 'Continue · 1 credit');
    expect(await onward.locator('.icon-onward').count()).toBe(1);
    await onward.click();
    const scene = card.getByRole('textbox', { name: 'What happens next?' });
    expect(await scene.inputValue()).toBe('Snow falls');
    expect(await card.getByText('What happens next?').isVisible()).toBe(true);
    expect(await web.axe()).toEqual([]);
    await scene.fill('It melts');
    await card.getByText('Options', { exact: true }).click();
    await card.getByRole('radio', { name: '10 s' }).check();
    await web.button(card, 'Animate').click();
    await web.card('It melts').waitFor();
    expect(mock.presses).toEqual([
      { verb: 'continue', scene: 'It melts', options: { motion: 5, shape: 'auto', duration: 10, fit: 'crop' } },
    ]);
    expect(mock.tasks.get(taskId)?.scene).toBe('Snow falls');
    // In the gallery nothing is made.
    await web.page.getByRole('link', { name: 'Clips' }).click();
    await web.page.getByRole('button', { name: 'Snow falls' }).click();
    const large = web.page.getByRole('dialog');
    await large.getByRole('button', { name: 'More' }).click();
    await large.getByRole('button', { name: 'Loop' }).waitFor();
    expect(await large.getByRole('button', { name: /Continue/ }).count()).toBe(0);
  });

  test('More opens and closes by keyboard, and the focus stays where it was', async () => {
    const { web, card } = await opened();
    const more = web.button(card, 'More');
    await more.focus();
    await web.page.keyboard.press('Enter');
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    await web.page.keyboard.press('Tab');
    expect(await focusedText(web.page)).toBe('Link');
    await web.page.keyboard.press('Escape');
    expect(await focusedText(web.page)).toBe('More');
    expect(await more.getAttribute('aria-expanded')).toBe('false');
    await (await web.inMenu(card, 'Delete')).click();
    await web.page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => card.and(web.page.locator(':focus')).count()).toBe(1);
  });

  test.each([360, 390])('at %d pixels its buttons are two rows at most', async (width) => {
    const about = { costs: { 5: 1, 10: 2 } };
    const { web } = await opened({ ...PHONE, viewport: { width, height: 740 }, about });
    const tops = await web.page.evaluate<number[]>(
      "[...document.querySelectorAll('.buttons:not(.offers) > *')].map((each) => Math.round(each.getBoundingClientRect().top))",
    );
    expect(tops).toHaveLength(6);
    expect(new Set(tops).size).toBeLessThanOrEqual(2);
    expect(await web.overflow()).toBe(0);
  });

  describe('in the gallery', () => {
    const many =
      (count: number) => (mock: Parameters<NonNullable<Parameters<typeof open>[0]>['setUp'] & object>[0]) => {
        for (let n = 1; n <= count; n++) {
          const { taskId } = mock.add({
            scene: n % 2 ? `Snow falls ${n}` : `Rain falls ${n}`,
            askedAt: 1_700_000_000_000 + n,
          });
          mock.set(taskId, 'delivered', n === 3 ? { stars: 2, isStarred: true } : {});
        }
      };
    const names = (page: Page) => page.getByRole('list', { name: 'Clips' }).locator('.tile-scene').allTextContents();
    const tile = (page: Page, name: string) => page.getByRole('button', { name });

    test('clips come newest first, by pages, and by words or stars', async () => {
      const { web } = await open({ pageSize: 4, setUp: many(7) });
      const { page } = web;
      await page.getByRole('link', { name: 'Clips' }).click();
      await tile(page, 'Snow falls 7').waitFor();
      // The next page comes by itself, as there is room for it in sight.
      await tile(page, 'Snow falls 1').waitFor();
      expect((await names(page)).slice(0, 3)).toEqual(['Snow falls 7', 'Rain falls 6', 'Snow falls 5']);
      expect(await names(page)).toHaveLength(7);
      await page.getByLabel('Words of the scene').fill('RAIN');
      await expect.poll(() => names(page)).toEqual(['Rain falls 6', 'Rain falls 4', 'Rain falls 2']);
      await page.reload();
      await expect.poll(() => names(page)).toEqual(['Rain falls 6', 'Rain falls 4', 'Rain falls 2']);
      await page.getByLabel('Words of the scene').fill('hail');
      await page.getByText('No clip has all of these words').waitFor();
      await page.getByLabel('Words of the scene').fill('');
      await page.getByLabel('With a star').check();
      await expect.poll(() => names(page)).toEqual(['Snow falls 3']);
    });

    test('one moves for who points at it or comes by keyboard, and not for who wants stillness', async () => {
      for (const reducedMotion of ['no-preference', 'reduce'] as const) {
        const { web } = await open({ setUp: many(2), reducedMotion });
        const { page } = web;
        await page.goto(new URL('/clips', page.url()).href);
        const [first, second] = [tile(page, 'Rain falls 2'), tile(page, 'Snow falls 1')];
        const isMoving = (each: typeof first) => each.locator('video').count();
        await first.hover();
        await expect.poll(() => isMoving(first)).toBe(reducedMotion === 'reduce' ? 0 : 1);
        await page.mouse.move(0, 0);
        await expect.poll(() => isMoving(first)).toBe(0);
        await page.getByLabel('With a star').focus();
        await page.keyboard.press('Tab');
        await page.keyboard.press('ArrowRight');
        await expect.poll(() => isMoving(second)).toBe(reducedMotion === 'reduce' ? 0 : 1);
      }
    });

    test('one is opened large, turned to the next, starred, deleted, and left where one was', async () => {
      const { mock, web } = await open({ setUp: many(3), before: CLIPBOARD });
      const { page } = web;
      await page.goto(new URL('/clips', page.url()).href);
      await tile(page, 'Rain falls 2').focus();
      await page.keyboard.press('Enter');
      const large = page.getByRole('dialog', { name: 'Rain falls 2' });
      await large.locator('video').waitFor();
      await page.keyboard.press('ArrowRight');
      const next = page.getByRole('dialog', { name: 'Snow falls 1' });
      await next.waitFor();
      expect(await next.getByRole('button', { name: 'The next one' }).isDisabled()).toBe(true);
      await next.getByRole('button', { name: 'Star' }).click();
      await next.getByRole('button', { name: 'Star, 3 so far' }).waitFor();
      await (await web.inMenu(next, 'Show in the chat')).click();
      await next.getByText('It stands in the chat once more.').waitFor();
      expect(mock.presses.at(-1)?.verb).toBe('show');
      await page.keyboard.press('Escape');
      await expect.poll(() => focusedText(page)).toContain('Snow falls 1');
      await page.keyboard.press('Enter');
      await (await web.inMenu(next, 'Delete')).click();
      await tile(page, 'Snow falls 1').waitFor({ state: 'detached' });
      expect(await names(page)).toEqual(['Snow falls 3', 'Rain falls 2']);
    });

    test('one that could not be deleted stands there again, and the page says why', async () => {
      const { mock, web } = await open({ setUp: many(1) });
      const { page } = web;
      await page.goto(new URL('/clips', page.url()).href);
      await page.route('**/api/tasks/*/delete', (route) => route.fulfill({ status: 503, json: { error: 'Not now.' } }));
      await tile(page, 'Snow falls 1').click();
      await (await web.inMenu(page.getByRole('dialog', { name: 'Snow falls 1' }), 'Delete')).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      await page.evaluate("dispatchEvent(new Event('pagehide'))");
      await page.getByText('Not now.').waitFor();
      await tile(page, 'Snow falls 1').waitFor();
      expect(await web.axe()).toEqual([]);
      expect(mock.tasks.size).toBe(1);
    });

    test('/clips with words, and Story, lead there', async () => {
      const { web } = await open({ setUp: many(3) });
      await web.scene.fill('/clips rain');
      await web.scene.press('Enter');
      await expect.poll(() => names(web.page)).toEqual(['Rain falls 2']);
      await web.page.getByRole('link', { name: 'Chat' }).click();
      await (await web.inMenu(web.card('Rain falls 2'), 'Story')).click();
      await web.page.getByRole('heading', { name: 'All takes of this picture' }).waitFor();
      await web.page.getByRole('link', { name: 'All clips' }).waitFor();
    });
  });

  test.each([
    [360, 'light'],
    [360, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
    ...(SHOTS ? ([390, 768] as const).flatMap((width) => [[width, 'light'] as const, [width, 'dark'] as const]) : []),
  ] as const)('is accessible and as wide as the window: %d px, %s', async (width, colorScheme) => {
    const phone = width < 768 ? PHONE : {};
    const { mock, web, card } = await opened({ ...phone, viewport: { width, height: 800 }, colorScheme });
    const { page } = web;
    const found: Record<string, unknown[]> = {};
    async function look(name: string) {
      const overflow = await web.overflow();
      found[name] = [...(await web.axe()), ...(overflow > 0 ? [`${overflow} px too wide`] : [])];
      if (!SHOTS) return;
      await mkdir(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${name}-${width}-${colorScheme}.png`) });
    }
    await card.getByRole('button', { name: 'Star' }).click();
    await look('card');
    await web.button(card, 'More').click();
    await look('menu');
    await web.button(card, 'Share').click();
    await card.getByText('The link is copied').waitFor();
    await look('shared');
    for (let n = 0; n < 11; n++) {
      const scene = `Take ${n}: the sea ${'comes in and '.repeat(n % 3)}goes`;
      mock.set(mock.add({ scene }).taskId, 'delivered', n % 4 ? {} : { stars: n });
    }
    await page.goto(new URL('/clips', page.url()).href);
    await page.getByRole('button', { name: 'Take 10' }).waitFor();
    await page.locator('.tile img').last().waitFor();
    await look('clips');
    await page.getByRole('button', { name: 'Take 10' }).click();
    await page.getByRole('dialog').locator('video').waitFor();
    await look('large');
    await page.getByRole('dialog').getByRole('button', { name: 'More' }).click();
    await look('large-menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByLabel('Words of the scene').fill('hail');
    await page.getByText('No clip has all').waitFor();
    await look('none');
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
  });
});

const focusedText = (page: Page) => page.evaluate<string>('document.activeElement.innerText.trim()');
