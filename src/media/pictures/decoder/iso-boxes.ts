import { partCounter } from './part-counter.ts';

/** A property of a picture in an ISO media file (ISO/IEC 23008-12, 6.5): its box's type and contents. */
export interface Property {
  type: string;
  data: Buffer;
}

interface Box extends Property {
  /** Where the next one begins. */
  end: number;
}

/**
 * The boxes within some bytes, one after the other; what is not built like one ends them, and one that is cut off, which is
 * among them where `withCut` says so. Throws `BadPicture` for too many.
 */
function* boxesIn(file: Buffer, { withCut = false } = {}): Generator<Box> {
  const countPart = partCounter();
  for (let at = 0; at + 8 <= file.length; ) {
    countPart();
    const short = file.readUInt32BE(at);
    const isLong = short === 1 && at + 16 <= file.length;
    const bytes = isLong ? Number(file.readBigUInt64BE(at + 8)) : short === 0 ? file.length - at : short;
    const end = at + bytes;
    if (bytes < 8 || (end > file.length && !withCut)) return;
    yield { type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + (isLong ? 16 : 8), end), end };
    at = end;
  }
}

function boxIn(file: Buffer | undefined, type: string): Buffer | undefined {
  for (const box of boxesIn(file ?? Buffer.alloc(0))) if (box.type === type) return box.data;
  return undefined;
}

/** What an AVIF or HEIC says of the picture that it shows; nothing where it is not built as its kind is. Throws `BadPicture`. */
export function primaryProperties(bytes: Uint8Array): Property[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const meta = boxIn(file, 'meta')?.subarray(4);
    const primary = boxIn(meta, 'pitm');
    const properties = boxIn(meta, 'iprp');
    const associations = boxIn(properties, 'ipma');
    if (!primary || !associations) return [];
    const id = primary[0] === 0 ? primary.readUInt16BE(4) : primary.readUInt32BE(4);
    const wanted = new Set(indicesOf(id, associations));
    const found: Property[] = [];
    let index = 0;
    for (const { type, data } of boxesIn(boxIn(properties, 'ipco') ?? Buffer.alloc(0)))
      if (wanted.has(++index)) found.push({ type, data });
    return found;
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** Which properties belong to an item, counted from 1 (`ItemPropertyAssociationBox`). */
function indicesOf(item: number, box: Buffer): number[] {
  const [isWideId, isWideIndex] = [box.readUInt8(0) > 0, (box.readUInt8(3) & 1) === 1];
  let at = 8;
  const countPart = partCounter();
  for (let left = box.readUInt32BE(4); left > 0; left--) {
    countPart();
    const id = isWideId ? box.readUInt32BE(at) : box.readUInt16BE(at);
    at += isWideId ? 4 : 2;
    const count = box.readUInt8(at++);
    const bytesEach = isWideIndex ? 2 : 1;
    // The highest bit says that a reader must know the property.
    const indexAt = (n: number) => (isWideIndex ? box.readUInt16BE(at + n * 2) & 0x7fff : box.readUInt8(at + n) & 0x7f);
    if (id === item) return Array.from({ length: count }, (_, n) => indexAt(n));
    at += count * bytesEach;
  }
  return [];
}

/** Where the last of the bytes that pixels lie in end, and be it behind the file's end; undefined where none are found. */
export function mediaEnd(bytes: Uint8Array): number | undefined {
  let end: number | undefined;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const box of boxesIn(file, { withCut: true })) if (box.type === 'mdat') end = box.end;
  return end;
}
