import { partCounter } from './part-counter.ts';

/** Kinds of files that can be taken apart here. */
export type PlainType = 'jpeg' | 'png' | 'webp';

/**
 * A file without what tells of the picture: where, when and with what it was taken, by whom, a smaller copy of it, whatever
 * follows its end. Its pixels and their colour profile are as they were. Undefined where the file is not built as its kind is;
 * throws `BadPicture` for one of too many parts.
 */
export function pixelsAlone(bytes: Uint8Array, type: PlainType): Uint8Array | undefined {
  const pieces = PIECES[type](Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return pieces && new Uint8Array(Buffer.concat(pieces));
}

const PIECES: Record<PlainType, (file: Buffer) => Buffer[] | undefined> = {
  jpeg: jpegPieces,
  png: pngPieces,
  webp: webpPieces,
};

/** Markers of JPEG (https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1). */
const [SOI, EOI, SOS, COM] = [0xd8, 0xd9, 0xda, 0xfe];
const isApplication = (marker: number): boolean => marker >= 0xe0 && marker <= 0xef;
/** Of what applications add, by number: how pixels are to be understood. */
const APPLICATION: Readonly<Record<number, string>> = { 224: 'JFIF\0', 226: 'ICC_PROFILE\0', 238: 'Adobe' };
/** Within the pixels: a byte of 0xff itself, or where a decoder may begin anew. */
const isWithinScan = (marker: number): boolean => marker === 0 || (marker >= 0xd0 && marker <= 0xd7);

function jpegPieces(file: Buffer): Buffer[] | undefined {
  const pieces = [file.subarray(0, 2)];
  const countPart = partCounter();
  if (file[0] !== 0xff || file[1] !== SOI) return undefined;
  for (let at = 2; at + 4 <= file.length; ) {
    countPart();
    const marker = file.readUInt8(at + 1);
    if (file[at] !== 0xff || isWithinScan(marker) || marker === 0xff) return undefined;
    const end = at + 2 + file.readUInt16BE(at + 2);
    const pixelsEnd = marker === SOS ? scanEnd(file, end) : end;
    const told = isApplication(marker) ? APPLICATION[marker] : '';
    const isKept = marker !== COM && told !== undefined && file.toString('latin1', at + 4, end).startsWith(told);
    if (isKept) pieces.push(file.subarray(at, pixelsEnd));
    at = pixelsEnd;
    if (file[at] === 0xff && file[at + 1] === EOI) return [...pieces, file.subarray(at, at + 2)];
  }
  return undefined;
}

function scanEnd(file: Buffer, from: number): number {
  for (let at = from; at < file.length; at++) if (file[at] === 0xff && !isWithinScan(file[at + 1] ?? 0)) return at;
  return file.length;
}

/** Chunks without which the pixels would be others (https://www.w3.org/TR/png-3/#4Concepts.FormatTypes). */
const PNG_CHUNKS = [
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'cHRM',
  'cICP',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'bKGD',
  'pHYs',
];

function pngPieces(file: Buffer): Buffer[] | undefined {
  const pieces = [file.subarray(0, 8)];
  const countPart = partCounter();
  for (let at = 8; at + 12 <= file.length; ) {
    countPart();
    const end = at + 12 + file.readUInt32BE(at);
    const chunk = file.toString('latin1', at + 4, at + 8);
    if (PNG_CHUNKS.includes(chunk)) pieces.push(file.subarray(at, end));
    if (chunk === 'IEND') return pieces;
    at = end;
  }
  return undefined;
}

/** Chunks of a picture that does not move (https://developers.google.com/speed/webp/docs/riff_container). */
const WEBP_CHUNKS = ['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP'];
/** Of the flags in VP8X: there is EXIF, there is XMP. */
const WEBP_TELLS = 0x0c;

function webpPieces(file: Buffer): Buffer[] | undefined {
  const header = Buffer.from(file.subarray(0, 12));
  const end = 8 + header.readUInt32LE(4);
  const pieces: Buffer[] = [];
  const countPart = partCounter();
  for (let at = 12; at + 8 <= Math.min(end, file.length); ) {
    countPart();
    const length = file.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    const name = file.toString('latin1', at, at + 4);
    const chunk = Buffer.from(file.subarray(at, next));
    if (next > file.length || next > end || name.startsWith('ANI')) return undefined;
    if (name === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~WEBP_TELLS, 8);
    if (WEBP_CHUNKS.includes(name)) pieces.push(chunk);
    at = next;
  }
  header.writeUInt32LE(4 + pieces.reduce((sum, { length }) => sum + length, 0), 4);
  return pieces.length === 0 ? undefined : [header, ...pieces];
}
