import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPath, type Shot } from '../../src/providers/preview/camera.ts';
import { CAPABILITIES } from '../../src/providers/preview/capabilities.ts';
import { filterGraph } from '../../src/providers/preview/filter.ts';
import type { CameraMove } from '../../src/task/understood.ts';
import { LANDSCAPE, PORTRAIT, type View, viewsOf as views } from './support/views.ts';

/** What six hasty moves at the highest motion need; a jump would be tens of pixels. */
const MAX_JERK_PX = 9;
/** MAX_ARG_STRLEN of Linux. */
const MAX_ARGUMENT_BYTES = 131_072;

const at = (path: View[], share: number): View => {
  const view = path[Math.round(share * (path.length - 1))];
  if (!view) throw new RangeError('no such frame');
  return view;
};

const move = fc.record<CameraMove>({
  kind: fc.constantFrom('zoom', 'pan', 'tilt', 'roll', 'hold'),
  sign: fc.constantFrom(-1, 0, 1),
  extent: fc.constantFrom(0.6, 1, 1.5),
  together: fc.boolean(),
});
const anyShot = fc.record<Shot>({ moves: fc.array(move, { maxLength: 9 }), shake: fc.constantFrom(0, 0.6, 1, 1.5) });
const anyOptions = fc.record({
  motion: fc.double({ min: 1, max: 10, noNaN: true }),
  seed: fc.nat(0xffffffff),
  frames: fc.constantFrom(120, 240),
  focus: fc.record({ x: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.double({ min: 0, max: 1, noNaN: true }) }),
  shape: fc.constantFrom(LANDSCAPE, PORTRAIT, { width: 5000, height: 900 }, { width: 900, height: 5000 }),
});

