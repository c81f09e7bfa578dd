import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import type { Stage } from '../../helpers/web-mock-tasks.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

/** Where pictures of the page are put, for a person to look at; none are made without. */
const SHOTS = process.env.PAGE_SHOTS;

const FACTS = ['5 s', 'motion 5', 'seed 84302117', 'a quarter cut off below, from 1600×1200'];
const BUTTON_TOPS = "[...document.querySelectorAll('.buttons > *')].map((each) => each.getBoundingClientRect().top)";
/** Where each line of facts begins that people see: a dot outside of it does not count. */
const LINES_OF_FACTS = `(() => {
  const starts = new Map();
  for (const each of document.querySelectorAll('.facts > *')) {
    const { left, top } = each.getBoundingClientRect();
    const after = getComputedStyle(each, '::after').content === 'none' ? 0 : 100;
    if (!starts.has(top)) starts.set(top, left + Number.parseFloat(getComputedStyle(each).paddingLeft) + after);
  }
  return [...starts.values()];
})()`;

describe.skipIf(noBrowser)('a card that has ended', () => {
  const { open, picture } = useStage();

  async function opened(stage: Stage, options: Parameters<typeof open>[0] = {}) {
    const { mock, web } = await open(options);
    const { taskId } = mock.add({ scene: 'Snow falls on the harbour' });
    mock.set(taskId, stage);
    const card = web.card('Snow falls').first();
    await web.button(card, { outage: 'Cancel', delivered: 'More' }[String(stage)] ?? 'Delete').waitFor();
    return { mock, web, card, taskId };
  }

  test('Details tells seed, cost and times in it', async () => {
    const { web, card } = await opened('failed');
    expect(await card.locator('.facts').getByText('seed 84302117').isVisible()).toBe(false);
    await card.getByText('Details').click();
    await card.getByText('Cost: nothing').waitFor();
    expect(await card.locator('.facts').getByText('seed 84302117').isVisible()).toBe(true);
    expect(await card.getByText('Cost: nothing').innerText()).toMatch(/Crop\nCost: nothing\nAsked for on/);
    expect(await web.axe()).toEqual([]);
  });

  test('its options are used again for another picture, its seed too, and what is written stays', async () => {
    const { mock, web, card } = await opened('delivered');
    await web.scene.fill('Rain falls');
    await card.getByText('Details').click();
    await web.button(card, 'Use these again').click();
    await expect.poll(() => web.page.locator('#chosen-options').textContent()).toContain('seed 84302117');
    await web.choose(picture());
    await web.preview.waitFor();
    await web.send.click();
    await expect.poll(() => mock.uploads.length).toBe(1);
    expect(Object.fromEntries(mock.uploads[0]?.query ?? [])).toMatchObject({ scene: 'Rain falls', seed: '84302117' });
  });

  test('of a long scene three lines are shown, and all of it among its details', async () => {
    const { mock, web } = await open(PHONE);
    mock.set(mock.add({ scene: 'Snow falls, and more snow falls. '.repeat(12) }).taskId, 'delivered');
    const card = web.card('Snow falls');
    await web.button(card, 'More').waitFor();
    const lines = () =>
      web.page.evaluate<number>(
        "((scene) => Math.round(scene.clientHeight / Number.parseFloat(getComputedStyle(scene).lineHeight)))(document.querySelector('.scene'))",
      );
    expect(await lines()).toBe(3);
    await card.getByText('Details').click();
    await expect.poll(lines).toBeGreaterThan(5);
    expect(await web.axe()).toEqual([]);
  });

  test('details tell what stands there already no second time', async () => {
    const { card } = await opened('delivered');
    await card.getByText('Details').click();
    await card.getByText('Cost: nothing').waitFor();
    const said = await card.locator('.details').innerText();
    for (const fact of FACTS) expect(said.split(fact), fact).toHaveLength(2);
    expect(said).toContain('Crop\nCost');
  });

  test.each([
    ['with sound, a press turns it on and off', 'on'],
    ['without sound, a press stops it and has it go on', 'off'],
  ] as const)('of a clip %s, two fill the screen, and each has a button', async (_words, sound) => {
    const { mock, web, card, taskId } = await opened('delivered', { reducedMotion: 'no-preference' });
    mock.change(taskId, { options: { motion: 5, seed: 1, duration: 5, fit: 'crop', sound } });
    const clip = web.clip(card);
    const stands = () => clip.evaluate(({ muted, paused }: { muted: boolean; paused: boolean }) => ({ muted, paused }));
    await expect.poll(stands).toEqual({ muted: true, paused: false });
    await clip.click();
    await expect.poll(stands).toEqual({ muted: sound === 'off', paused: sound === 'off' });
    await web.button(card, sound === 'on' ? 'Sound off' : 'Play').click();
    await expect.poll(stands).toEqual({ muted: true, paused: false });
    await web.button(card, 'Pause').click();
    await expect.poll(stands).toEqual({ muted: true, paused: true });
    expect(await web.button(card, 'Sound on').count()).toBe(sound === 'on' ? 1 : 0);
    expect(await web.axe()).toEqual([]);
    await clip.dblclick();
    const full = () =>
      web.page.evaluate('document.fullscreenElement?.tagName + String(document.fullscreenElement?.controls)');
    await expect.poll(full).toBe('VIDEOtrue');
    await web.page.evaluate('document.exitFullscreen()');
    await web.button(card, 'Full screen').click();
    await expect.poll(full).toBe('VIDEOtrue');
  });

  test('a clip that was deleted comes back by Undo; without, it goes when nobody looks at the page any more', async () => {
    const { mock, web, card, taskId } = await opened('delivered');
    const undo = web.page.getByRole('button', { name: 'Undo' });
    await (await web.inMenu(card, 'Delete')).click();
    await expect.poll(() => undo.and(web.page.locator(':focus')).count()).toBe(1);
    expect(await web.axe()).toEqual([]);
    await undo.click();
    await expect.poll(() => card.and(web.page.locator(':focus')).count()).toBe(1);
    expect(mock.tasks.has(taskId)).toBe(true);
    await (await web.inMenu(card, 'Delete')).click();
    await undo.waitFor();
    await web.reload();
    await expect.poll(() => mock.tasks.has(taskId)).toBe(false);
    await expect.poll(() => web.cards.count()).toBe(0);
  });

  test('Use crop makes another take at once', async () => {
    const { mock, web, card } = await opened('shape');
    await web.button(card, 'Use crop').click();
    await web.cards.nth(1).waitFor();
    expect(mock.presses).toEqual([{ verb: 'crop', scene: 'Snow falls on the harbour', options: undefined }]);
  });

  test('Another picture has scene and options ready, and only the picture is missing', async () => {
    const { mock, web, card, taskId } = await opened('shape');
    mock.change(taskId, { options: { motion: 8, seed: 1, duration: 10, fit: 'strict' } });
    await card.getByText('strict').first().waitFor();
    await web.button(card, 'Another picture').click();
    expect(await web.scene.inputValue()).toBe('Snow falls on the harbour');
    await web.problem.getByText('Choose another picture').waitFor();
    await web.choose(picture());
    await web.preview.waitFor();
    await web.send.click();
    await expect.poll(() => mock.uploads.length).toBe(1);
    const { seed, ...options } = Object.fromEntries(mock.uploads[0]?.query ?? []);
    expect(options).toMatchObject({ scene: 'Snow falls on the harbour', motion: '8', duration: '10', fit: 'strict' });
    expect(seed).toBeUndefined();
  });

  test('what is written in the composer is not lost for another picture', async () => {
    const { web, card } = await opened('shape');
    await web.scene.fill('half a thought');
    await web.button(card, 'Another picture').click();
    await web.problem.getByText('Send or remove').waitFor();
    expect(await web.scene.inputValue()).toBe('half a thought');
  });

  test('Edit scene changes motion, length and shape, and keeps the seed where that is said', async () => {
    const { mock, web, card } = await opened('delivered');
    await web.button(card, 'Edit scene').click();
    await card.getByText('Options', { exact: true }).click();
    await card.getByRole('radio', { name: '10 s' }).check();
    await card.getByRole('radio', { name: 'Pad' }).check();
    await card.getByRole('radio', { name: 'Same (84302117)' }).check();
    await web.button(card, 'Animate').click();
    await web.cards.nth(1).waitFor();
    const options = { motion: 5, duration: 10, shape: 'auto', fit: 'pad', seed: 84_302_117 };
    expect(mock.presses).toEqual([{ verb: 'edit', scene: 'Snow falls on the harbour', options }]);
  });

  test.each([320, 360, 390, 412])(
    'at %d pixels its buttons are one row, and no line of facts begins or ends with a dot',
    async (width) => {
      const about = { costs: { 5: 1, 10: 2 } };
      const { mock, web, card, taskId } = await opened('delivered', {
        ...PHONE,
        viewport: { width, height: 740 },
        about,
      });
      mock.change(taskId, { facts: [...FACTS, 'understood: zoom in, slowly'] });
      await card.getByText('Details').click();
      await card.getByText('understood').waitFor();
      if (SHOTS) await web.page.screenshot({ path: join(SHOTS, `row-${width}.png`) });
      const tops = await web.page.evaluate<number[]>(BUTTON_TOPS);
      expect(tops).toHaveLength(6);
      expect(new Set(tops).size).toBe(1);
      const scene = await card.locator('.scene').boundingBox();
      const starts = await web.page.evaluate<number[]>(LINES_OF_FACTS);
      expect(starts.length).toBeGreaterThan(1);
      for (const start of starts) expect(start).toBeCloseTo(scene?.x ?? 0, 0);
      expect(await web.overflow()).toBe(0);
    },
  );

  test.each([
    ['phone', PHONE],
    ['desktop', {}],
  ] as const)('fits a %s, whatever it says', async (name, options) => {
    for (const stage of ['failed', 'shape', 'cancelled', 'outage', 'delivered'] as const) {
      const { web, card } = await opened(stage, options);
      if (stage === 'failed') {
        await card.getByText('Details').click();
        await card.getByText('Cost: nothing').waitFor();
      }
      if (stage === 'delivered') {
        await web.button(card, 'Edit scene').click();
        await card.getByText('Options', { exact: true }).click();
      }
      expect(await web.overflow()).toBe(0);
      expect(await web.axe()).toEqual([]);
      if (SHOTS === undefined) continue;
      await mkdir(SHOTS, { recursive: true });
      await web.page.screenshot({ path: join(SHOTS, `${name}-${stage}.png`), fullPage: true });
    }
  });
});
