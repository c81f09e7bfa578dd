import type { Sharp } from 'sharp';
import type { Size } from '../../../task/picture.ts';
import { BadPicture } from '../bad-picture.ts';
import { open } from './open.ts';
import { inOwnWords } from './own-words.ts';
import { partCounter } from './part-counter.ts';

// A JPEG that was cut decodes: what is missing becomes grey, or whatever the bytes mean that were put in its place. Whether
// its pixels end where its bytes do is the only thing that tells; https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B.

const [EOI, SOS] = [0xd9, 0xda];
/** Frames whose scans come one after the other, each from the top to the bottom (SOF0, SOF1). */
const isSequential = (marker: number): boolean => marker === 0xc0 || marker === 0xc1;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Without a length: a byte of 0xff itself, where a decoder may begin anew, beginnings, fill. */
const isAlone = (marker: number): boolean => marker <= 1 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd8);
const END = Buffer.from([0xff, EOI]);
/** So many equal bytes at the end of a scan, or zeros within it, may stand in for what is missing. */
const FILLING_BYTES = 64;
const HOLE = Buffer.alloc(FILLING_BYTES);
/** Twice the rows of pixels that libvips reads at once: of the last ones it tells nothing. */
const MORE_ROWS_PX = 16;

/** From a marker to the next; a scan with its pixels, which begin at `pixels`. */
interface Segment {
  marker: number;
  from: number;
  pixels: number;
  to: number;
}

function segmentsOf(file: Buffer): { segments: Segment[]; hasEnd: boolean } {
  const segments: Segment[] = [];
  const countPart = partCounter();
  for (let from = file.indexOf(0xff, 2); from >= 0 && from + 1 < file.length; ) {
    while (file[from + 1] === 0xff) from++;
    if (from + 1 === file.length) break;
    const marker = file.readUInt8(from + 1);
    if (marker === EOI) return { segments, hasEnd: true };
    countPart();
    let to = from + 2;
    if (!isAlone(marker)) {
      if (from + 4 > file.length) break;
      const pixels = Math.min(file.length, to + file.readUInt16BE(to));
      to = marker === SOS ? scanEnd(file, pixels) : pixels;
      segments.push({ marker, from, pixels, to });
    }
    from = file.indexOf(0xff, to);
  }
  return { segments, hasEnd: false };
}

/** Byte by byte: a search for each 0xff takes seconds where every other byte is one. */
function scanEnd(file: Buffer, from: number): number {
  for (let at = from; at + 1 < file.length; at++) if (file[at] === 0xff && !isAlone(file[at + 1] ?? 0)) return at;
  return file.at(-1) === 0xff ? file.length - 1 : file.length;
}

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The same file without stray bytes between its parts, and with its end, without which not even a whole one is decoded. */
export function mended(bytes: Uint8Array): Uint8Array {
  const file = view(bytes);
  const { segments, hasEnd } = segmentsOf(file);
  const isClose = segments.every(({ from }, n) => from === (segments[n - 1]?.to ?? 2));
  if (hasEnd && isClose) return bytes;
  return Buffer.concat([file.subarray(0, 2), ...segments.map(({ from, to }) => file.subarray(from, to)), END]);
}

/**
 * Throws `BadPicture` for a mended JPEG where other bytes stand in for those that are missing. One that ends too early is
 * found when it is decoded (`decodeAll`).
 */
export async function refuseFilled(bytes: Uint8Array): Promise<void> {
  const file = view(bytes);
  const { segments } = segmentsOf(file);
  const frame = segments.find(({ marker }) => isFrame(marker));
  const scan = segments.findLast(({ marker }) => marker === SOS);
  // What is left over of any other kind the decoder tells by itself.
  if (!frame || !scan || !isSequential(frame.marker)) return;
  const filling = fillingOf(file.subarray(scan.pixels, scan.to));
  const isOdd = filling > 0 || file.subarray(scan.pixels, scan.to).includes(HOLE);
  if (!isOdd || !(await hasMoreRows(file, frame.from))) return;
  // Behind all of the pixels they stand in for nothing.
  if (filling > 0 && (await isWhole(Buffer.concat([file.subarray(0, scan.to - filling), END]), frame.from))) return;
  throw new BadPicture({ type: 'truncated' }, 'its pixels end before its bytes do');
}

/** How many equal bytes there are at the end, where they are many. */
function fillingOf(pixels: Buffer): number {
  let count = 0;
  while (count < pixels.length && pixels.at(-1 - count) === pixels.at(-1)) count++;
  return count < FILLING_BYTES ? 0 : count;
}

/** Rows of pixels that are coded together: those of a block for each part that the finest colour has (B.2.2). */
function rowsOfBlocks(file: Buffer, frameAt: number): number {
  const colours = file.readUInt8(frameAt + 9);
  const parts = Array.from({ length: colours }, (_, n) => file.readUInt8(frameAt + 11 + 3 * n) & 15);
  return 8 * (colours === 1 ? 1 : Math.max(...parts));
}

/** Whether bytes are left after the last row: then one row of blocks more than there are can be decoded. */
async function hasMoreRows(file: Buffer, frameAt: number): Promise<boolean> {
  const taller = Buffer.from(file);
  const rows = rowsOfBlocks(file, frameAt);
  const height = Math.ceil(taller.readUInt16BE(frameAt + 5) / rows) * rows + MORE_ROWS_PX;
  if (height > 0xffff) return false;
  taller.writeUInt16BE(height, frameAt + 5);
  return isWhole(taller, frameAt);
}

async function isWhole(file: Buffer, frameAt: number): Promise<boolean> {
  const size = { height: file.readUInt16BE(frameAt + 5), width: file.readUInt16BE(frameAt + 7) };
  const decode = () => wholeOf(file, size, 'warning').resize(1, 1, { fit: 'fill' }).raw().toBuffer();
  return inOwnWords(decode).then(
    () => true,
    (error: unknown) => !tellsOfCut(error),
  );
}

/** A picture of which every pixel will be decoded: sharp leaves some out where it may decode a smaller one. */
export const wholeOf = (bytes: Uint8Array, size: Size, failOn?: FailOn): Sharp =>
  open(bytes, { failOn }).extract({ left: 0, top: 0, ...size });

/** libjpeg makes up what is missing, and only warns. Of what is left over cameras put a few bytes before a marker. */
function tellsOfCut(error: unknown): boolean {
  const said = String(error);
  const stray = Number(/(\d+) extraneous bytes before marker/.exec(said)?.[1] ?? 0);
  return /premature end of/i.test(said) || stray >= FILLING_BYTES;
}

/** How strictly a picture is decoded; see `open`. */
export type FailOn = 'truncated' | 'warning';

/** Decodes a JPEG of which nothing may be missing. Other things that libjpeg warns of do not matter. */
export async function decodeAll<T>(decode: (failOn: FailOn) => Promise<T>): Promise<T> {
  try {
    return await inOwnWords(() => decode('warning'));
  } catch (error) {
    if (tellsOfCut(error)) throw new BadPicture({ type: 'truncated' }, error);
    return decode('truncated');
  }
}
