/** How tiles lie in a grid; pixels. */
export interface Layout {
  columns: number;
  tileWidth: number;
  columnStep: number;
  /** From one row to the next. */
  rowStep: number;
}

/** A telephone has two columns, whatever fits. */
const NARROW_PX = 576;
/** Of the picture of a tile. */
const RATIO = 10 / 16;
/** Below it: a gap and two lines; in rem. */
const WORDS_REM = 0.375 + 2 * 1.35 * 0.9375;
/** Rows beside those in sight, so that a flick shows no holes. */
const SPARE_ROWS = 3;

/** `width` of the grid, `screen` of the window, `rem` in pixels. */
export function layoutOf({ width, screen, rem }: { width: number; screen: number; rem: number }): Layout {
  const isWide = screen >= NARROW_PX;
  const gap = (isWide ? 1 : 0.75) * rem;
  const least = isWide ? 14 * rem : Math.min(10 * rem, (width - gap) / 2);
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  const tileWidth = (width - gap * (columns - 1)) / columns;
  const rowStep = Math.ceil(tileWidth * RATIO + WORDS_REM * rem + (isWide ? 1.5 : 1) * rem);
  return { columns, tileWidth, columnStep: tileWidth + gap, rowStep };
}

/** Which tiles are to be on the page: `[from, to)`. `top` of the grid and `height` of the window, in pixels of the window. */
export function rangeOf(
  { columns, rowStep }: Layout,
  { top, height, count }: { top: number; height: number; count: number },
): { from: number; to: number } {
  const rows = Math.ceil(count / columns);
  const first = Math.floor(-top / rowStep) - SPARE_ROWS;
  const last = Math.ceil((height - top) / rowStep) + SPARE_ROWS;
  const within = (row: number) => Math.min(Math.max(row, 0), rows);
  return { from: within(first) * columns, to: Math.min(count, within(last) * columns) };
}

/** The tile that a key leads to; undefined where it leads to none. `page`: rows in sight. */
export function turnOf(
  key: string,
  { at, count, columns, page }: { at: number; count: number; columns: number; page: number },
): number | undefined {
  const steps: Partial<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * page,
    PageDown: columns * page,
    Home: -at,
    End: count - 1 - at,
  };
  const step = steps[key];
  if (step === undefined) return undefined;
  const to = at + step;
  // By pages one comes to the ends; by arrows one stays where there is nothing further.
  if (to >= 0 && to < count) return to;
  if (key === 'PageUp') return at % columns;
  if (key === 'PageDown' || (key === 'ArrowDown' && at < count - 1 - ((count - 1) % columns))) return count - 1;
  return at;
}
