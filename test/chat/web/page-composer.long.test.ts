import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

const shareOf = (frame: Locator) => frame.getAttribute('aria-valuenow').then(Number);

/** How many pictures the browser keeps for a reload. */
const KEPT = `new Promise((resolve) => {
  const opening = indexedDB.open('kinora');
  opening.onsuccess = () => {
    const all = opening.result.transaction('kept').objectStore('kept').getAll();
    all.onsuccess = () => {
      opening.result.close();
      resolve(all.result.flatMap(({ pictures = [] }) => pictures).length);
    };
  };
})`;

describe.skipIf(noBrowser)('the composer', () => {
  const { open, picture } = useStage();

  test('shows what stays of the picture in the shape that is chosen, and sends where that is, by mouse and keyboard', async () => {
    const { mock, web } = await open();
    await web.choose(picture());
    const { frame, page } = web;
    await frame.waitFor();
    await page.getByRole('radio', { name: 'square (1:1)' }).check();
    expect(await frame.getAttribute('aria-orientation')).toBe('horizontal');
    await frame.press('Home');
    expect([await shareOf(frame), await frame.getAttribute('aria-valuetext')]).toEqual([0, 'at the left']);
    await frame.press('ArrowRight');
    expect(await shareOf(frame)).toBe(8);
    const box = await frame.boundingBox();
    if (!box) throw new Error('no frame is shown');
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width, box.y, { steps: 4 });
    await page.mouse.up();
    expect(await frame.getAttribute('aria-valuetext')).toBe('at the right');
    // Of another shape another part stays, around the same place.
    await page.getByRole('radio', { name: 'wide (16:9)' }).check();
    expect(await frame.getAttribute('aria-orientation')).toBe('vertical');
    await frame.press('End');
    await web.more();
    await page.getByLabel('Pad').check();
    await frame.waitFor({ state: 'detached' });
    await page.getByLabel('Crop').check();
    expect(await web.axe()).toEqual([]);
    await web.reload();
    await frame.waitFor();
    expect(await frame.getAttribute('aria-valuetext')).toBe('at the bottom');
    await web.scene.fill('rain falls');
    await web.send.click();
    await expect.poll(() => mock.uploads.map(({ query }) => query.get('focus'))).toEqual(['0.5000,0.6250']);
  });

  test('the frame follows a finger', async () => {
    const { web } = await open(PHONE);
    await web.choose(picture());
    await web.page.getByRole('radio', { name: 'square (1:1)' }).check();
    await web.frame.waitFor();
    const box = await web.frame.boundingBox();
    if (!box) throw new Error('no frame is shown');
    const finger = await web.context.newCDPSession(web.page);
    const at = (share: number) => [{ x: box.x + box.width * share, y: box.y + box.height / 2 }];
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', at(0.5));
    for (const share of [0.6, 0.7, 0.8, 0.9, 0.98]) await touch('touchMove', at(share));
    await touch('touchEnd', []);
    await expect.poll(() => web.frame.getAttribute('aria-valuetext')).toBe('at the right');
    expect(await web.page.evaluate('scrollX')).toBe(0);
  });

  test.each([
    [320, PHONE],
    [1280, {}],
  ] as const)(
    'at %d pixels sends several pictures as a request each, and keeps what was refused',
    async (width, options) => {
      const { mock, web } = await open({ about: { costs: { 5: 25 } }, ...options, viewport: { width, height: 780 } });
      const { page } = web;
      await web.choose(picture(), { ...picture(), name: 'b.jpg' }, { ...picture(), name: 'c.jpg' });
      const held = page.locator('.held');
      await expect.poll(() => held.count()).toBe(3);
      await held.nth(2).getByRole('button', { name: 'Remove' }).click();
      expect(await held.count()).toBe(2);
      await expect.poll(() => web.send.textContent()).toBe('Animate2 clips · 50 credits');
      await web.frame.nth(0).press('Home');
      await web.frame.nth(1).press('End');
      expect([await web.overflow(), await web.axe()]).toEqual([0, []]);
      await web.scene.fill('rain falls');
      mock.fate('take', { status: 500, error: 'The disk is full.' });
      await web.send.click();
      await page.getByText('The disk is full.').first().waitFor();
      // What went is not there any more, what did not is as it was.
      await expect.poll(() => web.cards.count()).toBe(1);
      const downOf = (upload?: (typeof mock.uploads)[number]) => upload?.query.get('focus')?.split(',')[1];
      // Both go up at once, and either may come first.
      const [first, refused] = mock.uploads;
      expect([downOf(first), downOf(refused)].sort()).toEqual(['0.3750', '0.6250']);
      const share = downOf(refused) === '0.6250' ? 100 : 0;
      await expect
        .poll(async () => [await web.scene.inputValue(), await shareOf(web.frame)])
        .toEqual(['rain falls', share]);
      await web.send.click();
      await expect.poll(() => web.cards.count()).toBe(2);
      await expect.poll(() => mock.uploads.length).toBe(3);
      const again = mock.uploads[2];
      expect(downOf(again)).toBe(downOf(refused));
      expect([again?.key === refused?.key, first?.key === refused?.key]).toEqual([true, false]);
      await expect.poll(() => web.scene.inputValue()).toBe('');
    },
  );

  test('loses none of several pictures while the server is away, nor by a reload, and sends each once', async () => {
    const { mock, web } = await open();
    await web.choose(picture(), { ...picture(), name: 'b.jpg' });
    await expect.poll(() => web.page.evaluate(KEPT)).toBe(2);
    await web.reload();
    await expect.poll(() => web.page.locator('.held').count()).toBe(2);
    await mock.offline();
    await web.scene.fill('rain falls');
    await web.send.click();
    await expect.poll(() => web.card('rain falls').getByText('No connection').count()).toBe(2);
    await mock.online();
    await expect.poll(() => new Set(mock.uploads.map(({ key }) => key)).size, { timeout: 20_000 }).toBe(2);
    await expect.poll(() => mock.tasks.size).toBe(2);
  });

  test('loses none of several pictures, nor what is written next, to a server that takes 3 s for each answer', async () => {
    const { mock, web } = await open();
    const held = web.page.locator('.held');
    mock.slow(3_000);
    web.page.setDefaultTimeout(40_000); // one file after the other
    await web.choose(picture(), { ...picture(), name: 'b.jpg' }, { ...picture(), name: 'c.jpg' });
    await expect.poll(() => held.count()).toBe(3);
    await web.scene.fill('rain falls');
    await web.send.click();
    // The next ones are begun while two of these are on their way and one waits for its turn.
    await expect.poll(() => web.card('rain falls').count()).toBe(3);
    await web.choose(picture(), { ...picture(), name: 'e.jpg' });
    await web.scene.pressSequentially('and then snow');
    await expect.poll(() => web.page.evaluate(KEPT)).toBe(2);
    await web.reload();
    await expect.poll(() => web.card('rain falls').count()).toBe(3);
    await expect.poll(() => held.count()).toBe(2);
    expect(await web.scene.inputValue()).toBe('and then snow');
    await web.send.click();
    await expect.poll(() => mock.tasks.size, { timeout: 30_000 }).toBe(5);
    await expect.poll(() => web.cards.count(), { timeout: 15_000 }).toBe(5);
    const scenes = mock.uploads.map(({ key, query }) => `${key} ${query.get('scene')}`);
    expect(new Set(scenes).size, 'each was sent under one key').toBe(5);
  }, 90_000);

  test('tells what is left of today where clips cost something, and sends none of what is too much', async () => {
    const { mock, web } = await open({ about: { costs: { 5: 2, 10: 6 } }, left: { credits: 7, clips: 5, room: 30 } });
    const left = web.page.locator('#left');
    await expect.poll(() => left.textContent()).toBe('3 left today');
    await web.page.getByLabel('Length').selectOption('10');
    expect(await left.textContent()).toBe('1 left today');
    await web.choose(picture(), { ...picture(), name: 'b.jpg' });
    await expect.poll(() => web.page.locator('.held').count()).toBe(2);
    await web.scene.fill('rain falls');
    await web.send.click();
    await web.problem.getByText('Only 1 more clip can be asked for now.').waitFor();
    expect([mock.uploads, await web.page.locator('.held').count()]).toEqual([[], 2]);
    const { web: free } = await open({ left: { clips: 0 } });
    expect(await free.page.locator('#cost').isVisible()).toBe(false);
  });
});
