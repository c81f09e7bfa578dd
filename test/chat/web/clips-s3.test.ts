import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { freePort } from '../../bench/free-port.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { connectBrowser, noBrowser } from '../../helpers/browser.ts';
import { bucketSettings, noS3, testBucket } from '../../helpers/s3.ts';
import { refusing } from '../../helpers/s3-between.ts';
import { scenery } from '../../helpers/scenery.ts';
import { ask, errorIn, newKey, openLive, type SeenTask, taskIn } from '../../helpers/web.ts';

const SECRET = /secret-of-the-test|Signature=/;

/** The unmodified program, on a bucket, with pages of clips whose videos come from there. */
describe.skipIf(noS3)('with BLOBS and CLIP_URLS=signed', () => {
  let dir: string;
  let bot: RunningBot;
  let between: Awaited<ReturnType<typeof refusing>>;
  let origin: string;
  let task: SeenTask;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-clips-s3-'));
    between = await refusing(testBucket());
    const { endpoint } = between.config;
    origin = new URL(endpoint).origin;
    const port = await freePort();
    const own = { AWS_ENDPOINT_URL_S3: endpoint, CLIP_URLS: 'signed', BLOBS: `${bucketSettings().BLOBS}/clips` };
    const settings = { ...bucketSettings(), ...own };
    const web = { PORT: `${port}`, PUBLIC_URL: `http://127.0.0.1:${port}`, WEB_PASSWORD: 'correct horse battery' };
    bot = await startBot({ DATA_DIR: dir, ...web, ...settings });
    const headers = { origin: bot.url };
    const body = new URLSearchParams({ password: web.WEB_PASSWORD });
    const login = await fetch(`${bot.url}/login`, { method: 'POST', headers, body, redirect: 'manual' });
    cookie = login.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const live = await openLive(bot.url, { cookie });
    const asked = await ask(bot.url, await scenery(640, 360), { duration: '2' }, { cookie, origin: bot.url });
    task = await live.untilState((await taskIn(asked)).taskId, 'delivered');
    live.close();
  });
  afterAll(async () => {
    await bot.stop();
    await between[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  let cookie: string;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, bot.url), { headers: { cookie, ...headers }, redirect: 'manual' });
  async function press(action: string): Promise<{ link?: string }> {
    const headers = { cookie, origin: bot.url };
    const body = JSON.stringify({ key: newKey() });
    const pressed = await fetch(`${bot.url}/api/tasks/${task.taskId}/${action}`, { method: 'POST', headers, body });
    return z.looseObject({ link: z.string().optional() }).parse(await pressed.json());
  }

  test('a clip is in the bucket alone, and the page has it whole and in parts', async () => {
    expect(await readdir(join(dir, 'files'))).toEqual([]);
    const { url = '', bytes = 0 } = task.clip ?? {};
    const whole = new Uint8Array(await (await get(url)).arrayBuffer());
    expect(whole).toHaveLength(bytes);
    const part = await get(url, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes}`]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
  });

  test('a bucket that gives nothing is told in words, and no connection breaks', async () => {
    between.refuses = (method) => method === 'GET';
    const refused = await get(task.clip?.url ?? '');
    between.refuses = () => false;
    expect([refused.status, await errorIn(refused)]).toEqual([503, expect.stringContaining('try again later')]);
    expect((await get(task.clip?.url ?? '')).status).toBe(200);
  });

  test('a link’s page has its video by an address that ends soon; the head comes from here', async () => {
    const { link = '' } = await press('link');
    const page = await fetch(link);
    expect(page.headers.get('content-security-policy')).toContain(`media-src 'self' ${origin};`);
    const video = `${link}/clip.mp4`;
    const sent = await fetch(video, { redirect: 'manual' });
    const address = new URL(sent.headers.get('location') ?? '');
    expect([sent.status, address.origin, address.searchParams.get('X-Amz-Expires')]).toEqual([302, origin, '600']);
    expect(sent.headers.get('cache-control')).toBe('private, max-age=60');
    const part = await fetch(video, { headers: { range: 'bytes=0-9' } });
    expect([part.status, part.headers.get('content-type'), (await part.arrayBuffer()).byteLength]).toEqual([
      206,
      'video/mp4',
      10,
    ]);
    const saved = await fetch(`${video}?download`);
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; filename="slow-zoom-in-\w+\.mp4"/);
    const head = await fetch(video, { method: 'HEAD', redirect: 'manual' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, `${task.clip?.bytes}`]);
  });

  describe.skipIf(noBrowser)('in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await connectBrowser();
    });
    afterAll(() => browser.close());

    test('plays, and is looked for anywhere in it', async () => {
      const page = await browser.newPage();
      const broken: string[] = [];
      page.on('console', (message) => void (message.type() === 'error' && broken.push(message.text())));
      await page.goto((await press('link')).link ?? '');
      const played = await page.evaluate(`(async () => {
        const video = document.querySelector('video');
        const once = (name) => new Promise((resolve) => video.addEventListener(name, resolve, { once: true }));
        if (video.readyState < video.HAVE_METADATA) await once('loadedmetadata');
        video.currentTime = video.duration - 0.3;
        await once('seeked');
        await video.play();
        return video.duration;
      })()`);
      expect(played).toBeCloseTo(2, 0);
      expect(broken).toEqual([]);
      await page.close();
    });
  });

  test('what is deleted is gone from the bucket, and its address with it', async () => {
    const { link = '' } = await press('link');
    const sent = await fetch(`${link}/clip.mp4`, { redirect: 'manual' });
    const address = sent.headers.get('location') ?? '';
    expect((await fetch(address)).status).toBe(200);
    await press('delete');
    expect((await fetch(`${link}/clip.mp4`)).status).toBe(404);
    expect((await fetch(address)).status).toBe(404);
  });

  test('the start says where clips are, and nothing says a secret', async () => {
    const { stdout, stderr } = await bot.stop();
    expect(stdout).toMatch(
      /Record {4}SQLite in \S+; pictures and clips in s3:\/\/kinora\/test\/clips\/ at 127\S+ \(BLOBS\)\./,
    );
    expect(stdout + stderr).not.toMatch(SECRET);
    expect(stderr).not.toContain('NodeVersionSupportWarning');
  });
});
