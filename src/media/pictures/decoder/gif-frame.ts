/** A part of a picture, in pixels. */
export interface Part {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where a GIF's first frame lies on its screen; undefined where it has none (https://www.w3.org/Graphics/GIF/spec-gif89a.txt). */
export function firstFrame(bytes: Uint8Array): Part | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 13 + tableBytes(file[10] ?? 0);
  while (at + 10 <= file.length) {
    const kind = file[at];
    if (kind === 0x2c) {
      const [left, top, width, height] = [1, 3, 5, 7].map((offset) => file.readUInt16LE(at + offset));
      return { left: left ?? 0, top: top ?? 0, width: width ?? 0, height: height ?? 0 };
    }
    if (kind !== 0x21) return undefined;
    // An extension's blocks, each behind its length.
    for (at += 2; (file[at] ?? 0) > 0; ) at += 1 + (file[at] ?? 0);
    at++;
  }
  return undefined;
}

const tableBytes = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
