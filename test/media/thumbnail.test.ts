import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { BadPicture } from '../../src/media/pictures/bad-picture.ts';
import type { Decoder } from '../../src/media/pictures/decoder/decoder.ts';
import { createThumbnails } from '../../src/media/pictures/thumbnails.ts';
import { decoder } from '../helpers/decoder.ts';
import { alike, CORNERS, colourAt, cornered, encode, flat, noisy } from './fixtures.ts';

const thumbnailOf = (picture: Uint8Array) => createThumbnails({ decoder }).of('its hash', () => [picture]);

const FITS = { width: 1280, height: 720 };
const rawOf = (thumbnail: Uint8Array) => sharp(thumbnail).raw().toBuffer();

/** What Telegram takes: https://core.telegram.org/bots/api#sendvideo */
const MAX_BYTES = 200_000;

/** Every pixel of a colour of its own, so that nothing of it can be left out. */
function worst(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let at = 0; at < pixels.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[at] = state >>> 24;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

describe('a thumbnail', () => {
  test.each([
    { of: 'a landscape', from: { width: 1280, height: 720 }, to: { width: 320, height: 180 } },
    { of: 'a portrait', from: { width: 720, height: 1280 }, to: { width: 180, height: 320 } },
    { of: 'a square', from: { width: 900, height: 900 }, to: { width: 320, height: 320 } },
    { of: 'a ribbon', from: { width: 6400, height: 400 }, to: { width: 320, height: 20 } },
    { of: 'a picture of 12 megapixels', from: { width: 4000, height: 3000 }, to: { width: 320, height: 240 } },
    { of: 'something smaller still', from: { width: 200, height: 100 }, to: { width: 200, height: 100 } },
  ])('of $of is a JPEG of at most 320 pixels a side, of the same shape', async ({ from, to }) => {
    const thumbnail = await thumbnailOf(await noisy(from).jpeg().toBuffer());
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'jpeg', ...to });
    expect(thumbnail.length).toBeLessThan(MAX_BYTES);
  });

  test('of pure noise, the worst there is, stays below 200 kB', async () => {
    const thumbnail = await thumbnailOf(await worst(320, 320).png().toBuffer());
    expect(thumbnail.length).toBeGreaterThan(20_000);
    expect(thumbnail.length).toBeLessThan(MAX_BYTES);
  });

  test('has nothing in it but pixels', async () => {
    const told = flat({ width: 1280, height: 720 }, '#3366aa')
      .withExif({ IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitude: '48/1 0/1 0/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
      .withIccProfile('p3');
    const picture = await told.jpeg().toBuffer();
    expect(await sharp(picture).metadata()).toMatchObject({ exif: expect.anything(), xmp: expect.anything() });
    const { exif, xmp, icc, iptc } = await sharp(await thumbnailOf(picture)).metadata();
    expect({ exif, xmp, icc, iptc }).toEqual({});
  });

  test('is the right way up, whichever way its pixels lie', async () => {
    const size = { width: 800, height: 600 };
    const turned = await cornered(size).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const thumbnail = await thumbnailOf(turned);
    expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 240, height: 320 });
    // A quarter turn clockwise: what lay at the bottom left is now at the top left.
    expect(alike(await colourAt(thumbnail, 0.05, 0.05), CORNERS.bottomLeft)).toBe(true);
    expect(alike(await colourAt(thumbnail, 0.95, 0.05), CORNERS.topLeft)).toBe(true);
  });

  test('of a picture one can see through lies on white', async () => {
    const clear = { create: { width: 640, height: 480, channels: 4 as const, background: '#00000000' } };
    const thumbnail = await thumbnailOf(await sharp(clear).png().toBuffer());
    expect(alike(await colourAt(thumbnail, 0.5, 0.5), [255, 255, 255])).toBe(true);
  });

  test.each(['jpeg', 'png', 'webp'] as const)('is made of a %s', async (format) => {
    const thumbnail = await thumbnailOf(await encode(cornered({ width: 1280, height: 720 }), format));
    expect(alike(await colourAt(thumbnail, 0.05, 0.05), CORNERS.topLeft)).toBe(true);
  });

  test('of what is no picture is refused', async () => {
    await expect(thumbnailOf(Buffer.from('no picture'))).rejects.toThrow(BadPicture);
  });

  test.each([
    { of: 'that is cropped', picture: noisy({ width: 1500, height: 1100 }).jpeg() },
    { of: 'that passes as it is', picture: noisy(FITS).jpeg() },
    { of: 'that passes as it is, of another kind', picture: noisy(FITS).webp() },
  ])('of a picture $of comes from the decoding that fits it, and is the same', async ({ picture }) => {
    const file = await picture.toBuffer();
    const { bytes = file, thumbnail } = await decoder.fit(() => [file], { fit: 'crop', sizes: [FITS] });
    const [fromFit, later] = [await rawOf(thumbnail), await rawOf(await thumbnailOf(bytes))];
    expect(fromFit.length).toBe(later.length);
    const apart = fromFit.reduce((sum, value, at) => sum + Math.abs(value - (later[at] ?? 0)), 0) / later.length;
    expect(apart).toBeLessThan(3);
  });

  test('that is kept is not made anew, and the oldest gives way', async () => {
    const convert = vi.fn<Decoder['convert']>(async () => ({ bytes: Buffer.from('made'), size: FITS }));
    const thumbnails = createThumbnails({ decoder: { convert } });
    thumbnails.keep('a', Buffer.from('fitted'));
    expect(String(await thumbnails.of('a', () => []))).toBe('fitted');
    for (let n = 0; n < 100; n++) thumbnails.keep(`${n}`, Buffer.from('another'));
    expect(convert).not.toHaveBeenCalled();
    expect(String(await thumbnails.of('a', () => []))).toBe('made');
    expect(String(await thumbnails.of('a', () => []))).toBe('made');
    expect(convert).toHaveBeenCalledOnce();
  });
});
