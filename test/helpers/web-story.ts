import { buffer } from 'node:stream/consumers';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PictureFile, WebPage } from './web-page.ts';

/** How somebody uses the page. */
export interface Hand {
  choose(file: PictureFile): Promise<void>;
  press(button: Locator): Promise<void>;
  /** Writes over what is there, and sends it. */
  writeAndSend(field: Locator, text: string, send: Locator): Promise<void>;
}

/** Taps that come sooner, about where the last was, are one double tap to a browser, as no person means them. */
const TAPS_APART_MS = 400;

export function pointer({ page }: WebPage, { touch = false } = {}): Hand {
  async function press(button: Locator): Promise<void> {
    if (!touch) return button.click();
    await button.tap();
    await page.waitForTimeout(TAPS_APART_MS);
  }
  return {
    press,
    choose: (file) => chooseBy(page, file, () => press(page.getByRole('button', { name: 'Choose a picture' }))),
    async writeAndSend(field, text, send) {
      await field.fill(text);
      await press(send);
    },
  };
}

/** Tab, Enter and letters, nothing else: what cannot be reached so fails. */
export function keyboard({ page }: WebPage): Hand {
  async function reach(target: Locator): Promise<void> {
    await target.waitFor();
    for (let steps = 0; steps < 60; steps++) {
      if ((await target.and(page.locator(':focus')).count()) > 0) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key never came to ${target}`);
  }
  async function press(button: Locator): Promise<void> {
    await reach(button);
    await page.keyboard.press('Enter');
  }
  return {
    press,
    choose: (file) => chooseBy(page, file, () => press(page.getByRole('button', { name: 'Choose a picture' }))),
    async writeAndSend(field, text) {
      await reach(field);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
  };
}

async function chooseBy(page: Page, file: PictureFile, open: () => Promise<void>): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await open();
  await (await chooser).setFiles(file);
}

/**
 * The whole way of a newcomer, from an empty page to a clip, its next takes and its end. Every wait is for something
 * that a person would see, so it holds for a stand-in server and for the real program alike.
 */
export async function story(
  web: WebPage,
  hand: Hand,
  { picture, doneMs = 10_000 }: { picture: PictureFile; doneMs?: number },
) {
  const { page, cards, card, clip, button } = web;
  const done = (one: Locator) => one.getByRole('link', { name: 'Download' }).waitFor({ timeout: doneMs });
  await page.getByRole('heading', { name: 'Bring a picture to life' }).waitFor();

  await hand.choose(picture);
  await web.preview.waitFor();
  await hand.writeAndSend(web.scene, 'The sun sinks, slow zoom in', web.send);
  const first = card('The sun sinks').first();
  await first.waitFor();
  expect(await web.scene.inputValue(), 'the composer is free for the next one').toBe('');
  await done(first);
  await expectPlaying(clip(first));
  await expectDownload(page, () => hand.press(first.getByRole('link', { name: 'Download' })));

  await hand.press(button(first, 'Again'));
  const second = card('The sun sinks').nth(1);
  await done(second);

  await hand.press(button(second, 'Edit scene'));
  const field = second.getByRole('textbox', { name: 'New scene' });
  expect(await field.inputValue()).toBe('The sun sinks, slow zoom in');
  await hand.writeAndSend(field, 'Clouds drift to the left', button(second, 'Animate'));
  const third = card('Clouds drift');
  await done(third);
  expect(await cards.count()).toBe(3);

  await web.reload();
  await third.waitFor();
  expect(await cards.count(), 'the conversation outlives a reload').toBe(3);

  for (const isMeant of [false, true]) {
    await hand.press(button(third, 'More'));
    await hand.press(button(third, 'Delete'));
    await third.waitFor({ state: 'detached' });
    expect(await cards.count()).toBe(2);
    if (isMeant) await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    else await hand.press(page.getByRole('button', { name: 'Undo' }));
  }
  expect(await cards.count()).toBe(2);
  await expect
    .poll(() => cards.and(page.locator(':focus')).count(), { message: 'the keyboard goes on beside what was deleted' })
    .toBe(1);
}

/** Of an HTMLVideoElement: the types of the browser are not those of this program. */
interface Video {
  currentTime: number;
  loop: boolean;
  muted: boolean;
  controls: boolean;
  playsInline: boolean;
  poster: string;
}

/** The clip moves by itself, silently, again and again, within the page. */
async function expectPlaying(clip: Locator): Promise<void> {
  await clip.scrollIntoViewIfNeeded();
  await expect.poll(() => clip.evaluate((video: Video) => video.currentTime), { timeout: 10_000 }).toBeGreaterThan(0);
  const how = await clip.evaluate(({ loop, muted, controls, playsInline, poster }: Video) => ({
    loop,
    muted,
    controls,
    playsInline,
    poster,
  }));
  expect(how).toEqual({
    loop: true,
    muted: true,
    controls: false,
    playsInline: true,
    poster: expect.stringContaining('/picture'),
  });
}

async function expectDownload(page: Page, press: () => Promise<void>): Promise<void> {
  const download = page.waitForEvent('download');
  await press();
  const bytes = await buffer(await (await download).createReadStream());
  expect(bytes.subarray(4, 8).toString(), 'an MP4 is what one gets').toBe('ftyp');
}
