import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedLocale } from '../../../src/chat/web/language.ts';
import { page as english } from '../../../src/messages/en/page.js';
import { locales, messagesFor } from '../../../src/messages/messages.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { scenery } from '../../helpers/scenery.ts';
import { ask, errorIn, openLive, taskIn } from '../../helpers/web.ts';

const PAGE = new URL('../../../src/chat/web/page/', import.meta.url);

describe('the language that a browser asks for', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['de-AT, en;q=0.5', 'de'],
    ['en;q=0.5, de', 'de'],
    ['en;q=0.2,de;q=0.9', 'de'],
    ['xx, de;q=0.1', 'de'],
    ['de;q=0, en', 'en'],
    ['de;q=0', 'en'],
    ['DE', 'de'],
    ['*', 'en'],
    ['de;q=nonsense, en;q=0.1', 'en'],
    [';;;,,,q=1', 'en'],
    [`${'xx,'.repeat(2_000)}de`, 'de'],
  ])('is read of %j: %s', (header, locale) => expect(acceptedLocale(header)).toBe(locale));

  test.each(locales)('is %s where a region of it is named', (locale) =>
    expect(acceptedLocale(`xx-YY;q=1, ${locale.split('-')[0]}-ZZ;q=0.8, en;q=0.5`)).toBe(locale),
  );
});

describe('the words of the page', () => {
  test('are each said somewhere', async () => {
    const names = (await readdir(PAGE)).filter((name) => /\.(jsx?|tsx?|html)$/.test(name));
    const texts = await Promise.all(names.map((name) => readFile(new URL(name, PAGE), 'utf8')));
    const said = texts.join('\n');
    const unused = Object.keys(english).filter((key) => !new RegExp(`WORDS\\.${key}\\b|\\{\\{${key}\\}\\}`).test(said));
    expect(unused).toEqual([]);
  });
});

describe('the web chat', () => {
  let dir: string;
  let bot: RunningBot;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-language-'));
    bot = await startBot({ DATA_DIR: dir });
  });
  afterAll(async () => {
    await bot.stop();
    await rm(dir, { recursive: true, force: true });
  });
  const get = (path: string, locale: string, headers: Record<string, string> = {}) =>
    fetch(bot.url + path, { headers: { 'accept-language': locale, ...headers } });

  test.each(locales)('gives its pages in the language of who opens them: %s', async (locale) => {
    for (const path of ['/', '/clips', '/login', '/offline']) {
      const answer = await get(path, locale);
      const html = await answer.text();
      expect(html).toContain(`<html lang="${locale}">`);
      expect(html).not.toMatch(/\{\{|undefined/);
      expect(answer.headers.get('content-language')).toBe(locale);
      expect(answer.headers.get('vary')).toBe('Accept-Language');
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
      const etag = answer.headers.get('etag') ?? '';
      expect((await get(path, locale, { 'if-none-match': etag })).status).toBe(304);
      const other = locales.find((each) => each !== locale) ?? '';
      expect((await get(path, other, { 'if-none-match': etag })).status).toBe(200);
    }
    const words = await (await get('/page.js', locale)).text();
    expect(words).toBe(await readFile(new URL(`../../../src/messages/${locale}/page.js`, import.meta.url), 'utf8'));
  });

  test.each(locales)('says in %s what was wrong, and what it is about', async (locale) => {
    const words = messagesFor(locale);
    const headers = { 'accept-language': locale };
    const refused = await ask(bot.url, await scenery(640, 360), { scene: ' ', motion: '11' }, headers);
    expect(await errorIn(refused)).toBe(words.commands.animate.options.motion.wrong);
    expect(await errorIn(await get('/nowhere', locale))).toBe(words.web.notFound);
    expect(await (await get('/nowhere', locale, { accept: 'text/html' })).text()).toBe(`${words.web.notFound}\n`);
    expect(await (await get('/api/about', locale)).json()).toMatchObject({
      locale,
      commands: expect.arrayContaining([expect.objectContaining({ description: words.commands.clips.description })]),
    });
  });

  test('tells each reader of the same clip in their own language, as it is made and afterwards', async () => {
    const readers = await Promise.all(locales.map((locale) => openLive(bot.url, { 'accept-language': locale })));
    const { taskId } = await taskIn(await ask(bot.url, await scenery(640, 360), { duration: '2' }));
    const done = await Promise.all(readers.map((reader) => reader.untilState(taskId, 'delivered')));
    for (const [n, locale] of locales.entries()) {
      const words = messagesFor(locale);
      expect(done[n]?.status).toBe(words.status.delivered);
      expect(done[n]?.buttons.map(({ label }) => label)).toContain(words.actions.again.label);
      const statuses = readers[n]?.events.flatMap(({ event, data }) =>
        event === 'task' && data.state === 'received' ? [data.status] : [],
      );
      expect(new Set(statuses)).toEqual(new Set([words.status.received]));
      // What they missed comes in their language, too.
      const lastId = readers[0]?.events[0]?.id ?? '';
      const again = await openLive(bot.url, { 'accept-language': locale, 'last-event-id': lastId });
      expect((await again.untilState(taskId, 'delivered')).status).toBe(words.status.delivered);
      again.close();
      const shown = await (await get('/api/conversation', locale)).json();
      expect(shown).toMatchObject({ tasks: [{ taskId, status: words.status.delivered }] });
    }
    for (const reader of readers) reader.close();
  });

  test('speaks the language that is set for it, whatever its readers like best, until it is as usual again', async () => {
    const set = (value?: string) =>
      fetch(`${bot.url}/api/settings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: bot.url, 'accept-language': 'de' },
        body: JSON.stringify({ name: 'language', value }),
      });
    const changed = await (await set('ja')).json();
    expect(JSON.stringify(changed)).toContain(messagesFor('ja').settings.rows.language.label);
    expect(await (await get('/', 'de')).text()).toContain('<html lang="ja">');
    expect(await errorIn(await get('/nowhere', 'ru'))).toBe(messagesFor('ja').web.notFound);
    const { taskId } = await taskIn(
      await ask(bot.url, await scenery(640, 360), { duration: '2' }, { 'accept-language': 'de' }),
    );
    const reader = await openLive(bot.url, { 'accept-language': 'de' });
    expect((await reader.untilState(taskId, 'delivered')).status).toBe(messagesFor('ja').status.delivered);
    reader.close();
    await set();
    expect(await (await get('/', 'de')).text()).toContain('<html lang="de">');
  });
});
