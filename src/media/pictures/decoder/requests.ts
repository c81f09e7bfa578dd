import type { Fit, Focus, PictureNote, PictureProblem, Size } from '../../../task/picture.ts';

export interface FitOptions {
  fit: Fit;
  /** The sizes that the provider takes, in pixels; at least one. */
  sizes: readonly Size[];
  /** The picture may have up to so many times its size each way, as far as the original has the pixels; 1 where absent. */
  oversample?: number;
  /** What is kept where it is cut; absent: what draws the eye. */
  focus?: Focus;
}

/** A picture that has one of the sizes asked for, or the same shape with more pixels. */
export interface FittedPicture {
  /** Absent where the file passes as it is. */
  bytes?: Uint8Array;
  /** It is the file that came, without what told of it: kept in its place. */
  isItself?: boolean;
  type: 'image/jpeg' | 'image/png' | 'image/webp';
  /** A JPEG of it, at most 320 pixels a side, from the same decoding. */
  thumbnail: Uint8Array;
  /** As shown, before anything was done. */
  original: Size;
  /** The one of the sizes asked for that it fits. */
  fitted: Size;
  /** What was done, in the order in which the person is told. */
  notes: PictureNote[];
}

export interface ConvertOptions {
  /** No side is longer than this, in pixels; as it is where absent. */
  maxSide?: number;
  /** What lies under a picture that can be seen through; absent: nothing. */
  ground?: string;
  /** Pixels are three bytes each, row by row, or four where there is no ground; `focus` asks what draws the eye. JPEG has its colour at full resolution only where that is said. */
  to: { type: 'pixels'; focus?: boolean } | { type: 'jpeg'; quality: number; fullColour?: boolean };
}

/** Pictures that stand one behind the other in the bytes that are sent, each in a cell with its number; `bytes` 0: none. */
export interface SheetOptions {
  cells: readonly { bytes: number; isCovered: boolean }[];
}

/** A picture in sRGB, the right way up, and nothing but pixels. */
export interface ConvertedPicture {
  bytes: Uint8Array;
  size: Size;
  /** Where that was asked for. */
  focus?: Focus;
}

/** What can be done to a picture. */
export type Work =
  | { type: 'fit'; options: FitOptions }
  | { type: 'convert'; options: ConvertOptions }
  | { type: 'sheet'; options: SheetOptions };

/** What the decoder's process is told: a picture in pieces, then what to do with it, or that it is not wanted any more. */
export type Request = { id: number } & ({ type: 'piece'; bytes: Uint8Array } | Work | { type: 'drop' });

/** What the decoder's process tells. */
export type Answer =
  | { type: 'ready' }
  | { type: 'fitted'; id: number; fitted: FittedPicture }
  | { type: 'converted'; id: number; converted: ConvertedPicture }
  | { type: 'bad'; id: number; problem: PictureProblem; reason: string }
  | { type: 'failed'; id: number; reason: string }
  /** The picture took more than it may: the process ends with this. */
  | { type: 'ended'; id: number; reason: string };
