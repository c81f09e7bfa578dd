import { planPath, type Shot, type ShotOptions } from '../../../src/providers/preview/camera.ts';
import { viewExpressions } from '../../../src/providers/preview/corners.ts';
import { parseScene } from '../../../src/providers/preview/parse-scene.ts';
import type { Size } from '../../../src/task/picture.ts';
import { compile } from './expression.ts';
import type { Motion } from './motion.ts';

export const LANDSCAPE: Size = { width: 1280, height: 720 };
export const PORTRAIT: Size = { width: 720, height: 1280 };

/** What the frame shows of the picture: its middle and corners in pixels, its magnification and turn. */
export interface View {
  x: number;
  y: number;
  zoom: number;
  /** Radians that the picture is turned clockwise. */
  roll: number;
  /** Top left, top right, bottom left, bottom right. */
  corners: { x: number; y: number }[];
}

/** What every frame shows, computed from the expressions that ffmpeg is given. */
export function viewsOf(shot: Shot | string, options: Partial<ShotOptions> = {}, size = LANDSCAPE): View[] {
  const all = { motion: 5, seed: 1, frames: 120, fps: 24, shape: size, focus: { x: 0.5, y: 0.5 }, ...options };
  const path = planPath(typeof shot === 'string' ? parseScene(shot) : shot, all);
  const corners = viewExpressions(path, size, { frame: '(on-1)', stretch: { width: 1, height: 1 } }).map(
    ({ x, y }) => ({ x: compile(x), y: compile(y) }),
  );
  return Array.from({ length: all.frames }, (_, frame) => {
    const seen = corners.map(({ x, y }) => ({ x: x(frame), y: y(frame) }));
    const [a = { x: 0, y: 0 }, b = a, , d = a] = seen;
    const [w, h] = [b.x - a.x, b.y - a.y];
    return {
      x: (a.x + d.x) / 2,
      y: (a.y + d.y) / 2,
      corners: seen,
      zoom: size.width / Math.hypot(w, h),
      roll: -Math.atan2(h, w),
    };
  });
}

/** How what is seen moves from one view to the next. */
export function motionOf(before: View, after: View): Motion {
  const [x, y] = [before.x - after.x, before.y - after.y];
  const [cos, sin] = [after.zoom * Math.cos(after.roll), after.zoom * Math.sin(after.roll)];
  return {
    dx: x * cos - y * sin,
    dy: x * sin + y * cos,
    scale: after.zoom / before.zoom,
    angle: after.roll - before.roll,
  };
}
