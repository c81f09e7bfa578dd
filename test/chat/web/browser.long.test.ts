import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { DONE_MS, useProgramInBrowser } from '../../helpers/web-program.ts';
import { keyboard, pointer, story } from '../../helpers/web-story.ts';

// The same on a server that renders by itself: page.test.ts.
describe.skipIf(noBrowser)('the real program in a real browser', () => {
  const { open, picture } = useProgramInBrowser();

  test.each([
    ['by mouse', {}, (web: Parameters<typeof pointer>[0]) => pointer(web)],
    ['by keyboard alone', {}, keyboard],
    ['on a telephone', PHONE, (web: Parameters<typeof pointer>[0]) => pointer(web, { touch: true })],
  ] as const)(
    'the whole story %s',
    async (_how, options, hand) => {
      const web = await open(options);
      await story(web, hand(web), { picture: picture(), doneMs: DONE_MS });
      expect(await web.axe()).toEqual([]);
      expect(await web.overflow()).toBe(0);
      expect(web.problems).toEqual([]);
      await web.close();
    },
    240_000,
  );

  test('who has no picture at hand takes one of ours, and has a clip of it', async () => {
    const web = await open({ ...PHONE, reducedMotion: 'no-preference' });
    const ours = web.page.getByRole('list', { name: 'No picture at hand?' });
    await ours.scrollIntoViewIfNeeded();
    const play = `[...document.querySelectorAll('.samples video')].map(({ currentTime }) => currentTime > 0.2)`;
    await expect.poll(() => web.page.evaluate(play), { timeout: 20_000 }).toEqual([true, true, true]);
    expect(await web.axe()).toEqual([]);
    // What moves by itself can be stopped, and stays so.
    const still = `[...document.querySelectorAll('.samples video')].every(({ preload, paused }) => preload === 'metadata' && paused)
      && document.getAnimations().every(({ playState }) => playState === 'paused')`;
    await web.page.getByRole('button', { name: 'Pause the moving pictures' }).tap();
    await web.reload();
    await ours.scrollIntoViewIfNeeded();
    await expect.poll(() => web.page.evaluate(still), { timeout: 20_000 }).toBe(true);
    await web.page.getByRole('button', { name: 'Let the pictures move' }).tap();
    await expect.poll(() => web.page.evaluate(play), { timeout: 20_000 }).toEqual([true, true, true]);
    await ours.getByRole('button', { name: 'A sailing boat at dusk' }).tap();
    await web.preview.waitFor();
    expect(await web.scene.inputValue()).toBe('The boat rocks on the waves, slow zoom in');
    expect(await ours.isVisible()).toBe(false);
    await web.page.keyboard.press('Enter'); // what is there to press has the focus
    await web.card('The boat rocks').getByRole('link', { name: 'Download' }).waitFor({ timeout: DONE_MS });
    expect(web.problems).toEqual([]);
    await web.close();
  }, 240_000);

  test.each([
    ['dragged by mouse to the right', [1, 0, 0]],
    ['moved by keyboard to the left', [0, 0, 1]],
  ] as const)(
    'the part of a picture that the frame was %s to is what is animated',
    async (how, colour) => {
      const half = { width: 800, height: 600, channels: 3 as const };
      const buffer = await sharp({ create: { ...half, width: 1600, background: '#0000ff' } })
        .composite([{ input: { create: { ...half, background: '#ff0000' } }, left: 800, top: 0 }])
        .png()
        .toBuffer();
      const web = await open();
      await web.choose({ name: 'halves.png', mimeType: 'image/png', buffer });
      await web.page.getByRole('radio', { name: 'square (1:1)' }).check();
      await web.frame.waitFor();
      const box = await web.frame.boundingBox();
      if (!box) throw new Error('no frame is shown');
      if (how.includes('keyboard')) {
        await web.frame.focus();
        for (let presses = 0; presses < 30; presses++) await web.page.keyboard.press('ArrowLeft');
      } else {
        await web.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await web.page.mouse.down();
        await web.page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 5 });
        await web.page.mouse.up();
      }
      await web.scene.fill('slow zoom in');
      await web.send.click();
      const shown = web.card('slow zoom in').locator('img[src$="as=picture"]');
      await shown.waitFor({ state: 'attached', timeout: DONE_MS });
      const fitted = await web.page.request.get(new URL((await shown.getAttribute('src')) ?? '', web.page.url()).href);
      const { channels } = await sharp(await fitted.body()).stats();
      expect(channels.map(({ mean }) => Math.round(mean / 255))).toEqual(colour);
      expect(web.problems).toEqual([]);
      await web.close();
    },
    120_000,
  );
});
