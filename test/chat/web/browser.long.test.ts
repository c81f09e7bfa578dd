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
});
