// @ts-check

// Plain JavaScript, because the page in the browser loads this very file, too.

/** @typedef {'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'gif'} PictureType The kinds of picture that can be animated. */

/** @typedef {'svg' | 'bmp' | 'tiff' | 'jxl' | 'jp2' | 'ico' | 'cgbi'} OtherPicture Kinds that are not read here: a refusal names them. */

/**
 * What the first bytes say a file is: a usable picture, or something that people send by mistake.
 * @typedef {PictureType | OtherPicture | 'empty' | 'pdf' | 'text' | 'video' | 'unknown-type'} Sniffed
 */

/** Bytes of a file that are looked at: enough for an SVG's XML declaration, its doctype and a comment before `<svg`. */
export const HEAD_BYTES = 4096;

/**
 * Where files of a kind carry the given Latin-1 characters; a `?` is any. Brands of ISO media files are told apart below.
 * @type {[at: number, magic: string, is: Sniffed][]}
 */
const SIGNATURES = [
  [0, '\xff\xd8\xff', 'jpeg'],
  [0, '\x89PNG\r\n\x1a\n????CgBI', 'cgbi'], // Apple's own, as it lies in apps: no other program reads it
  [0, '\x89PNG\r\n\x1a\n', 'png'],
  [0, 'GIF87a', 'gif'],
  [0, 'GIF89a', 'gif'],
  [0, 'RIFF????WEBP', 'webp'],
  [0, 'RIFF????AVI ', 'video'],
  [0, 'II*\0', 'tiff'], // raw photos of most cameras among them
  [0, 'MM\0*', 'tiff'],
  [0, 'II+\0', 'tiff'], // of more than 4 GB
  [0, 'MM\0+', 'tiff'],
  [0, 'BM????????????\x0c\0\0\0', 'bmp'], // by the length of its header: words may begin like it
  [0, 'BM????????????\x28\0\0\0', 'bmp'],
  [0, 'BM????????????\x38\0\0\0', 'bmp'],
  [0, 'BM????????????\x6c\0\0\0', 'bmp'],
  [0, 'BM????????????\x7c\0\0\0', 'bmp'],
  [0, '\0\0\0\x0cJXL \r\n\x87\n', 'jxl'],
  [0, '\xff\x0a', 'jxl'],
  [0, '\0\0\0\x0cjP  \r\n\x87\n', 'jp2'],
  [0, '\xff\x4f\xff\x51', 'jp2'],
  [0, '\0\0\x01\0?\0????\0', 'ico'],
  [0, '\0\0\x02\0?\0????', 'ico'], // a pointer of a mouse
  [0, '%PDF-', 'pdf'],
  [0, '\x1a\x45\xdf\xa3', 'video'], // WebM, Matroska
  [0, '\x00\x00\x01\xba', 'video'], // MPEG program stream
  [0, 'FLV\x01', 'video'],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'video'], // WMV
  [4, 'moov', 'video'], // QuickTime from before `ftyp`
  [4, 'mdat', 'video'],
  [4, 'wide', 'video'],
];

/**
 * Brands of ISO/IEC 14496-12 files: https://www.iana.org/assignments/media-types and https://mp4ra.org/registered-types/brands
 * @type {Partial<Record<string, Sniffed>>}
 */
const BRANDS = {
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  heim: 'heic',
  heis: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  hevm: 'heic',
  hevs: 'heic',
  'crx ': 'unknown-type', // Canon's raw pictures
  'M4A ': 'unknown-type', // sound alone
  'M4B ': 'unknown-type',
};

/** @param {Sniffed} what @returns {what is PictureType} */
export const isPictureType = (what) => ['jpeg', 'png', 'webp', 'avif', 'heic', 'gif'].includes(what);

/**
 * Tells what a file is by its first bytes alone; names and declared types are not asked. Reads at most a few kilobytes.
 * @param {Uint8Array} bytes
 * @returns {Sniffed}
 */
export function sniff(bytes) {
  if (bytes.length === 0) return 'empty';
  const letters = latin1(bytes.subarray(0, HEAD_BYTES));
  const found = SIGNATURES.find(([at, magic]) =>
    [...magic].every((letter, i) => letter === '?' || letter === letters[at + i]),
  );
  if (found) return found[2];
  return letters.startsWith('ftyp', 4) ? sniffBrands(isoBrands(bytes)) : sniffText(letters);
}

/**
 * The brands of an ISO media file, the major one first; empty where it is none.
 * @param {Uint8Array} bytes
 */
export function isoBrands(bytes) {
  const letters = latin1(bytes.subarray(0, 256));
  if (letters.length < 12 || !letters.startsWith('ftyp', 4)) return [];
  const end = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), letters.length);
  const brands = [letters.slice(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(letters.slice(at, at + 4)); // bytes 12 to 15 are a version
  return brands;
}

/** @param {string[]} brands @returns {Sniffed} */
function sniffBrands(brands) {
  for (const brand of brands) {
    const is = BRANDS[brand];
    if (is) return is;
  }
  // `mif1` and `msf1` say "pictures inside" but not how they are coded: what people have is HEIC from a telephone.
  return brands.some((brand) => brand === 'mif1' || brand === 'msf1') ? 'heic' : 'video';
}

/** @param {string} letters @returns {Sniffed} */
function sniffText(letters) {
  const utf16 = letters.startsWith('\xff\xfe') || letters.startsWith('\xfe\xff');
  // Bytes that no text has; tab, line feed, form feed, carriage return and escape do occur.
  const isControl = (/** @type {string} */ letter) => letter < ' ' && !'\t\n\f\r\x1b'.includes(letter);
  if (!utf16 && Array.from(letters).some(isControl)) return 'unknown-type';
  const words = utf16 ? letters.replaceAll('\0', '') : letters;
  // A web page may contain a drawing; a drawing contains no web page.
  return /<svg[\s>]/i.test(words) && !/<html[\s>]|<!doctype html/i.test(words) ? 'svg' : 'text';
}

/** @param {Uint8Array} bytes A few kilobytes at most. */
const latin1 = (bytes) => String.fromCharCode(...bytes);
