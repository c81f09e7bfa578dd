import type { Size } from '../../task/picture.ts';
import type { CameraPath } from './camera.ts';
import { expressionOf, num, type Track, trackWithin, valueAt } from './track.ts';

/** Keeps the fit (see `viewExpressions`) smooth where the picture passes through level. */
const LEVEL_SOFTNESS = 0.015;

/** What the frame shows of the picture at a moment, in pixels of a picture of the clip's size. */
export interface Extent {
  /** Sides of what is shown. */
  view: Size;
  /** Sides of the upright box around it, which are longer where the picture is turned. */
  box: Size;
}

/** What a path shows at a frame: what `viewExpressions` has ffmpeg compute. */
export function extentAt(path: CameraPath, { width, height }: Size, frame: number): Extent {
  const [short, long] = [Math.min(width, height) / 2, Math.max(width, height) / 2];
  const roll = valueAt(path.roll, frame);
  const [sine, cosine] = [Math.hypot(Math.sin(roll), rolls(path) ? LEVEL_SOFTNESS : 0), Math.cos(roll)];
  const fit = ((long + path.margin) * sine + (short + path.margin) * cosine) / short;
  const times = Math.exp(valueAt(path.zoom, frame)) * fit;
  const view = { width: width / times, height: height / times };
  const across = view.width * cosine + view.height * sine;
  return { view, box: { width: across, height: view.height * cosine + view.width * sine } };
}

const rolls = ({ roll }: CameraPath): boolean => roll.ramps.length > 0 || roll.sways.length > 0;

/**
 * Where in the picture the frame's middle and corners lie (top left, top right, bottom left, bottom right), in pixels, as
 * expressions of the frame, which `frame` names, one of `frames`. The corners are inside of the picture whatever the path holds: the
 * magnification is what the roll at that moment needs to fill the frame, times the path's zoom, and pan and tilt are shares
 * of what room that leaves. `stretch` has them lie further from the middle.
 */
export function viewExpressions(
  path: CameraPath,
  size: Size,
  {
    frame,
    frames,
    stretch,
  }: { frame: string; frames: { first: number; count: number }; stretch: { x: number; y: number } },
): { middle: { x: string; y: string }; corners: { x: string; y: string }[] } {
  const said = (track: Track): string => expressionOf(trackWithin(track, frames));
  const halfWidth = size.width / 2;
  const halfHeight = size.height / 2;
  const [short, long] = halfWidth < halfHeight ? [halfWidth, halfHeight] : [halfHeight, halfWidth];
  const m = path.margin;
  // Registers: 0 magnification, 1 roll, 2 its sine (never below its size, and smooth), 3 its cosine, 6 the middle, 7 the frame.
  const sine = rolls(path) ? `hypot(sin(ld(1)),${LEVEL_SOFTNESS})` : '0';
  const fit = `(${num(long + m)}*ld(2)+${num(short + m)}*ld(3))/${num(short)}`;
  const common = `st(7,${frame});st(1,${said(path.roll)});st(2,${sine});st(3,cos(ld(1)));st(0,exp(${said(path.zoom)})*${fit});`;
  const centre = (half: number, other: number, share: Track, shake: Track) => {
    const room = `(${num(half)}-(${num(half + m)}*ld(3)+${num(other + m)}*ld(2))/ld(0))`;
    return `${num(half)}+(${said(share)})*${room}+(${said(shake)})/ld(0)`;
  };
  const centreX = centre(halfWidth, halfHeight, path.pan, path.shakeX);
  const centreY = centre(halfHeight, halfWidth, path.tilt, path.shakeY);
  const [right, low] = [halfWidth * stretch.x, halfHeight * stretch.y];
  const corners = [
    [-right, -low],
    [right, -low],
    [-right, low],
    [right, low],
  ].map(([dx = 0, dy = 0]) => ({
    x: `${common}st(6,${centreX})+(${num(dx)}*ld(3)+${num(dy)}*sin(ld(1)))/ld(0)`,
    y: `${common}st(6,${centreY})+(${num(dy)}*ld(3)-${num(dx)}*sin(ld(1)))/ld(0)`,
  }));
  return { middle: { x: common + centreX, y: common + centreY }, corners };
}
