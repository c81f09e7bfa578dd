import { isSameSize, type Size } from '../../task/picture.ts';
import type { CameraPath } from './camera.ts';
import { extentAt, viewExpressions } from './corners.ts';
import { type Cut, cutOf, groundOf, type Part, partsOf } from './cuts.ts';
import { MARK_SIZE } from './mark.ts';
import { num } from './track.ts';

/** Pixels between the mark and the clip's right and lower edges. */
const MARK_INSET_PX = 20;
/** So far around it the encoder has blurred the mark. */
const UNMARKED_PX = 4;
/** Shares of the clip: the last picture begins to show, and is all that is seen. */
const FADE = { from: 0.25, to: 0.9 };
const EXACT = 'accurate_rnd+full_chroma_int+bitexact';
/** A picture as the clip has its colours. */
const YUV = `out_color_matrix=bt709:out_range=tv:flags=lanczos+${EXACT}`;

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
  /** The picture is a clip's last frame, which bears its mark. */
  goesOn?: boolean;
}

/**
 * The filter graph: input 0 is one raw RGB picture, input 1 the mark, once per frame; the mark's end is the clip's end. What
 * a part of the clip shows is cut out of the picture, and scaled to as many pixels as it needs; `perspective` takes each
 * frame's view out of that, which resamples at 1/256 px. As it gives as many pixels as it takes, and has memory for each, all
 * parts have the same size and one goes after the other through the same.
 */
export function filterGraph(path: CameraPath, options: GraphOptions): string {
  const { size, picture, frames, fps, hasLast, goesOn } = options;
  const parts = partsOf(Array.from({ length: frames }, (_, frame) => extentAt(path, size, frame)));
  const ground = groundOf(parts, options);
  const cuts = parts.map((part) => ({ ...part, cut: cutOf(part, { size, picture, ground }) }));
  const names = (name: string) => cuts.map((_, i) => `[${name}${i}]`).join('');
  const whole = [`scale=${YUV}`, 'format=yuv420p', ...(goesOn && isSameSize(picture, size) ? [unmarked(size)] : [])];
  const mark = `overlay=x=W-w-${MARK_INSET_PX}:y=H-h-${MARK_INSET_PX}:shortest=1:format=yuv420`;
  return [
    `[0:v]${whole.join(',')},split=${cuts.length}${names('still')}`,
    ...cuts.map(
      ({ cut, frames }, i) => `[still${i}]${cutGraph(cut, ground)},loop=loop=${frames - 1}:size=1:start=0[part${i}]`,
    ),
    `${names('part')}concat=n=${cuts.length},setpts=N/${fps}/TB,${viewGraph(path, cuts, { ...options, ground })}[moved]`,
    ...(hasLast ? fadeGraph(options) : []),
    `[${hasLast ? 'seen' : 'moved'}][1:v]${mark}[out]`,
  ].join(';');
}

/** What lay under the mark, as what is around it tells: else it would move along with the picture, beside the new one. */
function unmarked({ width, height }: Size): string {
  const [w, h] = [MARK_SIZE.width + 2 * UNMARKED_PX, MARK_SIZE.height + 2 * UNMARKED_PX];
  const inset = MARK_INSET_PX - UNMARKED_PX;
  return `delogo=x=${width - w - inset}:y=${height - h - inset}:w=${w}:h=${h}`;
}

const cutGraph = ({ left, top, width, height }: Cut, ground: Size): string =>
  `crop=${width}:${height}:${left}:${top},scale=w=${ground.width}:h=${ground.height}:flags=lanczos+accurate_rnd+bitexact`;

/** Each frame's view out of the part that it belongs to, at the clip's size. */
function viewGraph(
  path: CameraPath,
  cuts: readonly (Part & { cut: Cut })[],
  { size, picture, ground }: GraphOptions & { ground: Size },
): string {
  const along = (start: 'left' | 'top', side: keyof Size) => {
    const times = cuts.map(({ cut }) => (ground[side] / cut[side]) * (picture[side] / size[side]));
    const starts = cuts.map(({ cut }) => (ground[side] / cut[side]) * cut[start]);
    return (at: string) => `(${at})*(${byPart(cuts, times)})-(${byPart(cuts, starts)})`;
  };
  const [across, down] = [along('left', 'width'), along('top', 'height')];
  const stretch = { width: ground.width / size.width, height: ground.height / size.height };
  // `on` counts frames from 1, in ffmpeg's builds of 2018 and of today.
  const corners = viewExpressions(path, size, { frame: '(on-1)', stretch }).map(
    ({ x, y }, i) => `x${i}='${across(x)}':y${i}='${down(y)}'`,
  );
  return [
    `perspective=${corners.join(':')}:interpolation=cubic:sense=source:eval=frame`,
    `crop=${size.width}:${size.height}`,
  ].join(',');
}

/** The value of the part in which the frame is, which the register 7 holds. */
function byPart(parts: readonly { frames: number }[], values: readonly number[]): string {
  let end = 0;
  const ends = parts.map(({ frames }) => (end += frames));
  const said = values.map(num);
  return said
    .slice(0, -1)
    .reduceRight((rest, value, i) => `if(lt(ld(7),${ends[i]}),${value},${rest})`, said.at(-1) ?? '0');
}

/** The last picture over what was seen so far. Not `xfade`, which ffmpeg has since 2020 only. */
function fadeGraph({ size, frames, fps }: GraphOptions): string[] {
  const from = Math.round(FADE.from * frames);
  const fade = `fade=t=in:s=${from}:n=${Math.round(FADE.to * frames) - from}:alpha=1`;
  const scaled = `scale=w=${size.width}:h=${size.height}:${YUV}`;
  return [
    `[2:v]${scaled},format=yuva420p,loop=loop=${frames - 1}:size=1:start=0,setpts=N/${fps}/TB,${fade}[last]`,
    '[moved][last]overlay=format=yuv420[seen]',
  ];
}
