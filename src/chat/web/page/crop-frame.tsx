import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { cutAtStart, type Focus, keptPart, middleOf } from '../../../task/crop.ts';
import type { Size } from '../../../task/shapes.ts';
import type { Picture } from './picture-check.ts';
import { percent, WORDS } from './words.ts';

/** Of a picture whose size this browser cannot tell. */
const USUAL_RATIO = 4 / 3;
/** Shares of the picture's side, by key; the arrows of the other direction do nothing. */
const STEP = 0.02;
const LEAP = 0.1;

/** A picture, and where it is cut to the shape of `to` the part that stays; `moved`: that is another now. `children` lie over it. */
export function CropFrame(props: {
  picture: Picture;
  to?: Size;
  id?: string;
  /** Which it is of several, from 1. */
  number?: number;
  moved(): void;
  children?: ComponentChildren;
}) {
  const { picture, to, id, number, moved, children } = props;
  const { url, size } = picture;
  return (
    <div class="crop" style={{ '--ratio': String(size ? size.width / size.height : USUAL_RATIO) }}>
      <img class="thumb" id={id} alt={numbered(WORDS.chosen, number)} src={url} draggable={false} />
      {size && to && <Kept {...{ picture, size, to, number, moved }} />}
      {children}
    </div>
  );
}

/** What is the same of several is told apart by its number. */
export const numbered = (words: string, number?: number): string => (number ? `${words} (${number})` : words);

function Kept(props: { picture: Picture; size: Size; to: Size; number?: number; moved(): void }) {
  const { picture, size, to, number, moved } = props;
  const { focus } = picture;
  /** Where the pointer came down, in pixels of the window, and the focus then. */
  const held = useRef<{ x: number; y: number; from: Focus } | undefined>(undefined);
  const at = focus.value;
  if (!at) return null;
  const part = keptPart(size, to, at);
  const isAcross = part.width < size.width;
  const share = cutAtStart(part, size) ?? 0;

  /** The frame stops at the edges, and goes back at once from there. */
  function move(place: Focus): void {
    const within = ({ x, y }: Focus) => ({ x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) });
    focus.value = middleOf(keptPart(size, to, within(place)), size);
  }
  function by(way: number): void {
    const { x, y } = middleOf(part, size);
    move(isAcross ? { x: x + way, y } : { x, y: y + way });
    moved();
  }
  function take(event: PointerEvent & { currentTarget: HTMLElement }): void {
    if (event.button !== 0) return;
    const { currentTarget: area, clientX: x, clientY: y } = event;
    const { left, top, width, height } = area.getBoundingClientRect();
    const point = { x: (x - left) / width, y: (y - top) / height };
    const isInFrame =
      Math.abs(point.x - middleOf(part, size).x) <= part.width / size.width / 2 &&
      Math.abs(point.y - middleOf(part, size).y) <= part.height / size.height / 2;
    // What is cut off is brought in by a press on it.
    if (!isInFrame) move(point);
    held.current = { x, y, from: isInFrame ? middleOf(part, size) : point };
    area.setPointerCapture(event.pointerId);
  }
  function drag({ currentTarget, clientX, clientY }: PointerEvent & { currentTarget: HTMLElement }): void {
    if (!held.current) return;
    const { width, height } = currentTarget.getBoundingClientRect();
    const { x, y, from } = held.current;
    move({ x: from.x + (clientX - x) / width, y: from.y + (clientY - y) / height });
  }
  function drop(): void {
    if (held.current) moved();
    held.current = undefined;
  }
  function press(event: KeyboardEvent): void {
    const [less, more] = isAcross ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const ways: Record<string, number> = { PageUp: -LEAP, PageDown: LEAP, Home: -1, End: 1 };
    const step = event.shiftKey ? LEAP : STEP;
    const way = event.key === less ? -step : event.key === more ? step : ways[event.key];
    if (way === undefined) return;
    event.preventDefault();
    by(way);
  }
  const { left, right, above, below, middle } = WORDS.keptAt;
  const [start, end] = isAcross ? [left, right] : [above, below];
  const inWords = share <= 0 ? start : share >= 1 ? end : Math.abs(share - 0.5) < STEP ? middle : percent(share);
  const shareOf = (length: number, side: number) => `${(100 * length) / side}%`;
  return (
    <div
      class="cut"
      data-across={isAcross}
      role="slider"
      tabIndex={0}
      aria-label={numbered(WORDS.kept, number)}
      aria-orientation={isAcross ? 'horizontal' : 'vertical'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * share)}
      aria-valuetext={inWords}
      title={WORDS.keptHow}
      onPointerDown={take}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={drop}
      onKeyDown={press}
    >
      <span
        class="kept"
        style={{
          left: shareOf(part.left, size.width),
          top: shareOf(part.top, size.height),
          width: shareOf(part.width, size.width),
          height: shareOf(part.height, size.height),
        }}
      />
    </div>
  );
}
