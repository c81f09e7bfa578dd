import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';
import { keyboard, pointer, story } from '../../helpers/web-story.ts';

/** The server renders by itself, and people let things move. */
const MOVING = { works: true, reducedMotion: 'no-preference' } as const;

describe.skipIf(noBrowser)('the page', () => {
  const { open, picture } = useStage();

  describe('the whole story, from an empty page to a clip and its end', () => {
    test('by mouse', async () => {
      const { web } = await open(MOVING);
      await story(web, pointer(web), { picture: picture() });
    });

    test('by keyboard alone', async () => {
      const { web } = await open(MOVING);
      await story(web, keyboard(web), { picture: picture() });
    });

    test('on a telephone', async () => {
      const { web } = await open({ ...MOVING, ...PHONE });
      await story(web, pointer(web, { touch: true }), { picture: picture() });
      expect(await web.overflow()).toBe(0);
    });
  });
});
