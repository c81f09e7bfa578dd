import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

/** Where pictures of the page are put, for a person to look at; none are made without. */
const SHOTS = process.env.PAGE_SHOTS;

describe.skipIf(noBrowser)('a second picture', () => {
  const { open, picture } = useStage();

  test.each([
    [390, PHONE],
    [1280, {}],
  ] as const)(
    'at %d pixels has a place beside the first, lasts over a reload, and goes up with it',
    async (width, options) => {
      const { mock, web } = await open({ about: { lastFrame: true }, ...options, viewport: { width, height: 844 } });
      const endOn = web.page.getByRole('button', { name: 'End on another picture' });
      expect(await endOn.isVisible()).toBe(false);
      await web.choose(picture());
      await endOn.waitFor();
      await web.page.locator('#last-file').setInputFiles({ ...picture(), name: 'night.jpg' });
      await web.page.getByText('The clip ends on this').waitFor();
      expect(await endOn.isVisible()).toBe(false);
      expect([await web.overflow(), await web.axe()]).toEqual([0, []]);
      if (SHOTS) await web.page.screenshot({ path: join(SHOTS, `two-pictures-${width}.png`) });
      // Nothing lies over anything.
      const boxes = await Promise.all(
        [web.preview, web.page.locator('#last-chosen'), web.scene, web.send].map((each) => each.boundingBox()),
      );
      const [first, second, words, send] = boxes.map((box) => box ?? { x: 0, y: 0, width: 0, height: 0 });
      if (!first || !second || !words || !send) throw new Error('something is not shown');
      const isBeside = first.x + first.width <= second.x;
      expect([isBeside || first.y + first.height <= second.y, second.height < 80]).toEqual([true, true]);
      expect(second.y + second.height).toBeLessThanOrEqual(Math.min(words.y, send.y));
      await web.reload();
      await web.page.getByText('The clip ends on this').waitFor();
      await web.scene.fill('day turns to night');
      await web.send.click();
      await web.card('day turns to night').first().waitFor();
      const size = picture().buffer.length;
      await expect
        .poll(() => mock.uploads.map(({ query, bytes }) => [query.get('lastAt'), bytes]))
        .toEqual([[String(size), 2 * size]]);
      // The next request begins anew.
      await web.choose(picture());
      await endOn.waitFor();
      await web.page.locator('#last-file').setInputFiles({ ...picture(), name: 'night.jpg' });
      const last = web.page.locator('#last-chosen');
      await last.waitFor();
      if (SHOTS) await web.page.screenshot({ path: join(SHOTS, `two-pictures-talk-${width}.png`) });
      const [there, below] = [await last.boundingBox(), await web.scene.boundingBox()];
      expect((there?.y ?? 0) + (there?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
      expect([await web.overflow(), await web.axe()]).toEqual([0, []]);
    },
  );

  test('is asked for only where the model that is chosen ends on one', async () => {
    const can = {
      durations: [5],
      costs: { 5: 1 },
      wordless: true,
      endFrame: false,
      shapes: [],
      sizes: [],
      ignores: [],
    };
    const models = [
      { ...can, name: 'one', label: 'One', lastFrame: false },
      { ...can, name: 'two', label: 'Two', lastFrame: true },
    ];
    const usual = { duration: 5, shape: 'auto', fit: 'crop', model: 'one' };
    const { mock, web } = await open({ about: { ...can, lastFrame: false, models, usual } });
    const endOn = web.page.getByRole('button', { name: 'End on another picture' });
    await web.choose(picture());
    await web.preview.waitFor();
    expect(await endOn.isVisible()).toBe(false);
    await web.more();
    await web.page.getByRole('radio', { name: 'Two' }).check();
    await endOn.waitFor();
    await web.page.locator('#last-file').setInputFiles({ ...picture(), name: 'night.jpg' });
    await web.page.getByText('The clip ends on this').waitFor();
    // It waits, and is not sent.
    await web.page.getByRole('radio', { name: 'One' }).check();
    await web.page.getByText('The clip ends on this').waitFor({ state: 'hidden' });
    await web.scene.fill('rain');
    await web.send.click();
    await expect.poll(() => mock.uploads.map(({ query }) => query.has('lastAt'))).toEqual([false]);
  });

  test('is not forgotten with Another picture: both are asked for, and one alone goes up only where it is meant', async () => {
    const { mock, web } = await open({ about: { lastFrame: true } });
    const { taskId } = mock.add({ scene: 'day turns to night', endsOn: true });
    mock.set(taskId, 'failed');
    await web.button(web.card('day turns to night'), 'Another picture').click();
    const asked = web.problem.getByText('choose both again');
    await asked.waitFor();
    await web.choose(picture());
    const endOn = web.page.getByRole('button', { name: 'End on another picture' });
    await expect.poll(() => endOn.and(web.page.locator(':focus')).count()).toBe(1);
    expect(await asked.isVisible()).toBe(true);
    await web.send.click();
    await asked.waitFor();
    expect(mock.uploads).toEqual([]);
    await web.page.locator('#last-file').setInputFiles({ ...picture(), name: 'night.jpg' });
    await asked.waitFor({ state: 'hidden' });
    await web.send.click();
    await expect.poll(() => mock.uploads.map(({ query }) => query.has('lastAt'))).toEqual([true]);
  });

  test('stays and goes up while nothing is known yet of what the models take', async () => {
    const { mock, web } = await open({ about: { lastFrame: true } });
    await web.choose(picture());
    await web.page.locator('#last-file').setInputFiles({ ...picture(), name: 'night.jpg' });
    const last = web.page.getByText('The clip ends on this');
    await last.waitFor();
    await web.page.route('**/api/about', (route) => route.fulfill({ status: 503, json: { error: 'Starting.' } }));
    await web.reload();
    await last.waitFor();
    await web.scene.fill('day turns to night');
    await web.send.click();
    await expect.poll(() => mock.uploads.map(({ query }) => query.has('lastAt'))).toEqual([true]);
  });
});
