import type { Size } from '../../task/picture.ts';
import type { CameraPath } from './camera.ts';
import { expressionOf, num, type Track } from './track.ts';

/** Pixels between the mark and the clip's right and lower edges. */
const MARK_INSET_PX = 20;
/** Keeps the fit (see `cornerExpressions`) smooth where the picture passes through level. */
const LEVEL_SOFTNESS = 0.015;

/**
 * The filter graph: input 0 is one raw RGB picture of `size`, input 1 the mark, once per frame; the mark's end is the
 * clip's end. `perspective` with cubic interpolation resamples at 1/256 px; `zoompan` would round to whole pixels.
 */
export function filterGraph(path: CameraPath, size: Size, fps: number): string {
  const corners = cornerExpressions(path, size).map(({ x, y }, i) => `x${i}='${x}':y${i}='${y}'`);
  const still = `scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int+bitexact,format=yuv420p`;
  const repeated = `loop=loop=-1:size=1:start=0,setpts=N/${fps}/TB`;
  const camera = `perspective=${corners.join(':')}:interpolation=cubic:sense=source:eval=frame`;
  const mark = `overlay=x=W-w-${MARK_INSET_PX}:y=H-h-${MARK_INSET_PX}:shortest=1:format=yuv420`;
  return `[0:v]${still},${repeated},${camera}[seen];[seen][1:v]${mark}[out]`;
}

/**
 * Where in the picture the frame's corners lie (top left, top right, bottom left, bottom right), in pixels, as
 * expressions of the frame. They are inside of the picture whatever the path holds: the magnification is what the roll
 * at that moment needs to fill the frame, times the path's zoom, and pan and tilt are shares of what room that leaves.
 */
export function cornerExpressions(path: CameraPath, size: Size): { x: string; y: string }[] {
  const halfWidth = size.width / 2;
  const halfHeight = size.height / 2;
  const [short, long] = halfWidth < halfHeight ? [halfWidth, halfHeight] : [halfHeight, halfWidth];
  const m = path.margin;
  const rolls = path.roll.ramps.length > 0 || path.roll.sways.length > 0;
  // Registers: 0 magnification, 1 roll, 2 its sine (never below its size, and smooth), 3 its cosine.
  const sine = rolls ? `hypot(sin(ld(1)),${LEVEL_SOFTNESS})` : '0';
  const fit = `(${num(long + m)}*ld(2)+${num(short + m)}*ld(3))/${num(short)}`;
  const common = `st(1,${expressionOf(path.roll)});st(2,${sine});st(3,cos(ld(1)));st(0,exp(${expressionOf(path.zoom)})*${fit});`;
  const centre = (half: number, other: number, share: Track, shake: Track) => {
    const room = `(${num(half)}-(${num(half + m)}*ld(3)+${num(other + m)}*ld(2))/ld(0))`;
    return `${num(half)}+(${expressionOf(share)})*${room}+(${expressionOf(shake)})/ld(0)`;
  };
  const centreX = centre(halfWidth, halfHeight, path.pan, path.shakeX);
  const centreY = centre(halfHeight, halfWidth, path.tilt, path.shakeY);
  return [
    [-halfWidth, -halfHeight],
    [halfWidth, -halfHeight],
    [-halfWidth, halfHeight],
    [halfWidth, halfHeight],
  ].map(([dx = 0, dy = 0]) => ({
    x: `${common}${centreX}+(${num(dx)}*ld(3)+${num(dy)}*sin(ld(1)))/ld(0)`,
    y: `${common}${centreY}+(${num(dy)}*ld(3)-${num(dx)}*sin(ld(1)))/ld(0)`,
  }));
}
