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
    const ours = web.page.getByRole('region', { name: 'No picture at hand?' });
    await ours.scrollIntoViewIfNeeded();
    const play = `[...document.querySelectorAll('.samples video')].map(({ currentTime }) => currentTime > 0.2)`;
    await expect.poll(() => web.page.evaluate(play), { timeout: 20_000 }).toEqual([true, true, true]);
    expect(await web.axe()).toEqual([]);
    await ours.getByRole('button', { name: 'A sailing boat at dusk' }).tap();
    await web.preview.waitFor();
    expect(await web.scene.inputValue()).toBe('The boat rocks on the waves, slow zoom in');
    expect(await ours.isVisible()).toBe(false);
    await web.page.keyboard.press('Enter'); // what is there to press has the focus
    await web.card('The boat rocks').getByRole('link', { name: 'Download' }).waitFor({ timeout: DONE_MS });
    expect(web.problems).toEqual([]);
    await web.close();
  }, 240_000);
});