describe('the path of the camera', () => {
  it('never leaves the picture, never bends it and never jumps, whatever is asked', () => {
    fc.assert(
      fc.property(anyShot, anyOptions, fc.constantFrom(...CAPABILITIES.sizes), (shot, options, size) => {
        const path = views(shot, options, size);
        let [outside, bent, jerk] = [0, 0, 0];
        for (const [i, view] of path.entries()) {
          for (const { x, y } of view.corners) outside = Math.max(outside, -x, x - size.width, -y, y - size.height);
          const [a, b, c, d] = view.corners;
          if (!a || !b || !c || !d) throw new Error('four corners');
          bent = Math.max(bent, Math.abs(b.x - a.x - (d.x - c.x)), Math.abs(b.y - a.y - (d.y - c.y)));
          bent = Math.max(bent, Math.abs(((b.x - a.x) / size.width) * size.height - (c.y - a.y)));
          // Speed changes by little from frame to frame: that is what the eye takes for smooth.
          const [before, after] = [path[i - 1], path[i + 1]];
          if (!before || !after) continue;
          jerk = Math.max(jerk, Math.abs(after.x - 2 * view.x + before.x), Math.abs(after.y - 2 * view.y + before.y));
          jerk = Math.max(jerk, 640 * Math.abs(after.zoom - 2 * view.zoom + before.zoom));
          jerk = Math.max(jerk, 640 * Math.abs(after.roll - 2 * view.roll + before.roll));
        }
        expect(outside).toBeLessThan(0.01);
        expect(bent).toBeLessThan(0.01);
        expect(jerk).toBeLessThan(MAX_JERK_PX);
      }),
      { numRuns: 80, seed: 7 },
    );
  });

  it('is told to ffmpeg in one argument of the length that Linux allows, whatever is asked of ten seconds', () => {
    fc.assert(
      fc.property(anyShot, anyOptions, fc.constantFrom(...CAPABILITIES.sizes), (shot, options, size) => {
        const path = planPath(shot, { ...options, frames: 240, fps: 24 });
        const picture = { width: size.width * 2, height: size.height * 2 };
        const graph = filterGraph(path, { size, picture, frames: 240, fps: 24 });
        expect(graph.length).toBeLessThan(MAX_ARGUMENT_BYTES);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('shows the whole picture, pixel for pixel, while it holds', () => {
    for (const view of views('static shot')) {
      expect(view.corners).toEqual([
        { x: 0, y: 0 },
        { x: 1280, y: 0 },
        { x: 0, y: 720 },
        { x: 1280, y: 720 },
      ]);
    }
  });

  it.each([
    ['zoom in', (a: View, z: View) => z.zoom - a.zoom - 0.2],
    ['zoom out', (a: View, z: View) => a.zoom - z.zoom - 0.2],
    ['pan right', (a: View, z: View) => z.x - a.x - 150],
    ['pan left', (a: View, z: View) => a.x - z.x - 150],
    ['tilt up', (a: View, z: View) => a.y - z.y - 80],
    ['tilt down', (a: View, z: View) => z.y - a.y - 80],
    ['rotate clockwise', (a: View, z: View) => z.roll - a.roll - 0.1],
    ['rotate counterclockwise', (a: View, z: View) => a.roll - z.roll - 0.1],
  ])('goes where “%s” says, from rest to rest, at an even speed in between', (scene, beyond) => {
    const path = views(scene);
    expect(beyond(at(path, 0), at(path, 1))).toBeGreaterThan(0);
    const pace = (i: number) => distance(path[i], path[i + 1]);
    expect(pace(0)).toBeLessThan(0.02 * pace(60));
    expect(pace(118)).toBeLessThan(0.02 * pace(60));
    if (scene.startsWith('pan')) for (let i = 31; i < 88; i++) expect(pace(i)).toBeCloseTo(pace(60), 3);
  });

  it('makes moves one after the other, in the order in which they are named', () => {
    const path = views('zoom in, pan right, rotate clockwise');
    const [start, first, second, end] = [at(path, 0), at(path, 0.3), at(path, 0.6), at(path, 1)];
    expect(first.zoom - start.zoom).toBeGreaterThan(0.1);
    expect(Math.abs(first.x - start.x)).toBeLessThan(1);
    expect(second.x - first.x).toBeGreaterThan(50);
    expect(Math.abs(second.roll)).toBeLessThan(0.005);
    expect(end.roll).toBeGreaterThan(0.05);
  });

  it('makes moves at the same time that are named together', () => {
    const path = views('pan left while zooming in');
    const middle = at(path, 0.5);
    expect(middle.x).toBeLessThan(at(path, 0).x - 20);
    expect(middle.zoom).toBeGreaterThan(at(path, 0).zoom + 0.05);
  });

  it('goes further for more motion and for stronger words', () => {
    const reach = (scene: string, motion: number) => at(views(scene, { motion }), 1).zoom;
    const reaches = [1, 2, 5, 8, 10].map((motion) => reach('zoom in', motion));
    expect(reaches).toEqual([...reaches].sort((a, b) => a - b));
    expect(reaches[0]).toBeLessThan(1.06);
    expect(reaches[4]).toBeGreaterThan(1.45);
    expect(reach('slowly zoom in', 5)).toBeLessThan(reach('zoom in', 5));
    expect(reach('quickly zoom in', 5)).toBeGreaterThan(reach('zoom in', 5));
  });

  it('moves in gently, a little to one side, where the scene says nothing of the camera', () => {
    const path = views('a girl waves');
    expect(at(path, 0).zoom).toBeCloseTo(1, 3);
    expect(at(path, 1).zoom).toBeGreaterThan(1.1);
    expect(at(path, 1).zoom).toBeLessThan(1.3);
    expect(Math.hypot(at(path, 1).x - 640, at(path, 1).y - 360)).toBeGreaterThan(5);
  });

  it('follows the seed where the words leave it open, and only there', () => {
    const end = (scene: string, seed: number) => at(views(scene, { seed }), 1);
    expect(end('a girl waves', 1)).toEqual(end('a girl waves', 1));
    expect(end('a girl waves', 1)).not.toEqual(end('a girl waves', 2));
    expect(end('zoom in', 1)).toEqual(end('zoom in', 1));
    // Takes of plain words differ, too: by how they are aimed.
    const ends = [1, 2, 3, 4].map((seed) => end('zoom in', seed).x);
    expect(Math.max(...ends) - Math.min(...ends)).toBeGreaterThan(20);
    expect(end('zoom in', 1).zoom).toBe(end('zoom in', 2).zoom);
    const sides = new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => Math.sign(end('pan over the city', seed).x - 640)));
    expect(sides).toEqual(new Set([-1, 1]));
  });

  it.each(['zoom in', 'slow zoom in', 'zoom out', 'a girl waves'])(
    'is another for each seed, “%s”, where what draws the eye is in a corner and the clip is short',
    (scene) => {
      const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
      const focus = { x: 0.95, y: 0.1 };
      const paths = seeds.map((seed) => JSON.stringify(views(scene, { seed, focus, motion: 5, frames: 48 })));
      expect(new Set(paths).size).toBe(seeds.length);
    },
  );

  it.each(['zoom in', 'zoom out', 'a girl waves'])(
    'has what draws the eye in sight while “%s”, nearer to the middle',
    (scene) => {
      for (const size of CAPABILITIES.sizes)
        for (const seed of [1, 2, 3, 4, 5])
          for (const focus of [
            { x: 0.8, y: 0.25 },
            { x: 0.12, y: 0.6 },
          ]) {
            const path = views(scene, { seed, focus, motion: 10 }, size);
            const [whole, near] = scene === 'zoom out' ? [at(path, 1), at(path, 0)] : [at(path, 0), at(path, 1)];
            const from = (view: View) =>
              Math.abs(((focus.x * size.width - view.x) * view.zoom) / size.width) +
              Math.abs(((focus.y * size.height - view.y) * view.zoom) / size.height);
            const { corners } = near;
            expect(corners[0]?.x).toBeLessThan(focus.x * size.width);
            expect(corners[3]?.x).toBeGreaterThan(focus.x * size.width);
            expect(from(near)).toBeLessThan(from(whole));
          }
    },
  );

  it('looks along a picture that is long, towards what draws the eye, where nothing was asked', () => {
    for (const [x, way] of [[0.2, -1] as const, [0.8, 1] as const]) {
      const pan = views('', { shape: { width: 6000, height: 1500 }, focus: { x, y: 0.5 } });
      expect(Math.sign(at(pan, 1).x - at(pan, 0).x)).toBe(way);
      expect(Math.abs(at(pan, 1).x - at(pan, 0).x)).toBeGreaterThan(100);
      const tilt = views('', { shape: { width: 1000, height: 2200 }, focus: { x: 0.5, y: x } }, PORTRAIT);
      expect(Math.sign(at(tilt, 1).y - at(tilt, 0).y)).toBe(way);
      expect(Math.abs(at(tilt, 1).y - at(tilt, 0).y)).toBeGreaterThan(100);
    }
    const portrait = views('', { shape: { width: 3000, height: 4000 } }, PORTRAIT);
    expect(at(portrait, 1).zoom).toBeGreaterThan(at(portrait, 0).zoom + 0.1);
  });

  it('shakes a hand-held camera gently, differently for every seed', () => {
    const path = views('handheld shot', { motion: 5 });
    const steps = path.slice(1).map((view, i) => Math.hypot(view.x - (path[i]?.x ?? 0), view.y - (path[i]?.y ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(2);
    expect(Math.max(...path.map(({ x }) => x)) - Math.min(...path.map(({ x }) => x))).toBeGreaterThan(3);
    expect(at(path, 0.5)).not.toEqual(at(views('handheld shot', { motion: 5, seed: 9 }), 0.5));
  });
});

function distance(a: View | undefined, b: View | undefined): number {
  if (!a || !b) throw new RangeError('no such frame');
  return Math.hypot(b.x - a.x, b.y - a.y) + 640 * Math.abs(b.zoom - a.zoom) + 640 * Math.abs(b.roll - a.roll);
}
