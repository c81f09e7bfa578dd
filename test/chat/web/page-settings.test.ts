import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

describe.skipIf(noBrowser)('what is usual in the web chat', () => {
  const { open } = useStage();

  test('is set in a form of the page, and the options of the next clip follow, but for what was touched', async () => {
    const { web } = await open(PHONE);
    const { page } = web;
    await web.more();
    const length = page.locator('#duration');
    expect(await length.inputValue()).toBe('5');
    await page.getByRole('radio', { name: 'Pad' }).check();
    await page.getByRole('button', { name: 'What is usual here' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your settings here' });
    await dialog.getByLabel('Length').selectOption('10');
    await dialog.getByText('You: duration, 10 (just now)').waitFor();
    await expect.poll(() => length.inputValue()).toBe('10');
    expect(await page.locator('#fit-pad').isChecked()).toBe(true);
    expect(await web.axe()).toEqual([]);
    expect(await web.overflow()).toBe(0);
    await dialog.getByLabel('Fit').selectOption('strict');
    await dialog.getByText('Choose another one.').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect(await dialog.isVisible()).toBe(false);
    expect(await length.inputValue()).toBe('10');
  });

  test('is shown by /settings, too', async () => {
    const { web } = await open();
    await web.scene.fill('/settings');
    await web.scene.press('Enter');
    await web.page.getByRole('dialog', { name: 'Your settings here' }).waitFor();
    expect(web.problems).toEqual([]);
  });
});
