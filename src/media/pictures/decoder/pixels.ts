import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { BadPicture } from '../bad-picture.ts';
import { toSrgb } from './cicp.ts';
import type { Header } from './header-told.ts';
import { decodeHeic } from './heic.ts';
import { decodeAll, type FailOn, refuseFilled } from './jpeg-end.ts';
import { open } from './open.ts';

/** Pixels of 8 bits in sRGB, row by row: three bytes each, or four where some of them can be seen through. */
export interface Pixels {
  data: Uint8Array;
  raw: { width: number; height: number; channels: 3 | 4 };
}

/** A PNG's signature and header. */
const PNG_HEAD_BYTES = 33;
/** Less than this of 255 is not to be seen. */
const UNSEEN_ALPHA = 2;

/**
 * A picture as a person sees it, decoded once: the right way up, in sRGB, of the size that `sized` makes of it. Throws
 * `BadPicture` where part of it is missing, or nothing can be seen in it.
 */
export async function readPixels(header: Header, sized: (upright: Sharp) => Sharp): Promise<Pixels> {
  const { type, cicp } = header;
  const { data, info } = await (type === 'heic' ? fromHeic(header, sized) : fromFile(header, sized));
  const channels = info.channels === 4 ? 4 : 3;
  const deep = () => new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  return seen({
    data: cicp ? toSrgb(deep(), channels, cicp) : data,
    raw: { width: info.width, height: info.height, channels },
  });
}

async function fromFile(header: Header, sized: (upright: Sharp) => Sharp) {
  if (header.type === 'jpeg') await refuseFilled(header.file);
  const file = await preparedFor(header);
  const decode = (failOn?: FailOn) => {
    const upright = open(file, { failOn, ignoreIcc: header.cicp !== undefined }).autoOrient();
    return inSrgb(sized(upright), header).toBuffer({ resolveWithObject: true });
  };
  return header.type === 'jpeg' ? decodeAll(decode) : decode();
}

/** A picture that libheif decodes. sharp knows profiles in files alone, so what was made small becomes one. */
async function fromHeic(header: Header, sized: (upright: Sharp) => Sharp) {
  const deep = header.cicp !== undefined;
  const { data, ...raw } = await decodeHeic({ bytes: header.file, deep });
  const picture = sized(sharp(deep ? new Uint16Array(data.buffer) : data, { raw }));
  const { icc } = header;
  const profiled = icc && open(withProfile(await picture.png({ compressionLevel: 0 }).toBuffer(), icc));
  return inSrgb(profiled ?? picture, header).toBuffer({ resolveWithObject: true });
}

/** A PNG with a profile behind its header (https://www.w3.org/TR/png-3/#11iCCP). */
function withProfile(png: Buffer, icc: Uint8Array): Buffer {
  const chunk = Buffer.concat([Buffer.from('iCCPicc\0\0', 'latin1'), deflateSync(icc)]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(chunk.length - 4);
  sum.writeUInt32BE(crc32(chunk));
  return Buffer.concat([png.subarray(0, PNG_HEAD_BYTES), length, chunk, sum, png.subarray(PNG_HEAD_BYTES)]);
}

/** What sharp cannot do in the same go. */
async function preparedFor({ file, part, size, space, hasProfile }: Header): Promise<Uint8Array> {
  if (part) {
    const sides = { right: size.width - part.left - part.width, bottom: size.height - part.top - part.height };
    return open(file)
      .extract(part)
      .ensureAlpha()
      .extend({ left: part.left, top: part.top, ...sides, background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png({ compressionLevel: 1 })
      .toBuffer();
  }
  // sharp looks at no profile where grey has 16 bits.
  if (space === 'grey16' && hasProfile)
    return open(file).autoOrient().toColourspace('b-w').keepIccProfile().png({ compressionLevel: 1 }).toBuffer();
  return file;
}

function inSrgb(picture: Sharp, { cicp, space, hasProfile }: Header): Sharp {
  if (cicp) return picture.toColourspace('rgb16').raw({ depth: 'ushort' });
  // sharp works on 16 bits with a profile in Display P3, and unless told again leaves it so: colours would come out dull.
  const told = space === 'rgb16' && hasProfile ? picture.withIccProfile('srgb', { attach: false }) : picture;
  return told.toColourspace('srgb').raw({ depth: 'uchar' });
}

/** Without its alpha where that is opaque all over, as it is in most pictures that have one. */
function seen({ data, raw }: Pixels): Pixels {
  if (raw.channels === 3) return { data, raw };
  let [least, most] = [255, 0];
  for (let at = 3; at < data.length; at += 4) {
    const alpha = data[at] ?? 0;
    if (alpha < least) least = alpha;
    if (alpha > most) most = alpha;
  }
  if (most <= UNSEEN_ALPHA) throw new BadPicture({ type: 'invisible' });
  if (least < 255) return { data, raw };
  const opaque = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3)
    opaque.set([data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0], to);
  return { data: opaque, raw: { ...raw, channels: 3 } };
}
