/** A change by `by`, eased in and out, over `length` frames from frame `at`. */
export interface Ramp {
  at: number;
  length: number;
  by: number;
}

/** A slow sine: `amplitude` × sin(2π(`cyclesPerFrame` × frame + `phase`)). */
export interface Sway {
  amplitude: number;
  cyclesPerFrame: number;
  phase: number;
}

/** A quantity over the frames of a clip: where it starts, plus everything that is added to it. */
export interface Track {
  start: number;
  ramps: Ramp[];
  sways: Sway[];
}

/** Share of a ramp's length in which it gathers speed, and again in which it loses it; constant speed in between. */
const EASE_SHARE = 0.25;

/** A track's value at a frame: what `expressionOf` has ffmpeg compute. */
export function valueAt({ start, ramps, sways }: Track, frame: number): number {
  const moved = ramps.reduce((sum, { at, length, by }) => sum + by * eased((frame - at) / length), start);
  return sways.reduce((sum, { amplitude, cyclesPerFrame, phase }) => {
    return sum + amplitude * Math.sin(2 * Math.PI * (cyclesPerFrame * frame + phase));
  }, moved);
}

function eased(share: number): number {
  const done = Math.min(1, Math.max(0, share));
  const nearer = Math.min(done, 1 - done);
  const gathered = (nearer - (EASE_SHARE / Math.PI) * Math.sin((nearer * Math.PI) / EASE_SHARE)) / 2;
  const gone = (nearer < EASE_SHARE ? gathered : nearer - EASE_SHARE / 2) / (1 - EASE_SHARE);
  return done < 0.5 ? gone : 1 - gone;
}

/** A track as an expression in ffmpeg's language. The register 7 holds the frame; 8 and 9 are used. */
export function expressionOf(track: Track): string {
  return (
    [num(track.start), ...track.ramps.map(ramp), ...track.sways.map(sway)].filter((term) => term !== '0').join('+') ||
    '0'
  );
}

// The speed rises and falls as half a cosine, so that speed and acceleration start and end at nothing. Written for the
// nearer end of the ramp and mirrored for the other one.
function ramp({ at, length, by }: Ramp): string {
  const speedingUp = `(ld(8)-${num(EASE_SHARE / Math.PI)}*sin(ld(8)*${num(Math.PI / EASE_SHARE)}))/2`;
  const steady = `ld(8)-${num(EASE_SHARE / 2)}`;
  const share = `if(lt(ld(8),${EASE_SHARE}),${speedingUp},${steady})*${num(1 / (1 - EASE_SHARE))}`;
  const done = `st(9,clip((ld(7)-${num(at)})/${num(length)},0,1));st(8,min(ld(9),1-ld(9)))`;
  return `(${done};st(8,${share});if(lt(ld(9),0.5),ld(8),1-ld(8)))*${num(by)}`;
}

function sway({ amplitude, cyclesPerFrame, phase }: Sway): string {
  return `${num(amplitude)}*sin(${num(2 * Math.PI * cyclesPerFrame)}*ld(7)+${num(2 * Math.PI * phase)})`;
}

/** A number as ffmpeg reads it: no exponent, in parentheses where it is negative. */
export function num(value: number): string {
  const text = value.toFixed(7).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text.startsWith('-') ? `(${text})` : text;
}
