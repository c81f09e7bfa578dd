import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

describe.skipIf(noBrowser)('several takes', () => {
  const { open, picture } = useStage();

  test('are chosen among the options; what they cost in all stands there before they are sent', async () => {
    const { mock, web } = await open({ about: { costs: { 5: 1, 10: 2 } }, ...PHONE });
    await web.choose(picture());
    await web.preview.waitFor();
    await web.scene.fill('rain falls');
    const summary = web.page.locator('#chosen-options');
    expect(await summary.textContent()).toBe('');
    await web.page.getByText('Options').click();
    const takes = web.page.getByRole('group', { name: 'Takes' });
    await takes.getByRole('radio', { name: '3' }).check();
    expect(await summary.textContent()).toBe('3 takes, 3 credits');
    await web.page.getByRole('group', { name: 'Length' }).getByRole('radio', { name: '10 s' }).check();
    expect(await summary.textContent()).toBe('3 takes, 6 credits · 10 s');
    expect(await takes.textContent()).toContain('6 credits in all');
    await web.page.getByRole('group', { name: 'Shape' }).getByRole('radio', { name: 'tall (9:16)' }).check();
    expect(await summary.textContent()).toBe('3 takes, 6 credits · 10 s · tall (9:16)');
    expect(await web.axe()).toEqual([]);
    expect(await web.overflow()).toBe(0);
    await web.send.click();
    await expect.poll(() => mock.uploads.map(({ query }) => query.get('takes'))).toEqual(['3']);
    expect(mock.uploads[0]?.query.get('shape')).toBe('tall');
    // The next request is one clip again.
    expect(await summary.textContent()).toBe('10 s · tall (9:16)');
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
    await web.page.getByText('Options').click();
    await web.page.getByRole('group', { name: 'Takes' }).waitFor();
    expect(await web.page.getByLabel('Seed').isVisible()).toBe(false);
  });
});
