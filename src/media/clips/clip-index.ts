/** A file that can be read in ranges; `end` is exclusive and never beyond `bytes`. */
export interface ClipSource {
  /** The file's length. */
  bytes: number;
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A clip that cannot be played; the message says why, for the log. */
export class Unplayable extends Error {}

/** The part of an MP4 that says what is in it and where, without the frames. */
export interface ClipIndex {
  /** What lies at these offsets of the file, with zeros for what is not index. */
  read(start: number, end: number): Uint8Array;
}

/** A ten-second clip has some 10 kB of index; one in fragments a few times that. */
const MAX_INDEX_BYTES = 8 * 1024 * 1024;
/** Fragments of one frame each, at 60 frames a second and twenty seconds, are 2,400 boxes. */
const MAX_BOXES = 10_000;
/** Frames and sound samples that an index may declare: ten seconds of uncompressed sound at 48 kHz are 480,000. */
const MAX_DECLARED_SAMPLES = 600_000;

/** Boxes that hold frames or nothing; ISO/IEC 14496-12, section 8.1. */
const NOT_INDEX = ['mdat', 'free', 'skip', 'wide'];

interface Box {
  type: string;
  start: number;
  end: number;
}

/**
 * Walks the boxes at the top of an MP4 and loads its index. Throws `Unplayable` for anything else, for a file that is
 * cut off, and for an index so large, or declaring so much, that a parser that believes it would run out of memory.
 */
export async function loadIndex(source: ClipSource): Promise<ClipIndex> {
  const boxes = await walk(source);
  if (boxes[0]?.type !== 'ftyp') throw new Unplayable('not an MP4: it does not begin with a file type');
  if (!boxes.some(({ type }) => type === 'moov')) throw new Unplayable('an MP4 without an index');
  if (!boxes.some(({ type }) => type === 'mdat')) throw new Unplayable('an MP4 without frames');

  const parts: { start: number; bytes: Uint8Array }[] = [];
  let total = 0;
  for (const { type, start, end } of boxes) {
    const loadedEnd = NOT_INDEX.includes(type) ? Math.min(start + 16, end) : end; // of frames, only the box's header
    total += loadedEnd - start;
    if (total > MAX_INDEX_BYTES) throw new Unplayable(`the index is larger than ${MAX_INDEX_BYTES} bytes`);
    parts.push({ start, bytes: await source.read(start, loadedEnd) });
  }
  refuseFalseCounts(Buffer.concat(parts.map(({ bytes }) => bytes)));

  return {
    read(start, end) {
      const view = new Uint8Array(end - start);
      for (const part of parts) {
        const from = Math.max(start, part.start);
        const to = Math.min(end, part.start + part.bytes.length);
        if (from < to) view.set(part.bytes.subarray(from - part.start, to - part.start), from - start);
      }
      return view;
    },
  };
}

/** The boxes at the top, each wholly inside the file: this is what shows that a download was cut off. */
async function walk(source: ClipSource): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let start = 0; start < source.bytes; ) {
    const header = Buffer.from(await source.read(start, Math.min(start + 16, source.bytes)));
    if (header.length < 8) throw new Unplayable('cut off: it ends within the header of a box');
    const type = header.toString('latin1', 4, 8);
    const end = start + boxSize(header, source.bytes - start);
    if (end > source.bytes) {
      throw new Unplayable(`cut off: its ${JSON.stringify(type)} ends at ${end}, the file at ${source.bytes} bytes`);
    }
    boxes.push({ type, start, end });
    if (boxes.length > MAX_BOXES) throw new Unplayable(`more than ${MAX_BOXES} boxes`);
    start = end;
  }
  return boxes;
}

/** Size of a box with its header, in bytes: 32 bits; or 1, and 64 bits follow; or 0, to the end of the file. */
function boxSize(header: Buffer, left: number): number {
  const short = header.readUInt32BE(0);
  if (short === 0) return left;
  const size = short === 1 && header.length === 16 ? Number(header.readBigUInt64BE(8)) : short;
  if (size < 8) throw new Unplayable('not an MP4: a box has an impossible size');
  return size;
}

/**
 * Tables in an index say how many samples they stand for, in numbers that cost nothing to write: one row can promise four
 * thousand million frames, and the parser would go and list them. Tables are found by name wherever they lie, because
 * that finds at least what any parser finds.
 */
function refuseFalseCounts(index: Buffer): void {
  if (['tenc', 'saiz', 'senc'].some((name) => index.includes(name, 0, 'latin1'))) throw new Unplayable('encrypted');
  let declared = 0;
  const declare = (samples: number) => {
    declared += samples + 1; // and a row that promises nothing is still work
    if (declared > MAX_DECLARED_SAMPLES) throw new Unplayable(`the index declares more than ${declared} samples`);
  };
  for (const at of tables(index, 'stts', 'ctts')) declareRows(at, 8, 0);
  for (const at of tables(index, 'stsc')) declareRows(at, 12, 4);
  for (const at of tables(index, 'trun')) declare(wordAt(index, at + 4));
  for (const at of tables(index, 'stz2')) declare(wordAt(index, at + 8));

  /** Rows of `bytes` each, the number of samples `offset` bytes into each. */
  function declareRows(at: number, bytes: number, offset: number): void {
    const rows = Math.min(wordAt(index, at + 4), Math.ceil((index.length - at) / bytes));
    for (let row = 0; row < rows; row++) declare(wordAt(index, at + 8 + row * bytes + offset));
  }
}

/** Where the contents of the boxes of these types begin: at a version and flags, four bytes. */
function* tables(index: Buffer, ...types: string[]): Generator<number> {
  for (const type of types) {
    for (let at = index.indexOf(type, 4, 'latin1'); at >= 0; at = index.indexOf(type, at + 4, 'latin1')) {
      yield wordAt(index, at - 4) === 1 ? at + 12 : at + 4;
    }
  }
}

function wordAt(index: Buffer, at: number): number {
  return at + 4 <= index.length ? index.readUInt32BE(at) : 0;
}
