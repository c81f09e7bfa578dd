import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { BadPicture } from '../../src/media/pictures/bad-picture.ts';
import { toDataUri } from '../../src/providers/http/data-uri.ts';
import { createKeyRing, jobIdOf, keyName, readJobId } from '../../src/providers/http/key-ring.ts';
import { decoder } from '../helpers/decoder.ts';
import { photo } from './support/photo.ts';

const LIMIT = 5_242_880;
const uriOf = (picture: Uint8Array, maxChars = LIMIT) => toDataUri(picture, { maxChars, decoder });
const decoded = (uri: string) => Buffer.from(uri.replace('data:image/jpeg;base64,', ''), 'base64');

describe('a picture as a data URI', () => {
  const size = { width: 320, height: 180 };

  it('is a JPEG untouched, where it fits', async () => {
    const jpeg = await sharp(await photo(size))
      .jpeg()
      .toBuffer();
    const uri = await uriOf(jpeg);
    expect(uri).toMatch(/^data:image\/jpeg;base64,\/9j\//);
    expect(Buffer.compare(decoded(uri), jpeg)).toBe(0);
  });

  it('becomes a JPEG of the same size, whatever it was', async () => {
    for (const type of ['png', 'webp'] as const) {
      const bytes = await sharp(await photo(size))
        .toFormat(type)
        .toBuffer();
      const { format, width, height } = await sharp(decoded(await uriOf(bytes))).metadata();
      expect({ format, width, height }).toEqual({ format: 'jpeg', ...size });
    }
  });

  it('is encoded smaller until it fits, and keeps its size in pixels', async () => {
    const jpeg = await sharp(await photo(size))
      .jpeg({ quality: 100 })
      .toBuffer();
    const lengths: number[] = [];
    for (const maxChars of [40_000, 20_000, 12_000]) {
      const uri = await uriOf(jpeg, maxChars);
      expect(uri.length).toBeLessThanOrEqual(maxChars);
      expect(await sharp(decoded(uri)).metadata()).toMatchObject(size);
      lengths.push(uri.length);
    }
    expect(new Set(lengths).size).toBeGreaterThan(1);
  });

  it('fits at the limit to the character', async () => {
    const jpeg = await sharp(await photo(size))
      .jpeg()
      .toBuffer();
    const { length } = await uriOf(jpeg);
    expect(await uriOf(jpeg, length)).toHaveLength(length);
    expect((await uriOf(jpeg, length - 1)).length).toBeLessThan(length);
  });

  it('shows what is transparent as white', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const png = await sharp({ create: { ...size, channels: 4, background: clear } })
      .png()
      .toBuffer();
    const { channels } = await sharp(decoded(await uriOf(png))).stats();
    expect(channels.map(({ min }) => min)).toEqual([255, 255, 255]);
  });

  it('is refused for what is no picture, and where nothing would fit', async () => {
    await expect(uriOf(Buffer.from('words'))).rejects.toThrow(BadPicture);
    await expect(uriOf((await photo(size)).subarray(0, 3_000))).rejects.toThrow(BadPicture);
    await expect(uriOf(await photo(size), 100)).rejects.toThrow(RangeError);
  });
});

describe('keys', () => {
  it('are known by eight hex digits that tell nothing, in the order of the setting, once each', () => {
    const ring = createKeyRing(['one', 'two', 'one']);
    expect(ring.names).toEqual([keyName('one'), keyName('two')]);
    expect(keyName('one')).toBe('7692c3ad'); // SHA-256, so the same in every version of this program
    expect(ring.byName(keyName('two'))).toEqual({ name: keyName('two'), secret: 'two' });
    expect(ring.byName('deadbeef')).toBeUndefined();
  });

  it('that cannot be keys are refused by their place, not by what they are', () => {
    for (const odd of ['', 'with space', 'line\nbreak', 'schlüssel']) {
      const making = () => createKeyRing(['fine', odd]);
      expect(making).toThrow('Key number 2');
      if (odd !== '') expect(making).not.toThrow(odd);
    }
  });

  it('are part of a job’s id', () => {
    expect(readJobId(jobIdOf('7692c3ad', '5c29105e-bd20'))).toEqual({ key: '7692c3ad', externalId: '5c29105e-bd20' });
    for (const id of ['5c29105e-bd20', ':x', '7692c3ad:', '7692c3ad:../x', '7692c3ad:.', '7692c3ad:a b', '7692c3a:x'])
      expect(readJobId(id)).toBeUndefined();
  });
});
