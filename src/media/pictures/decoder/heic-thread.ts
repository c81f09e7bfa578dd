import { parentPort, workerData } from 'node:worker_threads';
import libheif, { type LibHeif } from 'libheif-js/wasm-bundle.js';
import { BadPicture } from '../bad-picture.ts';
import { MAX_PICTURE_PIXELS, refuseTooManyPixels } from '../inspect.ts';

/** A file, and whether its numbers are wanted with all of their bits. */
export interface HeicRequest {
  bytes: Uint8Array;
  deep: boolean;
}

/** Row by row, without gaps; of 16 bits (the highest ones are the picture's) where that was asked for, else of 8. */
export interface HeicPixels {
  data: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
  channels: 3 | 4;
}

/** `heif_colorspace_RGB`, `heif_channel_interleaved` and layouts (libheif's `heif_image.h`). */
const RGB = 1;
const INTERLEAVED = 10;
const LAYOUTS = { rgb: 10, rgba: 11, deepRgb: 14, deepRgba: 15 };

/** Where `strict_decoding` stands in `heif_decoding_options`, in bytes. */
const STRICT_AT = 21;

/** Of a square that is decoded. Pictures are coded in blocks of up to 64, so some more than are shown. */
const MAX_CODED_SIDE_PX = Math.ceil(Math.sqrt(MAX_PICTURE_PIXELS)) + 64;

/**
 * Decodes with libheif (LGPL, unmodified) as WebAssembly. Throws what libheif says of a file that it cannot decode, and
 * `BadPicture` for one of too many pixels, whatever its header said.
 */
function decode(lib: LibHeif, { bytes, deep }: HeicRequest): HeicPixels {
  const file = lib._malloc(bytes.length);
  lib.HEAPU8.set(bytes, file);
  const error = lib._malloc(64);
  const found = lib._malloc(8);
  const check = (what: string) => {
    const code = lib.HEAPU32[error >> 2];
    if (code) throw new Error(`libheif cannot ${what}: ${code}.${lib.HEAPU32[(error >> 2) + 1]}`);
  };
  const pointer = () => lib.HEAPU32[found >> 2] ?? 0;

  const context = lib._heif_context_alloc();
  lib._heif_context_set_maximum_image_size_limit(context, MAX_CODED_SIDE_PX);
  lib._heif_context_read_from_memory_without_copy(error, context, file, bytes.length, 0);
  check('read the file');
  // The one that is shown, whatever else there is: its copies, the frames of a burst, a film beside it.
  lib._heif_context_get_primary_image_handle(error, context, found);
  check('find the picture');
  const handle = pointer();
  const hasAlpha = lib._heif_image_handle_has_alpha_channel(handle) !== 0;
  const layout = deep ? (hasAlpha ? LAYOUTS.deepRgba : LAYOUTS.deepRgb) : hasAlpha ? LAYOUTS.rgba : LAYOUTS.rgb;
  // Telephones code a picture in squares, of which broken and missing ones are left out unless told so.
  const strictly = lib._heif_decoding_options_alloc();
  lib.HEAPU8[strictly + STRICT_AT] = 1;
  lib._heif_decode_image(error, handle, found, RGB, layout, strictly);
  check('decode the picture');
  const image = pointer();
  const width = lib._heif_image_get_primary_width(image);
  const height = lib._heif_image_get_primary_height(image);
  refuseTooManyPixels({ width, height });
  const bits = lib._heif_image_get_bits_per_pixel_range(image, INTERLEAVED);
  const plane = lib._heif_image_get_plane_readonly(image, INTERLEAVED, found);
  if (!plane) throw new Error('libheif gives no pixels');
  const stride = pointer();
  const channels = hasAlpha ? 4 : 3;
  const rowBytes = width * channels * (deep ? 2 : 1);
  const data = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++)
    data.set(lib.HEAPU8.subarray(plane + y * stride, plane + y * stride + rowBytes), y * rowBytes);
  if (deep) widen(new Uint16Array(data.buffer), bits);
  return { data, width, height, channels };
}

/** Fills 16 bits with numbers of fewer. */
function widen(numbers: Uint16Array, bits: number): void {
  const scale = 65_535 / (2 ** bits - 1);
  for (let at = 0; at < numbers.length; at++) numbers[at] = Math.round((numbers[at] ?? 0) * scale);
}

const request: HeicRequest = workerData;
try {
  const pixels = decode(libheif, request);
  parentPort?.postMessage(pixels, [pixels.data.buffer]);
} catch (error) {
  parentPort?.postMessage(error instanceof BadPicture ? error.problem : String(error));
}
