import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BadPicture } from '../../src/media/pictures/bad-picture.ts';
import { inspectPicture, MAX_PICTURE_BYTES } from '../../src/media/pictures/inspect.ts';
import { box, computedMs, cornered, encode, FORMATS, ftyp, refusalOf } from './fixtures.ts';
import { svgAsWebp, tiffAsWebp } from './hostile.ts';

const text = (words: string) => Buffer.from(words);
const bytes = (latin1: string) => Buffer.from(latin1.padEnd(400, '\0'), 'latin1');

describe('a picture that can be animated', () => {
  test.each(FORMATS)('is known by its bytes as %s', async (format) => {
    expect(inspectPicture(await encode(cornered({ width: 700, height: 400 }), format))).toBe(format);
  });
});

test.each([
  ['a photo from an iPhone', ftyp('heic', 'mif1', 'heic')],
  ['one that calls itself a mere picture', ftyp('mif1', 'mif1', 'heic', 'hevc')],
  ['of an unnamed coding', ftyp('mif1', 'mif1')],
  ['a burst', ftyp('hevc', 'msf1')],
])('HEIC is known by its brands: %s', (_, file) => {
  expect(inspectPicture(file)).toBe('heic');
});

describe('what people send by mistake is called by its name', () => {
  test.each([
    ['nothing at all', Buffer.alloc(0), 'empty'],
    ['a drawing', text('<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"/>'), 'svg'],
    ['a drawing with a preamble', text('\ufeff<?xml version="1.0"?>\n<!-- made by hand -->\n<svg width="9"/>'), 'svg'],
    ['a document', bytes('%PDF-1.7\n%\xe2\xe3\xcf\xd3'), 'pdf'],
    ['words', text('waves roll in, slow zoom'), 'text'],
    ['words of another alphabet', text('волны накатывают'), 'text'],
    ['words in UTF-16', Buffer.from('\ufeffwaves', 'utf16le'), 'text'],
    ['a web page with a drawing in it', text('<!DOCTYPE html><html><body><svg></svg></body></html>'), 'text'],
    ['an answer of some API', text('{"error":"not found"}'), 'text'],
    ['an MP4', ftyp('isom', 'iso2', 'avc1', 'mp41'), 'video'],
    ['a film from an iPhone', ftyp('qt  '), 'video'],
    ['a film from an old camera', box('moov', Buffer.alloc(100)), 'video'],
    ['a WebM', bytes('\x1a\x45\xdf\xa3'), 'video'],
    ['an AVI', bytes('RIFF\x00\x00\x00\x00AVI LIST'), 'video'],
    ['a drawing with a WebP’s letters in their place', svgAsWebp(), 'svg'],
    ['a TIFF with the same', tiffAsWebp(), 'tiff'],
    ['a TIFF', bytes('II*\0'), 'tiff'],
    ['a TIFF of the other byte order', bytes('MM\0*'), 'tiff'],
    ['a BMP', bytes('BM\x36\x10\x0e\0\0\0\0\0\x36\0\0\0\x28\0\0\0'), 'bmp'],
    ['words that begin like one', text('BMW drives by, the camera follows it slowly'), 'text'],
    ['a JPEG XL', bytes('\xff\x0a'), 'jxl'],
    ['a JPEG XL in a container', bytes('\0\0\0\x0cJXL \r\n\x87\n'), 'jxl'],
    ['a JPEG 2000', bytes('\0\0\0\x0cjP  \r\n\x87\n'), 'jp2'],
    ['a JPEG 2000 without a container', bytes('\xff\x4f\xff\x51'), 'jp2'],
    ['an icon', bytes('\0\0\x01\0\x02\0\x20\x20\0\0'), 'ico'],
    ['a PNG from within an app', bytes('\x89PNG\r\n\x1a\n\0\0\0\x04CgBI'), 'cgbi'],
    ['a Photoshop file', bytes('8BPS\0\x01'), 'unknown-type'],
    ['a JPEG XL', box('JXL ', bytes('\r\n\x87\n')), 'unknown-type'],
    ['a bitmap', bytes('BM\0\0\0\0'), 'unknown-type'],
    ['a ZIP', bytes('PK\x03\x04'), 'unknown-type'],
    ['a raw photo', ftyp('crx ', 'crx ', 'isom'), 'unknown-type'],
  ])('%s', async (_, file, problem) => {
    expect(await refusalOf(() => inspectPicture(file))).toEqual({ type: problem });
  });

  test('an AVIF is not taken for a HEIC, whichever brand comes first', () => {
    expect(inspectPicture(ftyp('avif', 'avif', 'mif1', 'miaf'))).toBe('avif');
    expect(inspectPicture(ftyp('mif1', 'mif1', 'miaf', 'avif'))).toBe('avif');
    expect(inspectPicture(ftyp('avis', 'msf1', 'avif'))).toBe('avif');
  });

  test('a film of thirty megabytes is refused as a film, not for its weight', async () => {
    const film = Buffer.concat([ftyp('isom'), Buffer.alloc(30_000_000)]);
    expect(await refusalOf(() => inspectPicture(film))).toEqual({ type: 'video' });
  });
});

describe('limits', () => {
  test('a picture over 25 MB is refused, one of 25 MB is not', async () => {
    const picture = await cornered({ width: 700, height: 400 }).jpeg().toBuffer();
    const heavy = Buffer.concat([picture, Buffer.alloc(MAX_PICTURE_BYTES - picture.length)]);
    expect(inspectPicture(heavy)).toBe('jpeg');
    expect(await refusalOf(() => inspectPicture(Buffer.concat([heavy, Buffer.alloc(1)])))).toEqual({
      type: 'too-many-bytes',
      maxBytes: MAX_PICTURE_BYTES,
    });
  });
});

describe('hostile bytes', () => {
  test('bytes of any kind are refused as a bad picture or called a picture, and nothing else is thrown', () => {
    const magic = fc.constantFrom(
      '',
      '\xff\xd8\xff\xe1',
      '\x89PNG\r\n\x1a\n',
      'GIF89a',
      'RIFF\0\0\0\0WEBPVP8X',
      '\0\0\0\x1cftypavif',
    );
    fc.assert(
      fc.property(magic, fc.uint8Array({ maxLength: 600 }), (start, rest) => {
        try {
          inspectPicture(Buffer.concat([Buffer.from(start, 'latin1'), rest]));
        } catch (error) {
          expect(error).toBeInstanceOf(BadPicture);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([0x00, 0x01, 0x41, 0xff])(
    '25 MB of %i behind the first bytes of a JPEG do not stall the program',
    (filler) => {
      const file = Buffer.alloc(MAX_PICTURE_BYTES, filler);
      file.set([0xff, 0xd8, 0xff, 0xe0]);
      const started = computedMs();
      inspectPicture(file);
      expect(computedMs() - started).toBeLessThan(1_000); // some 25 ms; without a bound, many seconds
    },
  );
});
