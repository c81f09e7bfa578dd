import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readPage } from '../../../src/chat/web/page.ts';
import { locales } from '../../../src/messages/messages.ts';
import { noBrowser } from '../../helpers/browser.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';
import { keyboard, pointer, story } from '../../helpers/web-story.ts';

/** The server renders by itself, and people let things move. */
const MOVING = { works: true, reducedMotion: 'no-preference' } as const;

/** Bytes on the wire that the chat's page runs, in the language that has most of them. */
const MOST_SCRIPT_BYTES = 60_000;

test('the script of the chat is small', async () => {
  const files = await readPage({ folder: new URL('../../../dist/src/chat/web/page/', import.meta.url) });
  const sizes = ['/app.js', '/page.js', '/plural.js'].map((name) => {
    const file = files.find(({ address }) => address === name);
    return Math.max(...locales.map((locale) => gzipSync(file?.bytes(locale) ?? '').length));
  });
  for (const size of sizes) expect(size).toBeGreaterThan(100);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
});

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
