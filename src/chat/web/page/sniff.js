// @ts-check

/** @typedef {'picture' | 'empty' | 'heic' | 'svg' | 'pdf' | 'text' | 'video' | 'unknown-type'} Sniffed */

/** As much of a file as is looked at. */
export const HEAD_BYTES = 4096;

/** Where files carry the given Latin-1 characters; a test holds this against the server's own list. @type {[number, string, Sniffed][]} */
const SIGNATURES = [
  [0, '\xff\xd8\xff', 'picture'], // JPEG
  [0, '\x89PNG\r\n\x1a\n', 'picture'],
  [0, 'GIF87a', 'picture'],
  [0, 'GIF89a', 'picture'],
  [8, 'WEBP', 'picture'],
  [8, 'AVI ', 'video'],
  [0, '%PDF-', 'pdf'],
  [0, '\x1a\x45\xdf\xa3', 'video'], // WebM, Matroska
  [0, '\x00\x00\x01\xba', 'video'], // MPEG program stream
  [0, 'FLV\x01', 'video'],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'video'], // WMV
  [4, 'moov', 'video'],
  [4, 'mdat', 'video'],
  [4, 'wide', 'video'],
];

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];
const OTHER_BRANDS = ['crx ', 'M4A ', 'M4B ']; // Canon's raw pictures, sound alone

/**
 * Tells what a file is by its first bytes alone: names and declared types lie.
 * @param {Uint8Array} head
 * @returns {Sniffed}
 */
export function sniff(head) {
  if (head.length === 0) return 'empty';
  const letters = Array.from(head.subarray(0, HEAD_BYTES), (byte) => String.fromCharCode(byte)).join('');
  const found = SIGNATURES.find(([at, magic]) => letters.startsWith(magic, at));
  if (found) return found[2];
  return letters.startsWith('ftyp', 4) ? sniffBrands(brandsOf(head, letters)) : sniffText(letters);
}

/**
 * The brands of an ISO media file, the major one first; bytes 12 to 15 are a version.
 * @param {Uint8Array} head
 * @param {string} letters
 */
function brandsOf(head, letters) {
  if (letters.length < 12) return [];
  const end = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), letters.length, 256);
  const brands = [letters.slice(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(letters.slice(at, at + 4));
  return brands;
}

/** @param {string[]} brands @returns {Sniffed} */
function sniffBrands(brands) {
  for (const brand of brands) {
    if (brand === 'avif' || brand === 'avis') return 'picture';
    if (HEIC_BRANDS.includes(brand)) return 'heic';
    if (OTHER_BRANDS.includes(brand)) return 'unknown-type';
  }
  // `mif1` says "pictures inside" but not how they are coded: what people have is HEIC from a telephone.
  return brands.some((brand) => brand === 'mif1' || brand === 'msf1') ? 'heic' : 'video';
}

/** @param {string} letters @returns {Sniffed} */
function sniffText(letters) {
  const utf16 = letters.startsWith('\xff\xfe') || letters.startsWith('\xfe\xff');
  const isControl = (/** @type {string} */ letter) => letter < ' ' && !'\t\n\f\r\x1b'.includes(letter);
  if (!utf16 && Array.from(letters).some(isControl)) return 'unknown-type';
  const words = letters.replaceAll('\0', '');
  return /<svg[\s>]/i.test(words) && !/<html[\s>]|<!doctype html/i.test(words) ? 'svg' : 'text';
}
