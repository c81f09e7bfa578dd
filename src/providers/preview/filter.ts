import type { Size } from '../../task/picture.ts';
import type { CameraPath } from './camera.ts';
import { type Extent, extentAt, viewExpressions } from './corners.ts';
import { num } from './track.ts';

/** Pixels between the mark and the clip's right and lower edges. */
const MARK_INSET_PX = 20;
/** How many pixels each way there are for one of a part's nearest view: what lies between pixels is guessed, which blurs. */
const FINER = 1.05;
/** Picture and window are scaled anew this often: a part costs as many pixels as its nearest view has, where the widest is. */
const PART_FRAMES = 20;
/** Pixels around a view that interpolation looks at. */
const MARGIN_PX = 4;
/** Shares of the clip: the last picture begins to show, and is all that is seen. */
const FADE = { from: 0.25, to: 0.9 };
const EXACT = 'accurate_rnd+full_chroma_int+bitexact';

/** What a graph is made for. */
export interface GraphOptions {
  /** Of the clip. */
  size: Size;
  /** Of the picture, of the same shape: what more it has is seen where the camera is near. */
  picture: Size;
  frames: number;
  fps: number;
  /** Input 2 is the picture that the clip ends on: it fades in over the first, and stays as it is. */
  hasLast?: boolean;
}

/**
 * The filter graph: input 0 is one raw RGB picture, input 1 the mark, once per frame; the mark's end is the clip's end. Each
 * part scales the picture to as many pixels as its nearest view needs, and takes its views out of that.
 */
export function filterGraph(path: CameraPath, { size, picture, frames, fps, hasLast }: GraphOptions): string {
  const extents = Array.from({ length: frames }, (_, frame) => extentAt(path, size, frame));
  const parts = Array.from({ length: Math.ceil(frames / PART_FRAMES) }, (_, i) => {
    const first = i * PART_FRAMES;
    const shown = extents.slice(first, first + PART_FRAMES);
    return { first, extents: shown, ground: groundOf(shown, { size, picture }) };
  });
  const faded = hasLast ? fadeGraph(scaledTo(size), { frames, fps }) : [];
  const mark = `overlay=x=W-w-${MARK_INSET_PX}:y=H-h-${MARK_INSET_PX}:shortest=1:format=yuv420`;
  return [
    ...groundsGraph(parts.map(({ ground }) => ground)),
    ...parts.map((part, i) => `[still${i}]${partGraph(path, { size, ...part })}[part${i}]`),
    `${parts.map((_, i) => `[part${i}]`).join('')}concat=n=${parts.length},setpts=N/${fps}/TB[moved]`,
    ...faded,
    `[${hasLast ? 'seen' : 'moved'}][1:v]${mark}[out]`,
  ].join(';');
}

/** The picture for each part, scaled once for all that need as much of it. */
function groundsGraph(grounds: readonly Size[]): string[] {
  const stills = new Map<string, string[]>();
  for (const [i, ground] of grounds.entries()) {
    const scale = scaledTo(ground);
    stills.set(scale, [...(stills.get(scale) ?? []), `[still${i}]`]);
  }
  const scaled = [...stills].map(
    ([scale, names], i) => `[ground${i}]${scale},format=yuv420p,split=${names.length}${names.join('')}`,
  );
  return [`[0:v]split=${scaled.length}${scaled.map((_, i) => `[ground${i}]`).join('')}`, ...scaled];
}

const scaledTo = ({ width, height }: Size) =>
  `scale=w=${width}:h=${height}:out_color_matrix=bt709:out_range=tv:flags=lanczos+${EXACT}`;

/** The last picture over what was seen so far. Not `xfade`, which ffmpeg has since 2020 only. */
function fadeGraph(scaled: string, { frames, fps }: Pick<GraphOptions, 'frames' | 'fps'>): string[] {
  const from = Math.round(FADE.from * frames);
  const fade = `fade=t=in:s=${from}:n=${Math.round(FADE.to * frames) - from}:alpha=1`;
  return [
    `[2:v]${scaled},format=yuva420p,loop=loop=${frames - 1}:size=1:start=0,setpts=N/${fps}/TB,${fade}[last]`,
    '[moved][last]overlay=format=yuv420[seen]',
  ];
}

/** More than `least` by at least so much in steps of four pixels: halves of what is between them are whole pixels of the colour. */
const upTo = (least: number, pixels: number): number => least + 4 * Math.ceil(Math.max(0, pixels - least) / 4);
/** As much less than `most`. */
const downTo = (most: number, pixels: number): number => most - 4 * Math.floor(Math.max(0, most - pixels) / 4);

/** How large the picture is that the camera moves over: of what it has, as much as the nearest view shows, or little more. */
function groundOf(extents: readonly Extent[], { size, picture }: Pick<GraphOptions, 'size' | 'picture'>): Size {
  const nearest = size.width / Math.min(...extents.map(({ view }) => view.width));
  const times = Math.max(1, Math.min(FINER * nearest, picture.width / size.width, picture.height / size.height));
  const more = (side: number, times: number) => side + 4 * Math.floor((side * (times - 1)) / 4);
  return { width: more(size.width, times), height: more(size.height, times) };
}

/**
 * Some frames of the clip. A window that has room for any view meanwhile follows the camera in whole pixels, and
 * `perspective` takes the view out of it, which resamples at 1/256 px. That gives as many pixels as it takes: what is not
 * of the view is cut off again, and the rest made as small as the clip.
 */
function partGraph(
  path: CameraPath,
  { size, ground, first, extents }: { size: Size; ground: Size; first: number; extents: readonly Extent[] },
): string {
  const sideOf = (side: keyof Size) => {
    const times = ground[side] / size[side];
    const view = times * Math.max(...extents.map((extent) => extent.view[side]));
    const inner = downTo(ground[side], Math.max(size[side], view));
    const box = times * Math.max(...extents.map((extent) => extent.box[side]));
    const window = Math.min(ground[side], upTo(inner, Math.max(inner, box) + 2 * MARGIN_PX));
    return { times, inner, window, stretch: window / inner, most: ground[side] - window };
  };
  const [across, down] = [sideOf('width'), sideOf('height')];
  const stretch = { x: across.stretch, y: down.stretch };
  const frames = { first, count: extents.length };
  const views = (frame: string) => viewExpressions(path, size, { frame: `${frame}+${first}`, frames, stretch });
  // Even, as the colour has half the resolution.
  const start = (middle: string, { times, window, most }: typeof across) =>
    `clip(2*floor(((${middle})*${num(times)}-${num(window / 2)})/2),0,${most})`;
  const startOf = ({ x, y }: { x: string; y: string }) => ({ x: start(x, across), y: start(y, down) });
  const cropped = startOf(views('n').middle);
  // What a corner has found out already is not said again: one argument of a program has 128 KB at most on Linux.
  const left = startOf({ x: 'ld(6)', y: 'ld(6)' });
  // `on` counts frames from 1, in ffmpeg's builds of 2018 and of today.
  const corners = views('(on-1)').corners.map(
    ({ x, y }, i) => `x${i}='(${x})*${num(across.times)}-${left.x}':y${i}='(${y})*${num(down.times)}-${left.y}'`,
  );
  return [
    `loop=loop=${extents.length - 1}:size=1:start=0,setpts=N`,
    `crop=${across.window}:${down.window}:x='${cropped.x}':y='${cropped.y}'`,
    `perspective=${corners.join(':')}:interpolation=cubic:sense=source:eval=frame`,
    `crop=${across.inner}:${down.inner}`,
    `scale=w=${size.width}:h=${size.height}:flags=lanczos+bitexact`,
  ].join(',');
}
