import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startBot } from '../../helpers/bot.ts';
import { findFirefox, openFirefox } from '../../helpers/firefox.ts';
import { DONE_MS } from '../../helpers/web-program.ts';

const firefox = findFirefox();
if (firefox === undefined) {
  const lack = 'NO FIREFOX for firefox.long.test.ts. Install firefox-esr or set FIREFOX_PATH.';
  if (process.env.CI === 'true') throw new Error(lack);
  process.stderr.write(`\n!!! ${lack} It is SKIPPED.\n\n`);
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test.skipIf(firefox === undefined)(
  'the story in Firefox: one of our pictures, a move, a clip that plays, a star, its deletion and back',
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'kinora-firefox-data-'));
    closing.push(() => rm(dir, { recursive: true, force: true }));
    const bot = await startBot({ DATA_DIR: dir });
    closing.push(() => bot.stop('SIGKILL'));
    const web = await openFirefox(firefox ?? '');
    closing.push(web.close);
    const until = (what: string, timeout = 20_000) =>
      expect.poll(() => web.evaluate(`Boolean(${what})`), { timeout, message: what }).toBe(true);
    const one = (selector: string) => `document.querySelector(${JSON.stringify(selector)})`;

    await web.open(bot.url);
    await until(one('[data-view="empty"]'));
    await until("[...document.querySelectorAll('.samples video')].every(({ currentTime }) => currentTime > 0)");
    await web.click('.samples li:nth-child(2) button');
    await until(`${one('#preview')}?.naturalWidth > 0`);
    await web.click('#moves li:nth-child(4) button');
    expect(await web.evaluate(`${one('#scene')}.value`)).toMatch(/, the camera rises$/);
    await web.click('#scene');
    await web.type(', softly');
    await web.click('#send');
    await until(`${one('article .scene')}?.textContent.includes(', softly')`);
    await until(one('article[data-tone="done"] video'), DONE_MS);
    await until(`${one('article video')}.currentTime > 0`);
    await web.click('article .star');
    await until(one('article .star[aria-pressed="true"]'));
    await web.click('article video');
    await until(`${one('article video')}.paused`);
    await web.click('article .details summary');
    await until(`/Cost: nothing/.test(${one('article .told')}.textContent)`);
    await web.click('article .more');
    await web.click('article .menu .delete');
    await until(one('.left button'));
    await web.click('.left button');
    await until(one('article[data-tone="done"] video'));
    await web.open(`${bot.url}/clips`);
    await until(one('.tile'));
    expect(await web.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(web.problems).toEqual([]);
  },
  300_000,
);
