/** The kinds of picture that can be animated. */
export type PictureType = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';

/** What the first bytes say a file is: a usable picture, or something that people send by mistake. */
export type Sniffed = PictureType | 'empty' | 'heic' | 'svg' | 'pdf' | 'text' | 'video' | 'unknown-type';

/** Bytes that are looked at for words: enough for an SVG's XML declaration, its doctype and a comment before `<svg`. */
const TEXT_HEAD_BYTES = 4096;

/** Where files of this kind carry the given Latin-1 characters. Brands of ISO media files are told apart below. */
const SIGNATURES: { at: number; magic: string; is: Sniffed }[] = [
  { at: 0, magic: '\xff\xd8\xff', is: 'jpeg' },
  { at: 0, magic: '\x89PNG\r\n\x1a\n', is: 'png' },
  { at: 0, magic: 'GIF87a', is: 'gif' },
  { at: 0, magic: 'GIF89a', is: 'gif' },
  { at: 8, magic: 'WEBP', is: 'webp' },
  { at: 8, magic: 'AVI ', is: 'video' },
  { at: 0, magic: '%PDF-', is: 'pdf' },
  { at: 0, magic: '\x1a\x45\xdf\xa3', is: 'video' }, // WebM, Matroska
  { at: 0, magic: '\x00\x00\x01\xba', is: 'video' }, // MPEG program stream
  { at: 0, magic: 'FLV\x01', is: 'video' },
  { at: 0, magic: '\x30\x26\xb2\x75\x8e\x66\xcf\x11', is: 'video' }, // WMV
  { at: 4, magic: 'moov', is: 'video' }, // QuickTime from before `ftyp`
  { at: 4, magic: 'mdat', is: 'video' },
  { at: 4, magic: 'wide', is: 'video' },
];

/** Brands of ISO/IEC 14496-12 files: https://www.iana.org/assignments/media-types and https://mp4ra.org/registered-types/brands */
const BRANDS: Record<string, Sniffed> = {
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

/** Tells what a file is by its first bytes alone; names and declared types are not asked. Reads at most a few kilobytes. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return 'empty';
  const found = SIGNATURES.find(({ at, magic }) => latin1(bytes, at, at + magic.length) === magic);
  if (found) return found.is;
  if (latin1(bytes, 4, 8) === 'ftyp') return sniffBrands(isoBrands(bytes));
  return sniffText(bytes.subarray(0, TEXT_HEAD_BYTES));
}

/** The brands of an ISO media file, the major one first; empty where it is none. */
export function isoBrands(bytes: Uint8Array): string[] {
  if (bytes.length < 12 || latin1(bytes, 4, 8) !== 'ftyp') return [];
  const boxEnd = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes.length, 256);
  const brands = [latin1(bytes, 8, 12)];
  for (let at = 16; at + 4 <= boxEnd; at += 4) brands.push(latin1(bytes, at, at + 4)); // bytes 12 to 15 are a version
  return brands;
}

function sniffBrands(brands: string[]): Sniffed {
  for (const brand of brands) {
    const is = BRANDS[brand];
    if (is) return is;
  }
  // `mif1` and `msf1` say "pictures inside" but not how they are coded: what people have is HEIC from a telephone.
  return brands.some((brand) => brand === 'mif1' || brand === 'msf1') ? 'heic' : 'video';
}

function sniffText(head: Uint8Array): Sniffed {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!utf16 && head.some(isControl)) return 'unknown-type';
  const words = utf16 ? latin1(head).replaceAll('\0', '') : latin1(head);
  // A web page may contain a drawing; a drawing contains no web page.
  return /<svg[\s>]/i.test(words) && !/<html[\s>]|<!doctype html/i.test(words) ? 'svg' : 'text';
}

/** Bytes that no text has; tab, line feed, form feed, carriage return and escape do occur. */
function isControl(byte: number): boolean {
  return byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte);
}

function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
}
