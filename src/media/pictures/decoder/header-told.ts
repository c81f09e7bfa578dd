import type { Size } from '../../../task/picture.ts';
import type { PictureType } from '../sniff.js';
import type { Cicp } from './cicp.ts';
import type { Part } from './gif-frame.ts';

/** What a picture's whole header tells, in the decoder's own reading. */
export interface Header {
  type: PictureType;
  /** The file in the way that its loader reads it. */
  file: Uint8Array;
  /** In pixels, as shown: after the rotation that the header asks for. */
  size: Size;
  /** Whether pixels lie in the file otherwise than they are shown. */
  turned: boolean;
  animated: boolean;
  /** Whether there is an alpha channel; it may well be opaque all over. */
  transparent: boolean;
  /** What sharp calls its colours. */
  space: string;
  hasProfile: boolean;
  /** The profile, where sharp does not read the file itself. */
  icc?: Uint8Array;
  /** Whether its numbers mean what they would without a word about them: 8 bits of grey or sRGB. */
  ordinary: boolean;
  /** What its numbers mean, where it says so without a profile. */
  cicp?: Cicp;
  /** The only part of its canvas that has pixels; absent: all of it. */
  part?: Part;
}
