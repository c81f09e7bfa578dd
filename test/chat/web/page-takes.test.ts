import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

describe.skipIf(noBrowser)('several takes', () => {
  const { open, picture } = useStage();

  test('are chosen among the options; what they cost in all stands at the button before they are sent', async () => {
    const { mock, web } = await open({ about: { costs: { 5: 1, 10: 2 } }, ...PHONE });
    await web.choose(picture());
    await web.preview.waitFor();
    await web.scene.fill('rain falls');
    const cost = web.page.locator('#cost');
    expect(await cost.textContent()).toBe('1 credit');
    await web.page.getByLabel('Takes').selectOption('3');
    expect(await cost.textContent()).toBe('3 clips · 3 credits');
    await web.page.getByLabel('Length').selectOption('10');
    expect(await web.send.textContent()).toBe('Animate3 clips · 6 credits');
    await web.page.getByRole('group', { name: 'Shape' }).getByRole('radio', { name: 'tall (9:16)' }).check();
    expect(await web.axe()).toEqual([]);
    expect(await web.overflow()).toBe(0);
    await web.send.click();
    await expect.poll(() => mock.uploads.map(({ query }) => query.get('takes'))).toEqual(['3']);
    expect(mock.uploads[0]?.query.get('shape')).toBe('tall');
    // The next request is one clip again, as long.
    expect(await cost.textContent()).toBe('2 credits');
  });

  test('are not offered for another take of a clip; its shape is', async () => {
    const { mock, web } = await open();
    mock.set(mock.add({ scene: 'Snow falls' }).taskId, 'delivered');
    const card = web.card('Snow falls');
    await web.button(card, 'Edit scene').click();
    await card.getByText('Options').click();
    expect(await card.getByRole('group').allTextContents()).not.toContainEqual(expect.stringContaining('Takes'));
    await card.getByRole('radio', { name: 'square (1:1)' }).check();
    await card.getByRole('button', { name: 'Animate' }).click();
    await expect.poll(() => mock.presses.map(({ options }) => options)).toMatchObject([{ shape: 'square' }]);
  });

  test('have no seed where the model knows none', async () => {
    const { web } = await open({ about: { ignores: ['seed'] } });
    await web.more();
    await web.page.getByLabel('Crop').waitFor({ state: 'attached' });
    expect(await web.page.getByLabel('Seed').isVisible()).toBe(false);
  });
});
