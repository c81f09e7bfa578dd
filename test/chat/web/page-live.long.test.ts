import { describe, expect, test } from 'vitest';
import { noBrowser } from '../../helpers/browser.ts';
import { STAGES } from '../../helpers/web-mock-tasks.ts';
import { PHONE, type WebPage } from '../../helpers/web-page.ts';
import { useStage } from '../../helpers/web-stage.ts';

describe.skipIf(noBrowser)('what the page shows', () => {
  const { open, picture } = useStage();
  const atEnd = ({ page }: WebPage) =>
    page.evaluate<boolean>('innerHeight + scrollY >= document.documentElement.scrollHeight - 2');

  test('follows a task from state to state, and two windows see the same', async () => {
    const { mock, web } = await open();
    const other = await web.another();
    const { taskId } = mock.add({ scene: 'Snow falls' });
    for (const stage of ['queued', 'rendering', 'delivered'] as const) {
      mock.set(taskId, stage);
      for (const { card } of [web, other]) {
        if (stage === 'delivered') await card('Snow falls').getByRole('link', { name: 'Download' }).waitFor();
        else await card('Snow falls').getByText(STAGES[stage].status).waitFor();
      }
    }
    await (await web.inMenu(web.card('Snow falls'), 'Delete')).click();
    await web.page.getByRole('button', { name: 'Undo' }).waitFor();
    expect(await other.card('Snow falls').count(), 'it may still be taken back').toBe(1);
    await other.card('Snow falls').waitFor({ state: 'detached' });
    await other.page.getByRole('heading', { name: 'Bring a picture to life' }).waitFor();
  });

  test('what others asked for is announced to nobody else', async () => {
    const { mock, web } = await open({ before: "Object.defineProperty(document, 'hidden', { get: () => true })" });
    const theirs = mock.add({ scene: 'Rain falls', isMine: false });
    const own = mock.add({ scene: 'Snow falls' });
    await web.card('Snow falls').waitFor();
    const title = await web.page.title();
    mock.set(theirs.taskId, 'delivered');
    await web.clip(web.card('Rain falls')).waitFor();
    expect(await web.page.title()).toBe(title);
    expect(await web.page.locator('#spoken').textContent()).not.toContain('Rain falls');
    mock.set(own.taskId, 'delivered');
    await expect.poll(() => web.page.title()).not.toBe(title);
    expect(await web.page.locator('#spoken').textContent()).toContain('Snow falls');
  });

  test('after a look at one’s own the next older ones of all follow without a gap', async () => {
    const setUp = ({ add }: { add: (view: { scene: string; isMine: boolean; askedAt: number }) => unknown }) => {
      for (let n = 1; n <= 9; n++) add({ scene: `Take ${n}.`, isMine: n === 1, askedAt: n });
    };
    const { web } = await open({ pageSize: 3, setUp });
    const takes = async () => (await web.cards.locator('.scene').allTextContents()).join(' ');
    await expect.poll(takes).toBe('Take 7. Take 8. Take 9.');
    await web.page.getByRole('radio', { name: 'Mine' }).check({ force: true });
    await expect.poll(takes).toBe('Take 1.');
    await web.page.getByRole('radio', { name: 'Everybody’s' }).check({ force: true });
    await web.page.getByRole('button', { name: 'Show older' }).click();
    await expect.poll(takes).toBe('Take 1. Take 4. Take 5. Take 6. Take 7. Take 8. Take 9.');
  });

  test('a window that nobody sees holds no connection, except for a clip of one’s own, and reads anew when it is seen', async () => {
    const before = `
      const later = setTimeout, close = EventSource.prototype.close;
      window.isAway = false; window.closings = 0; window.looks = 0;
      window.setTimeout = (does, ms, ...more) =>
        later(ms === 60_000 ? () => { window.looks++; does(); } : does, ms === 60_000 ? 20 : ms, ...more);
      EventSource.prototype.close = function () { window.closings++; close.call(this); };
      Object.defineProperty(document, 'hidden', { get: () => window.isAway });`;
    const { mock, web } = await open({ before });
    const look = (isAway: boolean) =>
      web.page.evaluate(`window.isAway = ${isAway}; document.dispatchEvent(new Event('visibilitychange'))`);
    const counted = (what: 'closings' | 'looks') => web.page.evaluate<number>(`window.${what}`);
    const { taskId } = mock.add({ scene: 'Snow falls' });
    await web.card('Snow falls').waitFor();
    await look(true);
    await expect.poll(() => counted('looks')).toBeGreaterThan(2);
    expect(await counted('closings')).toBe(0);
    mock.set(taskId, 'delivered');
    await expect.poll(() => counted('closings')).toBe(1);
    mock.add({ scene: 'Rain falls' });
    await look(false);
    await web.card('Rain falls').waitFor();
  });

  test('never goes back to an older view of a task', async () => {
    const { mock, web } = await open();
    const { taskId } = mock.add({ scene: 'Snow falls' });
    mock.set(taskId, 'rendering');
    await web.card('Snow falls').getByText('Rendering 40 %').waitFor();
    mock.publish('task', { ...mock.tasks.get(taskId), ...STAGES.queued, revision: 1 });
    mock.add({ scene: 'Rain falls' });
    await web.card('Rain falls').waitFor();
    expect(await web.card('Snow falls').locator('.status').textContent()).toContain('Rendering 40 %');
  });

  test('does not jump when the clip takes the place of the picture', async () => {
    const { mock, web } = await open({ reducedMotion: 'no-preference' });
    const { taskId } = mock.add({ scene: 'Snow falls' });
    mock.set(taskId, 'rendering');
    const card = web.card('Snow falls');
    await card.getByText('Rendering').waitFor();
    await web.page.evaluate(
      'Promise.all(document.getAnimations().map(({ finished, effect }) => effect.getComputedTiming().iterations < 9 && finished))',
    );
    const before = await card.boundingBox();
    mock.set(taskId, 'delivered');
    await web.clip(card).waitFor();
    expect(await card.boundingBox()).toEqual(before);
    expect(await web.clip(card).boundingBox()).toEqual(await card.locator('img').boundingBox());
  });

  test('tells on the card of what was asked for, while it is at work, what is left for today', async () => {
    const { mock, web } = await open();
    const left = 'You have 1 more clip today.';
    mock.fate({ note: left });
    await web.choose(picture());
    await web.scene.fill('Snow falls');
    await web.send.click();
    const note = web.card('Snow falls').getByText(left);
    await note.waitFor();
    const taskId = [...mock.tasks.keys()].at(-1) ?? '';
    mock.set(taskId, 'rendering');
    await web.card('Snow falls').getByText('Rendering 40 %').waitFor();
    expect(await note.isVisible()).toBe(true);
    mock.set(taskId, 'delivered');
    await note.waitFor({ state: 'detached' });
  });

  test('cancels what is under way', async () => {
    const { mock, web } = await open();
    mock.set(mock.add({ scene: 'Snow falls' }).taskId, 'rendering');
    await web.button(web.card('Snow falls'), 'Cancel').click();
    await web.card('Snow falls').getByText('Cancelled').waitFor();
  });

  test('stands still for those who want it so: a clip waits for its button', async () => {
    const { mock, web } = await open();
    mock.set(mock.add({ scene: 'Snow falls' }).taskId, 'delivered');
    const clip = web.clip(web.card('Snow falls'));
    await clip.scrollIntoViewIfNeeded();
    mock.set(mock.add({ scene: 'Rain falls' }).taskId, 'rendering');
    await web.card('Rain falls').getByText('Rendering').waitFor();
    expect(await clip.evaluate(({ paused }: { paused: boolean }) => paused)).toBe(true);
    expect(await web.page.evaluate('document.getAnimations().length')).toBe(0);
  });

  test.each([
    ['a notification', 'granted', { said: ['The clip is ready: \u2068Snow falls\u2069'], notes: 0 }],
    ['a soft sound where those are not allowed', 'denied', { said: [], notes: 2 }],
  ])('tells who looks elsewhere, and asked for it once, by %s', async (_way, permission, heard) => {
    const before = `
      const heard = (window.heard = { said: [], notes: 0, asked: 0 });
      window.Notification = class {
        static permission = localStorage.permission ?? 'default';
        static async requestPermission() { heard.asked++; return (localStorage.permission = this.permission = '${permission}'); }
        constructor(title, { body }) { heard.said.push(body); }
        close() {}
      };
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function (at) { heard.notes++; start.call(this, at); };
      Object.defineProperty(document, 'hidden', { get: () => window.isElsewhere === true });`;
    const { mock, web } = await open({ before });
    const end = async (scene: string, isElsewhere = true) => {
      const { taskId } = mock.add({ scene });
      mock.set(taskId, 'rendering');
      await web.card(scene).getByText('Rendering').waitFor();
      await web.page.evaluate(`window.isElsewhere = ${isElsewhere}`);
      mock.set(taskId, 'delivered');
      await web.card(scene).getByRole('link', { name: 'Download' }).waitFor();
    };
    const found = () => web.page.evaluate('window.heard');
    await end('Nobody asked');
    expect(await found()).toEqual({ said: [], notes: 0, asked: 0 });
    await web.page.evaluate('window.isElsewhere = false');

    mock.set(mock.add({ scene: 'Hail falls' }).taskId, 'rendering');
    const bell = web.button(web.card('Hail falls'), 'Tell me when it is done');
    await bell.click();
    await expect.poll(() => bell.getAttribute('aria-pressed')).toBe('true');
    expect(await web.axe()).toEqual([]);
    await end('Seen by who is here', false);
    await end('Snow falls');
    expect(await found()).toEqual({ ...heard, asked: 1 });
    expect(await web.page.title()).toBe('Clip ready – Kinora');

    await web.reload();
    await web.page.evaluate('window.isElsewhere = true');
    await expect.poll(() => bell.getAttribute('aria-pressed')).toBe('true');
    await bell.click();
    await end('Rain falls');
    expect(await found()).toEqual({ said: [], notes: 0, asked: 0 });
  });

  describe('when the connection breaks', () => {
    test('says so calmly, catches up with what happened meanwhile, and sends what waited', async () => {
      const { mock, web } = await open();
      const { taskId } = mock.add({ scene: 'Snow falls' });
      const gone = mock.add({ scene: 'Hail falls' });
      await web.card('Hail falls').waitFor();
      await mock.offline();
      await web.connection.filter({ hasText: 'Connection lost' }).waitFor();
      expect(await web.axe()).toEqual([]);
      await web.choose(picture());
      await web.scene.fill('Rain falls');
      await web.send.click();
      await web.card('Rain falls').getByText('No connection').waitFor();
      mock.set(taskId, 'delivered');
      mock.remove(gone.taskId);
      await mock.online();
      await web.card('Snow falls').getByRole('link', { name: 'Download' }).waitFor();
      await web.card('Rain falls').getByText('Looking at your picture').waitFor();
      await web.card('Hail falls').waitFor({ state: 'detached' });
      expect(await web.connection.textContent()).toBe('');
      expect(await web.cards.count()).toBe(2);
    });

    test('starts anew where the browser gave up for good', async () => {
      const { mock, web } = await open();
      mock.answerEvents(503);
      await mock.offline();
      await mock.online();
      await web.connection.filter({ hasText: 'Connection lost' }).waitFor();
      mock.answerEvents(200);
      mock.add({ scene: 'Snow falls' });
      await web.card('Snow falls').waitFor();
    });

    test('asks for the password where the session ended, and what was begun is still there', async () => {
      const { mock, web } = await open();
      await web.scene.fill('Snow falls');
      mock.lock();
      await mock.offline();
      await mock.online();
      const password = web.page.getByLabel('Password');
      await password.fill('guess');
      await password.press('Enter');
      await web.page.getByText('That is not the password.').waitFor();
      expect(await web.axe()).toEqual([]);
      await password.fill('open sesame');
      await password.press('Enter');
      await web.scene.waitFor();
      expect(await web.scene.inputValue()).toBe('Snow falls');
    });
  });

  describe('a long conversation', () => {
    const many = (count: number) => (mock: { add: (view: { scene: string; askedAt: number }) => unknown }) => {
      for (let n = 1; n <= count; n++) mock.add({ scene: `Take ${n}.`, askedAt: n });
    };

    test('begins at its newest end, and shows older ones on demand without moving what is read', async () => {
      const { web } = await open({ pageSize: 5, setUp: many(12) });
      await web.card('Take 12.').waitFor();
      expect(await web.cards.count()).toBe(5);
      await expect.poll(() => atEnd(web)).toBe(true);
      const older = web.page.getByRole('button', { name: 'Show older' });
      await older.click();
      await web.card('Take 3.').waitFor();
      const names = await web.cards.locator('.scene').allTextContents();
      expect(names).toEqual(Array.from({ length: 10 }, (_, n) => `Take ${n + 3}.`));
      expect(await web.card('Take 8.').evaluate(inWindow)).toBe(true);
      await older.click();
      await web.card('Take 1.').waitFor();
      expect(await older.isVisible()).toBe(false);
    });

    test('follows its newest end only for those who are there', async () => {
      const { mock, web } = await open({ pageSize: 5, setUp: many(5) });
      await expect.poll(() => atEnd(web)).toBe(true);
      mock.add({ scene: 'Snow falls' });
      await web.card('Snow falls').waitFor();
      await expect.poll(() => atEnd(web)).toBe(true);
      await web.page.evaluate('scrollTo(0, 300)');
      const newest = web.page.getByRole('button', { name: 'Newest' });
      await newest.waitFor();
      mock.add({ scene: 'Rain falls' });
      await web.card('Rain falls').waitFor();
      expect(await web.page.evaluate('Math.round(scrollY)')).toBe(300);
      await newest.click();
      await expect.poll(() => atEnd(web)).toBe(true);
    });
  });

  describe.each([
    ['light on a desk', { colorScheme: 'light' }],
    ['dark on a telephone', { colorScheme: 'dark', ...PHONE }],
  ] as const)('is accessible and as wide as the window: %s', (_, options) => {
    test('in every state', async () => {
      const { mock, web } = await open(options);
      const states: Record<string, string[]> = {};
      const look = async (state: string) => {
        const [overflow, found] = [await web.overflow(), await web.axe()];
        states[state] = [...found, ...(overflow > 0 ? [`${overflow} px too wide`] : [])];
      };
      await look('empty');
      await web.choose(picture());
      await web.preview.waitFor();
      await web.more();
      await look('chosen, options open');
      await web.more();
      await web.scene.fill('Snow falls');
      mock.fate('hold');
      await web.send.click();
      await web.card('Snow falls').getByText('Sending').waitFor();
      await look('sending');
      mock.release();
      const card = web.card('Snow falls');
      await card.getByText('Looking at').waitFor();
      const taskId = [...mock.tasks.keys()][0] ?? '';
      for (const stage of ['queued', 'rendering', 'failed'] as const) {
        mock.set(taskId, stage);
        await card.getByText(STAGES[stage].status).waitFor();
        await look(stage);
      }
      mock.set(mock.add({ scene: `Rain ${'and more rain '.repeat(12)}${'x'.repeat(30)}` }).taskId, 'delivered');
      const done = web.card('Rain and');
      await web.button(done, 'Edit scene').waitFor();
      await look('done');
      await web.button(done, 'Edit scene').click();
      await look('editing');
      await web.page.keyboard.press('Escape');
      await web.button(done, 'More').click();
      await look('more');
      await web.button(done, 'Delete').click();
      await web.page.getByRole('button', { name: 'Undo' }).waitFor();
      await look('deleted');
      expect(states).toEqual(Object.fromEntries(Object.keys(states).map((state) => [state, []])));
    });
  });
});

/** Runs in the browser. */
function inWindow(element: { getBoundingClientRect(): { top: number; bottom: number } }): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < Reflect.get(globalThis, 'innerHeight');
}
