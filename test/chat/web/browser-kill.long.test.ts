import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { DONE_MS, useProgramInBrowser } from '../../helpers/web-program.ts';

// The whole story by mouse, by keyboard and on a telephone: browser.long.test.ts.
describe.skipIf(noBrowser)('the real program in a real browser', () => {
  const { open, picture, kill, startAgain } = useProgramInBrowser();

  test('two windows see the same, and a reload and a kill in the middle of a render are ridden out', async () => {
    const web = await open();
    const other = await web.another();
    await web.choose(picture());
    await web.preview.waitFor();
    await web.scene.fill('Pan slowly to the left');
    await web.send.click();
    for (const window of [web, other])
      await window
        .card('Pan slowly')
        .getByText(/Rendering \d+ %/)
        .waitFor({ timeout: DONE_MS });
    await web.reload();
    await web.card('Pan slowly').waitFor();

    await kill();
    for (const window of [web, other]) await window.connection.waitFor({ state: 'visible', timeout: DONE_MS });
    await startAgain();
    for (const window of [web, other]) {
      await window.clip(window.card('Pan slowly')).waitFor({ timeout: DONE_MS });
      await window.connection.waitFor({ state: 'hidden', timeout: DONE_MS });
      expect(await window.cards.count()).toBe(1);
      expect(window.problems.filter((problem) => !problem.includes('ERR_'))).toEqual([]);
    }
    await web.close();
  }, 240_000);
});
