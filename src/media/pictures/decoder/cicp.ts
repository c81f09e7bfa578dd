import type { PictureType } from '../sniff.js';
import { primaryProperties } from './iso-boxes.ts';
import { partCounter } from './part-counter.ts';

/** How a picture's numbers mean colours, in the code points of ITU-T H.273: of its primaries, and of its transfer. */
export interface Cicp {
  primaries: number;
  transfer: number;
}

/** What a file says of its colours without a profile; undefined where that means sRGB, or nothing is said. */
export function cicpOf(bytes: Uint8Array, type: PictureType): Cicp | undefined {
  const said = type === 'avif' || type === 'heic' ? ofIsoMedia(bytes) : type === 'png' ? ofPng(bytes) : undefined;
  return said && (said.primaries in TO_SRGB || said.transfer in EOTF) ? said : undefined;
}

function ofIsoMedia(bytes: Uint8Array): Cicp | undefined {
  const colr = primaryProperties(bytes).find(
    ({ type, data }) => type === 'colr' && data.length >= 10 && data.toString('latin1', 0, 4) === 'nclx',
  );
  return colr && { primaries: colr.data.readUInt16BE(4), transfer: colr.data.readUInt16BE(6) };
}

/** https://www.w3.org/TR/png-3/#cICP-chunk */
function ofPng(bytes: Uint8Array): Cicp | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const countPart = partCounter();
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    countPart();
    const chunk = file.toString('latin1', at + 4, at + 8);
    if (chunk === 'cICP') return { primaries: file.readUInt8(at + 8), transfer: file.readUInt8(at + 9) };
    if (chunk === 'IDAT') return undefined;
  }
  return undefined;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** From linear light in other primaries to that in sRGB's, row by row. */
const TO_SRGB: Partial<Record<number, Matrix>> = {
  // ITU-R BT.2020
  9: [1.660491, -0.587641, -0.07285, -0.12455, 1.1329, -0.00835, -0.018151, -0.100579, 1.11873],
  // Display P3
  12: [1.22494, -0.22494, 0, -0.042057, 1.042057, 0, -0.019638, -0.078636, 1.098274],
};

/** A white sheet has this light in a picture of high dynamic range (ITU-R BT.2408), in candelas a square metre. */
const WHITE_NITS = 203;
const PQ_NITS = 10_000;
const HLG_NITS = 1_000;

/** Light of a number from 0 to 1, as a share of white's. */
const EOTF: Partial<Record<number, (value: number) => number>> = {
  4: (value) => value ** 2.2,
  5: (value) => value ** 2.8,
  8: (value) => value,
  16: pq,
  18: hlg,
};
const srgb = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** ITU-R BT.2100, table 4. */
function pq(value: number): number {
  const power = value ** (32 / 2523);
  const light = (Math.max(power - 107 / 128, 0) / (2413 / 128 - (2392 / 128) * power)) ** (16384 / 2610);
  return (light * PQ_NITS) / WHITE_NITS;
}

/** ITU-R BT.2100, table 5: light of the scene. What a display makes of it depends on the other two colours. */
function hlg(value: number): number {
  return value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
}
const displayed = (red: number, green: number, blue: number): number =>
  ((0.2627 * red + 0.678 * green + 0.0593 * blue) ** 0.2 * HLG_NITS) / WHITE_NITS;

/** Light up to this share of white's is left as it is, where there is light beyond white. */
const KNEE = 0.8;
/** So much beyond white is noise. */
const NOISE = 1.1;
/** Of pixels, one in so many may be brighter than what becomes white. */
const RARE = 2_000;
const STEPS = 4096;

/**
 * Colours of 16 bits as ones of 8 bits in sRGB; alpha stays. Light beyond white is pressed together below it, as far as there
 * is any, so that a sky keeps its clouds.
 */
export function toSrgb(data: Uint16Array, channels: 3 | 4, { primaries, transfer }: Cicp): Uint8Array {
  const light = Float32Array.from({ length: 65_536 }, (_, value) => (EOTF[transfer] ?? srgb)(value / 65_535));
  const [rr, rg, rb, gr, gg, gb, br, bg, bb] = TO_SRGB[primaries] ?? [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const linear = new Float32Array(data.length);
  const isScene = transfer === 18;
  for (let at = 0; at < data.length; at += channels) {
    const [r = 0, g = 0, b = 0] = [light[data[at] ?? 0], light[data[at + 1] ?? 0], light[data[at + 2] ?? 0]];
    const gain = isScene ? displayed(r, g, b) : 1;
    linear[at] = Math.max(0, gain * (rr * r + rg * g + rb * b));
    linear[at + 1] = Math.max(0, gain * (gr * r + gg * g + gb * b));
    linear[at + 2] = Math.max(0, gain * (br * r + bg * g + bb * b));
  }
  const pressed = presser(linear, channels);
  const encoded = Uint8Array.from({ length: STEPS + 1 }, (_, n) => Math.round(255 * encode((n / STEPS) ** 2)));
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += channels) {
    const [r = 0, g = 0, b = 0] = [linear[at], linear[at + 1], linear[at + 2]];
    const scale = pressed(Math.max(r, g, b));
    for (let n = 0; n < 3; n++) {
      const value = Math.min(1, (linear[at + n] ?? 0) * scale);
      // Steps of the root, which are finest where the eye sees most.
      out[at + n] = encoded[Math.round(Math.sqrt(value) * STEPS)] ?? 0;
    }
    if (channels === 4) out[at + 3] = (data[at + 3] ?? 0) >> 8;
  }
  return out;
}

const encode = (light: number): number => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);

/** By how much a pixel's light is multiplied whose strongest colour has this one (Reinhard's curve above the knee). */
function presser(linear: Float32Array, channels: number): (strongest: number) => number {
  const peak = brightest(linear, channels);
  if (peak <= NOISE) return () => 1;
  const reach = (peak - KNEE) / (1 - KNEE);
  return (strongest) => {
    if (strongest <= KNEE) return 1;
    const beyond = Math.min((strongest - KNEE) / (1 - KNEE), reach);
    const kept = (beyond * (1 + beyond / reach ** 2)) / (1 + beyond);
    return (KNEE + (1 - KNEE) * kept) / strongest;
  };
}

/** The light that only few are brighter than; counted in steps of a hundredth of white's. */
function brightest(linear: Float32Array, channels: number): number {
  const counts = new Uint32Array(10_000);
  for (let at = 0; at < linear.length; at += channels) {
    const strongest = Math.max(linear[at] ?? 0, linear[at + 1] ?? 0, linear[at + 2] ?? 0);
    const step = Math.min(counts.length - 1, Math.floor(strongest * 100));
    counts[step] = (counts[step] ?? 0) + 1;
  }
  let left = linear.length / channels / RARE;
  for (let step = counts.length - 1; step > 0; step--) {
    left -= counts[step] ?? 0;
    if (left < 0) return (step + 1) / 100;
  }
  return 0;
}
