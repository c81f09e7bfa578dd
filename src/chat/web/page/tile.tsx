import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TaskView } from '../view.ts';
import { wantsStillness } from './dom.ts';
import { Icon } from './icons.tsx';
import { release } from './player.tsx';
import { WORDS } from './words.ts';

/** A clip in the grid: its picture, which moves for who points at it or comes to it by keyboard. */
export function Tile({ view, open }: { view: TaskView; open(): void }) {
  const { clip, stars, scene, pictureUrl } = view;
  const [isPlaying, setPlaying] = useState(false);
  const play = () => setPlaying(!wantsStillness());
  const stop = ({ currentTarget }: { currentTarget: HTMLElement }) =>
    setPlaying((was) => was && currentTarget.matches(':hover, :focus-visible'));
  return (
    <li data-task={view.taskId}>
      <button
        type="button"
        class="tile"
        onPointerEnter={({ pointerType }) => pointerType === 'mouse' && play()}
        onPointerLeave={stop}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && play()}
        onBlur={stop}
        onClick={open}
      >
        <span class="tile-screen">
          <img alt="" src={pictureUrl} decoding="async" loading="lazy" />
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

function Moving({ url }: { url: string }) {
  const at = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const video = at.current;
    video?.play().catch(() => {});
    return () => video && release(video);
  }, []);
  return <video ref={at} muted loop playsInline src={url} aria-hidden="true" tabIndex={-1} />;
}
