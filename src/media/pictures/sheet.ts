import type { Decoder } from './decoder/decoder.ts';

/** A thumbnail for a sheet: its bytes, where there are any. */
export interface SheetCell {
  bytes: Uint8Array | undefined;
  /** Only a blur of it is to be seen. */
  isCovered: boolean;
}

/** A JPEG with the thumbnails, nine at most, three in a row, each with its number from 1 on. */
export async function makeSheet(cells: readonly SheetCell[], decoder: Pick<Decoder, 'sheet'>): Promise<Uint8Array> {
  const pictures = cells.map(({ bytes }) => bytes ?? new Uint8Array());
  const options = { cells: cells.map(({ bytes, isCovered }) => ({ bytes: bytes?.length ?? 0, isCovered })) };
  return (await decoder.sheet(() => pictures, options)).bytes;
}
