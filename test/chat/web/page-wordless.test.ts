import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

/** Where pictures of the page are put, for a person to look at; none are made without. */
const SHOTS = process.env.PAGE_SHOTS;

describe.skipIf(noBrowser)('a picture without words', () => {
  const { open, picture } = useStage();

  test('moves by itself where a button says so; an Enter too early only asks', async () => {
    const { mock, web } = await open();
    const byItself = web.page.getByRole('button', { name: 'Let it move by itself' });
    await byItself.click();
    await web.problem.getByText('Choose a picture first').waitFor();
    await web.choose(picture());
    await web.preview.waitFor();
    await web.scene.press('Enter');
    await web.problem.getByText('or press “Let it move by itself”').waitFor();
    expect(mock.uploads).toEqual([]);
    // Words say something else.
    await web.scene.fill('rain');
    expect(await byItself.isDisabled()).toBe(true);
    await web.scene.fill('');
    await byItself.click();
    const card = web.card('moves by itself').first();
    await card.waitFor();
    await expect.poll(() => mock.uploads.map(({ query }) => query.get('scene'))).toEqual(['']);

    const [task] = mock.tasks.values();
    mock.set(task?.taskId ?? '', 'delivered');
    await web.button(card, 'Edit scene').click();
    const field = card.getByRole('textbox', { name: 'New scene' });
    expect(await field.inputValue()).toBe('');
    expect(await field.getAttribute('placeholder')).toBe('Without words it moves by itself');
    expect(await web.axe()).toEqual([]);
    await web.button(card, 'Animate').click();
    await expect
      .poll(() => mock.presses.map(({ verb, scene }) => ({ verb, scene })))
      .toEqual([{ verb: 'edit', scene: '' }]);
    expect(await web.overflow()).toBe(0);
  });

  test.each([
    [390, PHONE],
    [1280, {}],
  ] as const)('at %d pixels nothing overlaps, in an empty chat and under a clip', async (width, options) => {
    const { mock, web } = await open({ ...options, viewport: { width, height: 844 } });
    const byItself = web.page.getByRole('button', { name: 'Let it move by itself' });
    for (const view of ['empty', 'talk']) {
      if (view === 'talk') mock.set(mock.add({ scene: 'Snow falls' }).taskId, 'delivered');
      if (view === 'talk') await web.card('Snow falls').getByRole('link', { name: 'Download' }).waitFor();
      await web.choose(picture());
      await web.preview.waitFor();
      await byItself.waitFor();
      if (SHOTS) await web.page.screenshot({ path: join(SHOTS, `wordless-${view}-${width}.png`) });
      expect(await web.overflow()).toBe(0);
      expect(await web.axe()).toEqual([]);
      const [button, remove, scene] = await Promise.all(
        [byItself, web.page.getByRole('button', { name: 'Remove' }), web.scene].map((each) => each.boundingBox()),
      );
      if (!button || !remove || !scene) throw new Error('something is not shown');
      expect(scene.y + scene.height).toBeLessThanOrEqual(button.y);
      expect(remove.y + remove.height).toBeLessThanOrEqual(scene.y);
      await web.page.getByRole('button', { name: 'Remove' }).click();
    }
  });

  test('is asked for words where the service needs them', async () => {
    const { mock, web } = await open({ about: { wordless: false } });
    await web.choose(picture());
    await web.preview.waitFor();
    expect(await web.page.getByRole('button', { name: 'Let it move by itself' }).isVisible()).toBe(false);
    await web.send.click();
    await web.problem.getByText('Say what should happen in the picture, for instance').waitFor();
    expect(mock.uploads).toEqual([]);
  });

  test('or with a move of the camera: one at a time, beside what is written, and away again', async () => {
    const { web } = await open();
    const move = (name: string) => web.page.getByRole('list', { name: 'How the camera moves' }).getByText(name);
    const pressed = () => web.page.locator('#moves [aria-pressed="true"]').allInnerTexts();
    await move('Push in').click();
    expect([await web.scene.inputValue(), await pressed()]).toEqual(['Slow push in', ['Push in']]);
    await move('Orbit').click();
    expect([await web.scene.inputValue(), await pressed()]).toEqual(['The camera orbits to the left', ['Orbit']]);
    await web.scene.fill('Snow falls');
    await move('Crane').click();
    expect(await web.scene.inputValue()).toBe('Snow falls, the camera rises');
    await move('Handheld').click();
    expect(await web.scene.inputValue()).toBe('Snow falls, handheld camera');
    await move('Handheld').click();
    expect([await web.scene.inputValue(), await pressed()]).toEqual(['Snow falls', []]);
  });
});
