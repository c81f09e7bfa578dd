import type { CSSProperties } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TaskView } from '../view.ts';
import { wantsStillness } from './dom.ts';
import { Icon } from './icons.tsx';
import { release } from './player.tsx';
import { WORDS } from './words.ts';

/** Where a tile lies, and which of how many it is; -1 where nobody knows how many. */
interface TilePlace {
  index: number;
  count: number;
  style: CSSProperties;
}

/** A clip in the grid: its picture, which moves for who points at it or comes to it by keyboard. `isStop`: Tab stops here. */
export function Tile(props: { view: TaskView; place: TilePlace; isStop: boolean; open(): void }) {
  const { view, place, isStop, open } = props;
  const { clip, stars, scene, pictureUrl } = view;
  const [isPlaying, setPlaying] = useState(false);
  const play = () => setPlaying(!wantsStillness());
  const stop = ({ currentTarget }: { currentTarget: HTMLElement }) =>
    setPlaying((was) => was && currentTarget.matches(':hover, :focus-visible'));
  return (
    <li data-task={view.taskId} style={place.style} aria-posinset={place.index + 1} aria-setsize={place.count}>
      <button
        type="button"
        class="tile"
        tabIndex={isStop ? 0 : -1}
        onPointerEnter={({ pointerType }) => pointerType === 'mouse' && play()}
        onPointerLeave={stop}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && play()}
        onBlur={stop}
        onClick={open}
      >
        <span class="tile-screen">
          <Still url={pictureUrl} />
          {isPlaying && clip && <Moving url={clip.url} />}
          <span class="tile-stars" hidden={stars === 0}>
            <Icon name="star" />
            <span>{stars}</span>
            <span class="unseen">{WORDS.starsAfter(stars)}</span>
          </span>
        </span>
        <span class="tile-scene" dir="auto">
          {scene || WORDS.byItself}
        </span>
      </button>
    </li>
  );
}

function Still({ url }: { url: string }) {
  const at = useRef<HTMLImageElement>(null);
  // Who scrolls fast leaves pictures behind that are not fetched yet: they would be before those in sight.
  useLayoutEffect(() => {
    const image = at.current;
    return () => image?.removeAttribute('src');
  }, []);
  return <img ref={at} alt="" src={url} decoding="async" loading="lazy" />;
}

function Moving({ url }: { url: string }) {
  const at = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const video = at.current;
    video?.play().catch(() => {});
    return () => video && release(video);
  }, []);
  return <video ref={at} muted loop playsInline src={url} aria-hidden="true" tabIndex={-1} />;
}
