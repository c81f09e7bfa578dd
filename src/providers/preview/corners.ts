import type { Size } from '../../task/picture.ts';
import type { CameraPath } from './camera.ts';
import { expressionOf, num, type Track, valueAt } from './track.ts';

/** Keeps the fit (see `viewExpressions`) smooth where the picture passes through level. */
const LEVEL_SOFTNESS = 0.015;

/** A part of the picture, in pixels of one of the clip's size. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What a path shows at a frame. */
export interface Extent {
  /** How near the camera is: 1 where the picture just fills the frame. */
  times: number;
  /** Upright, around what is shown. */
  box: Box;
}

/** What `viewExpressions` has ffmpeg compute. */
export function extentAt(path: CameraPath, { width, height }: Size, frame: number): Extent {
  const [halfWidth, halfHeight, m] = [width / 2, height / 2, path.margin];
  const [short, long] = [Math.min(halfWidth, halfHeight), Math.max(halfWidth, halfHeight)];
  const roll = valueAt(path.roll, frame);
  const [sine, cosine] = [Math.hypot(Math.sin(roll), rolls(path) ? LEVEL_SOFTNESS : 0), Math.cos(roll)];
  const times = (Math.exp(valueAt(path.zoom, frame)) * ((long + m) * sine + (short + m) * cosine)) / short;
  const along = (half: number, other: number, share: Track, shake: Track): [least: number, most: number] => {
    const room = half - ((half + m) * cosine + (other + m) * sine) / times;
    const middle = half + valueAt(share, frame) * room + valueAt(shake, frame) / times;
    const reach = (half * cosine + other * sine) / times;
    return [middle - reach, middle + reach];
  };
  const [left, right] = along(halfWidth, halfHeight, path.pan, path.shakeX);
  const [top, bottom] = along(halfHeight, halfWidth, path.tilt, path.shakeY);
  return { times, box: { left, top, right, bottom } };
}

const rolls = ({ roll }: CameraPath): boolean => roll.ramps.length > 0 || roll.sways.length > 0;

/**
 * Where in the picture the frame's corners lie (top left, top right, bottom left, bottom right), in pixels of one of the
 * clip's size, as expressions of the frame, which `frame` names. They are inside of the picture whatever the path holds: the
 * magnification is what the roll at that moment needs to fill the frame, times the path's zoom, and pan and tilt are shares
 * of what room that leaves. `stretch` has them lie further from the middle. The register 7 holds the frame afterwards.
 */
export function viewExpressions(
  path: CameraPath,
  size: Size,
  { frame, stretch }: { frame: string; stretch: Size },
): { x: string; y: string }[] {
  const halfWidth = size.width / 2;
  const halfHeight = size.height / 2;
  const [short, long] = halfWidth < halfHeight ? [halfWidth, halfHeight] : [halfHeight, halfWidth];
  const m = path.margin;
  // Registers: 0 magnification, 1 roll, 2 its sine (never below its size, and smooth), 3 its cosine, 7 the frame.
  const sine = rolls(path) ? `hypot(sin(ld(1)),${LEVEL_SOFTNESS})` : '0';
  const fit = `(${num(long + m)}*ld(2)+${num(short + m)}*ld(3))/${num(short)}`;
  const common = `st(7,${frame});st(1,${expressionOf(path.roll)});st(2,${sine});st(3,cos(ld(1)));st(0,exp(${expressionOf(path.zoom)})*${fit});`;
  const centre = (half: number, other: number, share: Track, shake: Track) => {
    const room = `(${num(half)}-(${num(half + m)}*ld(3)+${num(other + m)}*ld(2))/ld(0))`;
    return `${num(half)}+(${expressionOf(share)})*${room}+(${expressionOf(shake)})/ld(0)`;
  };
  const centreX = centre(halfWidth, halfHeight, path.pan, path.shakeX);
  const centreY = centre(halfHeight, halfWidth, path.tilt, path.shakeY);
  const [right, low] = [halfWidth * stretch.width, halfHeight * stretch.height];
  return [
    [-right, -low],
    [right, -low],
    [-right, low],
    [right, low],
  ].map(([dx = 0, dy = 0]) => ({
    x: `${common}${centreX}+(${num(dx)}*ld(3)+${num(dy)}*sin(ld(1)))/ld(0)`,
    y: `${common}${centreY}+(${num(dy)}*ld(3)-${num(dx)}*sin(ld(1)))/ld(0)`,
  }));
}
