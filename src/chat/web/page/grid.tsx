import { type Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TaskView } from '../view.ts';
import { afterwards } from './dom.ts';
import { type Layout, layoutOf, rangeOf, turnOf } from './grid-view.ts';
import { leaving } from './leaving.ts';
import { Left } from './left.tsx';
import { Tile } from './tile.tsx';

/** So many rows before the end the next page is asked for. */
const SOON_ROWS = 6;

interface GridProps {
  clips: Signal<readonly TaskView[]>;
  /** Whether there are more than these. */
  hasMore: Signal<boolean>;
  /** The clip that the keyboard is at. */
  current: Signal<string | undefined>;
  open(view: TaskView): void;
  /** The end comes into sight. */
  more(): void;
}

const remNow = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/**
 * Clips in rows, of which those in sight are on the page, and the one that the keyboard is at, which goes on from there by
 * arrows: however many there are, the page has few.
 */
export function Grid({ clips, hasMore, current, open, more }: GridProps) {
  const at = useRef<HTMLUListElement>(null);
  const layout = useSignal<Layout | undefined>(undefined);
  const range = useSignal({ from: 0, to: 0 });

  function look(): void {
    const list = at.current;
    const how = layout.peek();
    if (!list || !how) return;
    const count = clips.peek().length;
    const next = rangeOf(how, { top: list.getBoundingClientRect().top, height: innerHeight, count });
    const { from, to } = range.peek();
    if (next.from !== from || next.to !== to) range.value = next;
    if (hasMore.peek() && next.to + SOON_ROWS * how.columns >= count) more();
  }
  function measure(): void {
    const width = at.current?.clientWidth ?? 0;
    if (width > 0) layout.value = layoutOf({ width, screen: innerWidth, rem: remNow() });
    look();
  }
  useLayoutEffect(() => {
    const sizes = new ResizeObserver(measure);
    if (at.current) sizes.observe(at.current);
    let isDue = false;
    const scrolled = () => {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        look();
      });
    };
    addEventListener('scroll', scrolled, { passive: true });
    return () => {
      sizes.disconnect();
      removeEventListener('scroll', scrolled);
    };
  }, []);
  useSignalEffect(() => {
    // Others stand there now, or more.
    clips.value;
    hasMore.value;
    afterwards(look);
  });

  const currentAt = useComputed(() => clips.value.findIndex(({ taskId }) => taskId === current.value));
  const holdsFocus = () => at.current?.contains(document.activeElement) === true;
  const how = layout.value;
  const { from, to } = range.value;
  const kept = currentAt.value;
  // Who comes by keyboard begins with what is in sight, and who is in the grid stays where they are.
  const isKept = kept >= from && kept < to;
  const start = isKept || (kept >= 0 && holdsFocus()) ? kept : from;
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
  if (kept >= 0 && kept < from) shown.unshift(kept);
  if (kept >= to) shown.push(kept);

  function turn(event: KeyboardEvent): void {
    if (!how || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(innerHeight / how.rowStep) - 1);
    const next = turnOf(event.key, { at: start, count: clips.value.length, columns: how.columns, page });
    const view = next === undefined ? undefined : clips.value[next];
    if (!view) return;
    event.preventDefault();
    current.value = view.taskId;
    afterwards(() => {
      const tile = at.current?.querySelector<HTMLElement>(`[data-task="${view.taskId}"] button`);
      tile?.focus({ preventScroll: true });
      tile?.scrollIntoView({ block: 'nearest' });
    });
  }

  const rows = how ? Math.ceil(clips.value.length / how.columns) : 0;
  return (
    <ul
      id="tiles"
      class="tiles"
      aria-labelledby="title"
      ref={at}
      onKeyDown={turn}
      onFocusIn={({ target }) => {
        const taskId = target instanceof Element ? target.closest<HTMLElement>('[data-task]')?.dataset.task : undefined;
        if (taskId !== undefined) current.value = taskId;
      }}
      style={{ height: how ? `${rows * how.rowStep}px` : undefined }}
    >
      {how &&
        shown.map((index) => {
          const view = clips.value[index];
          if (!view) return null;
          const [column, row] = [index % how.columns, Math.floor(index / how.columns)];
          const place = {
            index,
            count: hasMore.value ? -1 : clips.value.length,
            style: {
              width: `${how.tileWidth}px`,
              transform: `translate(${column * how.columnStep}px, ${row * how.rowStep}px)`,
            },
          };
          return leaving.value.has(view.taskId) ? (
            <Left key={view.taskId} taskId={view.taskId} style={place.style} />
          ) : (
            <Tile key={view.taskId} view={view} place={place} isStop={index === start} open={() => open(view)} />
          );
        })}
    </ul>
  );
}
