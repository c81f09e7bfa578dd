import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import type { PictureFile, WebPage } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

const file = (name: string, content: string | Buffer): PictureFile => ({
  name,
  mimeType: '',
  buffer: typeof content === 'string' ? Buffer.from(content, 'latin1') : content,
});
const small = sharp({ create: { width: 640, height: 200, channels: 3, background: '#888' } })
  .png()
  .toBuffer();

/** Hands a file to the page as a drop or a paste does; a browser gives scripts no other way to. */
const HAND_OVER = `async ({ type, bytes }) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([Uint8Array.from(bytes)], 'evening.jpg', { type: 'image/jpeg' }));
  const event = type === 'paste'
    ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
    : new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
}`;
const handOver = ({ page }: WebPage, type: 'paste' | 'dragenter' | 'drop', { buffer }: PictureFile) =>
  page.evaluate(`(${HAND_OVER})(${JSON.stringify({ type, bytes: [...buffer] })})`);

describe.skipIf(noBrowser)('what is sent', () => {
  const { open, picture } = useStage();

  async function ask(web: WebPage, scene: string): Promise<void> {
    await web.choose(picture());
    await web.preview.waitFor();
    await web.scene.fill(scene);
    await web.send.click();
  }

  test('a command is said in the field of the scene, and answered there', async () => {
    const { mock, web } = await open();
    await web.scene.fill('/help');
    await web.scene.press('Enter');
    await web.page.getByText('A picture and a line of text make a clip.').waitFor();
    expect(await web.scene.inputValue()).toBe('');
    expect(mock.uploads).toEqual([]);
    // What is in no table is a scene like any other.
    await web.scene.fill('/explode');
    await web.scene.press('Enter');
    await web.page.getByText('Choose a picture first').waitFor();
  });

  describe('the picture', () => {
    test('is taken from the clipboard, and text in the clipboard is not in its way', async () => {
      const { web } = await open();
      await handOver(web, 'paste', picture());
      await web.preview.waitFor();
      await web.page.getByText('640×480').waitFor();
    });

    test('is taken when dropped anywhere on the page, which says so while it is dragged', async () => {
      const { web } = await open();
      await handOver(web, 'dragenter', picture());
      await web.page.getByText('Drop it anywhere').waitFor();
      await handOver(web, 'drop', picture());
      await web.preview.waitFor();
      await web.page.getByText('Drop it anywhere').waitFor({ state: 'hidden' });
    });

    test('is refused before any upload, with the way out', async () => {
      const { mock, web } = await open();
      for (const [bad, sentence] of [
        [file('a.tif', 'II*\0'), 'TIFF pictures'],
        [file('a.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'Export it as PNG'],
        [file('a.pdf', '%PDF-1.7 ...'), 'Save a page of it as JPEG or PNG'],
        [file('a.jpg', '\0\0\0\x18ftypisom\0\0\0\0isommp42'), 'This is a video already'],
        [file('a.jpg', 'holiday notes'), 'This is a text file'],
        [file('a.jpg', ''), 'This file is empty'],
        [file('a.bin', '\0\x01\x02\x03\x04'), 'This kind of file is not known here'],
        [file('a.jpg', '\xff\xd8\xff\xe0 and then nothing'), 'it may be damaged'],
        [file('a.jpg', Buffer.alloc(2.5 * 1024 * 1024, '\xff\xd8\xff', 'latin1')), 'at most 2 MB'],
      ] as const) {
        await web.choose(bad);
        await web.problem.filter({ hasText: sentence }).waitFor();
        expect(await web.preview.isVisible()).toBe(false);
      }
      expect(mock.uploads).toEqual([]);
    });

    test('is refused where a side is too small, and a good one that was there stays', async () => {
      const { web } = await open();
      await web.choose(picture());
      await web.preview.waitFor();
      await web.choose(file('a.png', await small));
      await web.problem
        .filter({ hasText: 'The picture is too small (640×200). Choose one of at least 320 pixels a side.' })
        .waitFor();
      await web.page.getByText('640×480').waitFor();
      expect(await web.axe()).toEqual([]);
    });
  });

  describe('the request', () => {
    test('needs a picture, a scene of a fit length and a seed that is a number, and says which is missing', async () => {
      const { mock, web } = await open();
      const says = (sentence: string) => web.problem.filter({ hasText: sentence }).waitFor();
      await web.send.click();
      await says('Choose a picture first');
      await web.choose(picture());
      await web.preview.waitFor();
      await web.send.click();
      await says('Say what should happen in the picture');
      await web.scene.fill('x'.repeat(201));
      await web.send.click();
      await says('The scene is too long (201 characters). Use at most 200.');
      await web.scene.fill('Snow falls');
      await web.more();
      await web.page.getByLabel('Seed').fill('many');
      await web.send.click();
      await says('A seed is a whole number');
      expect(mock.uploads).toEqual([]);
    });

    test('carries the picture whole, the scene as it was written and only the options that were touched', async () => {
      const { mock, web } = await open();
      await web.more();
      await web.page.getByLabel('Motion').selectOption('8');
      await web.page.getByLabel('Pad').check();
      await web.page.getByLabel('Seed').fill('42');
      await ask(web, '  <b>Ünïcode</b> & rain 雨 ');
      await web.card('<b>Ünïcode</b> & rain 雨').getByText('motion 5').waitFor({ state: 'attached' });
      const [sent] = mock.uploads;
      expect(Object.fromEntries(sent?.query ?? [])).toEqual({
        ...{ key: expect.stringMatching(/^[\da-f-]{36}$/), scene: '<b>Ünïcode</b> & rain 雨' },
        motion: '8',
        fit: 'pad',
        seed: '42',
      });
      expect(sent?.bytes).toBe(picture().buffer.length);
    });

    test('is one task however often the button is pressed, also where the page is not secure', async () => {
      const { mock, web } = await open({ before: 'delete Crypto.prototype.randomUUID' });
      await web.choose(picture());
      await web.preview.waitFor();
      await web.scene.fill('Snow falls');
      await web.send.dblclick();
      await web.page.keyboard.press('Enter');
      await web.card('Snow falls').getByText('Looking at your picture').waitFor();
      expect(mock.uploads.map(({ key }) => key)).toEqual([expect.stringMatching(/^[\da-f]{32}$/)]);
      expect(await web.page.evaluate('getSelection().toString()'), 'no words of what came there are marked').toBe('');
      expect(await web.problem.textContent(), 'the second click is no mistake to speak of').toBe('');
    });

    test('is not taken back by the second of two quick presses, where that falls on Cancel', async () => {
      const { mock, web } = await open();
      mock.fate('hold');
      await web.choose(picture());
      await web.preview.waitFor();
      await web.scene.fill('Snow falls');
      const sent = await web.send.boundingBox();
      await web.send.click();
      const card = web.card('Snow falls');
      await card.getByText('Sending').waitFor();
      const cancel = web.button(card, 'Cancel');
      const there = await cancel.boundingBox();
      if (!sent || !there) throw new Error('a button is not there');
      const middle = { x: sent.x + sent.width / 2, y: sent.y + sent.height / 2 };
      const [x, y] = [middle.x - there.x - there.width / 2, middle.y - there.y - there.height / 2];
      /** The second press of two, of which the first was on Animate: on Cancel, which lies so far beside that. */
      const secondPress = async (awayPx: number) => {
        const style = { position: 'relative', zIndex: '99', transform: `translate(${x - awayPx}px, ${y}px)` };
        await cancel.evaluate((button: { style: object }, style) => void Object.assign(button.style, style), style);
        await web.page.mouse.move(middle.x - awayPx, middle.y);
        await web.page.mouse.down({ clickCount: 2 });
        await web.page.mouse.up({ clickCount: 2 });
      };
      await secondPress(0);
      expect([await web.scene.inputValue(), await card.getByText('Sending').count()]).toEqual(['', 1]);
      // Two buttons beside each other are pressed as quickly as one likes.
      await secondPress(60);
      await card.waitFor({ state: 'detached' });
    });

    test('is sent by Enter, while Shift and Enter make a line', async () => {
      const { web } = await open();
      await web.choose(picture());
      await web.preview.waitFor();
      await web.scene.pressSequentially('Snow falls');
      await web.scene.press('Shift+Enter');
      await web.scene.pressSequentially('slowly');
      await web.scene.press('Enter');
      expect(await web.card('Snow falls').locator('.scene').textContent()).toBe('Snow falls\nslowly');
    });

    test('shows its card at once, can be cancelled on its way, and is then back to be changed', async () => {
      const { mock, web } = await open();
      mock.fate('hold');
      await ask(web, 'Snow falls');
      const card = web.card('Snow falls');
      await card.getByText('Sending').waitFor();
      await web.button(card, 'Cancel').click();
      await card.waitFor({ state: 'detached' });
      await web.preview.waitFor();
      expect(await web.scene.inputValue()).toBe('Snow falls');
    });

    test("that is refused shows the server's sentence, and can be changed or thrown away", async () => {
      const { mock, web } = await open();
      mock.fate({ status: 400, error: 'The picture does not like you.' }, { status: 429, error: 'Too much at once.' });
      await ask(web, 'Snow falls');
      await web.card('Snow falls').getByText('The picture does not like you.').waitFor();
      await web.button(web.card('Snow falls'), 'Change it').click();
      await web.problem.filter({ hasText: 'The picture does not like you.' }).waitFor();
      await web.preview.waitFor();
      expect(await web.scene.inputValue()).toBe('Snow falls');
      await web.scene.fill('Rain falls');
      await web.send.click();
      await web.card('Rain falls').getByText('Too much at once.').waitFor();
      expect(await web.axe()).toEqual([]);
      await web.button(web.card('Rain falls'), 'Discard').click();
      await web.card('Rain falls').waitFor({ state: 'detached' });
    });
  });

  describe('an upload that fails', () => {
    test('is repeated under the same key until it is answered', async () => {
      const { mock, web } = await open();
      const card = web.card('Snow falls');
      const now = () => web.page.evaluate("dispatchEvent(new Event('online'))"); // nobody waits any longer
      mock.fate('cut', { status: 503, error: 'The bot is starting.' }, 'record-and-cut');
      await ask(web, 'Snow falls');
      await card.getByText('No connection').waitFor();
      await now();
      await card.getByText('The bot is starting.').waitFor();
      await now();
      await card.getByText('Looking at your picture').waitFor();
      expect(mock.uploads.length).toBeGreaterThanOrEqual(4);
      expect(new Set(mock.uploads.map(({ key }) => key)).size).toBe(1);
      expect(mock.tasks.size).toBe(1);
      expect(await web.cards.count(), 'though the live channel told of it before the answer').toBe(1);
    });

    test('goes on after a reload, under the same key', async () => {
      const { mock, web } = await open();
      mock.fate('hold');
      await ask(web, 'Snow falls');
      await expect.poll(() => mock.uploads.length).toBe(1);
      await web.reload();
      await web.card('Snow falls').getByText('Looking at your picture').waitFor();
      mock.release();
      expect(new Set(mock.uploads.map(({ key }) => key)).size).toBe(1);
      expect(mock.tasks.size).toBe(1);
      expect(await web.cards.count()).toBe(1);
    });

    test('because the session has ended goes on after the login, each once, and nothing lies in the composer', async () => {
      const { mock, web } = await open();
      await web.choose(picture(), picture(), picture());
      await web.page.locator('.held').nth(2).waitFor();
      await web.scene.fill('Snow falls');
      mock.lock();
      await web.send.click();
      await web.page.waitForURL('**/login*');
      await web.page.getByLabel('Password').fill('open sesame');
      await web.page.getByLabel('Password').press('Enter');
      await web.page.waitForURL(mock.url);
      await expect.poll(() => mock.tasks.size).toBe(3);
      await web.cards.nth(2).waitFor();
      expect(await web.preview.count()).toBe(0);
      expect(await web.scene.inputValue()).toBe('');
    });

    test.each([0, 100])('by a reload %d ms after the press is kept, as a draft or as a request', async (ms) => {
      const { mock, web } = await open();
      await web.choose(picture());
      await web.preview.waitFor();
      await web.scene.fill('Snow falls');
      mock.fate('hold', 'hold');
      await Promise.all([
        web.page.waitForEvent('load'),
        web.page.evaluate(
          `document.querySelector('#send').click(); Promise.resolve().then(() => setTimeout(() => location.reload(), ${ms}))`,
        ),
      ]);
      const held = async () =>
        [await web.preview.count(), await web.scene.inputValue(), await web.cards.count()].join();
      await expect.poll(held).toMatch(/^(1,Snow falls,0|0,,1)$/);
      mock.release();
    });

    test('can be given up while it waits', async () => {
      const { mock, web } = await open();
      // However late Cancel is pressed, it still waits.
      mock.fate('cut', 'cut', 'cut', 'cut', 'cut', 'cut');
      await ask(web, 'Snow falls');
      await web.card('Snow falls').getByText('No connection').waitFor();
      await web.button(web.card('Snow falls'), 'Cancel').click();
      await web.card('Snow falls').waitFor({ state: 'detached' });
      expect(mock.tasks.size).toBe(0);
    });
  });

  test('what a clip costs is said before it is asked for, and nothing where it is free', async () => {
    const { mock, web } = await open({ about: { costs: { 5: 2, 10: 4 } } });
    await web.send.getByText('2 credits').waitFor();
    await web.page.getByLabel('Length').selectOption('10');
    await web.send.getByText('4 credits').waitFor();
    mock.set(mock.add({ scene: 'Snow falls' }).taskId, 'delivered');
    await web.button(web.card('Snow falls'), 'Again · 2 credits').waitFor();
    const { web: free } = await open();
    expect(await free.page.locator('#mode').textContent()).toBe('Preview without AI: camera moves only.');
  });

  test('a reload keeps what was begun: the picture, the scene and the options', async () => {
    const { web } = await open();
    await web.choose(picture());
    await web.preview.waitFor();
    await web.scene.fill('Snow falls');
    await web.page.getByLabel('Length').selectOption('10');
    await web.reload();
    await web.preview.waitFor();
    expect(await web.scene.inputValue()).toBe('Snow falls');
    expect(await web.page.getByLabel('Length').inputValue()).toBe('10');
  });
});
