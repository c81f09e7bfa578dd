import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TaskView } from '../view.ts';
import { wantsStillness } from './dom.ts';
import { Icon, type IconName } from './icons.tsx';
import { apart, WORDS } from './words.ts';

/** Videos that the person stopped, and those that stop because they are out of sight. */
const stopped = new WeakSet<EventTarget>();
const ours = new WeakSet<EventTarget>();

const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!(target instanceof HTMLVideoElement) || stopped.has(target)) continue;
      if (isIntersecting && !wantsStillness()) target.play().catch(() => {});
      else if (!isIntersecting && !target.paused) {
        ours.add(target);
        target.pause();
      }
    }
  },
  { threshold: 0.5 },
);

/** Metadata are read shortly before a video is seen: a long conversation loads nothing far above. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLVideoElement)) continue;
      target.preload = 'metadata';
      near.unobserve(target);
    }
  },
  { rootMargin: '100%' },
);

/** A removed video goes on loading otherwise. */
export function release(video: HTMLVideoElement): void {
  video.removeAttribute('src');
  video.load();
}

/** Has a muted video play while it is seen, for as long as it is on the page; what is returned ends that. */
export function playInView(video: HTMLVideoElement): () => void {
  near.observe(video);
  seen.observe(video);
  return () => {
    near.unobserve(video);
    seen.unobserve(video);
    release(video);
  };
}

/** Holds a video that plays in view, and lets it go on where it is seen. */
export function rest(video: HTMLVideoElement, isStill: boolean): void {
  if (isStill) {
    stopped.add(video);
    video.pause();
  } else {
    stopped.delete(video);
    seen.unobserve(video);
    seen.observe(video); // which tells whether it is seen
  }
}

/** The one that may be heard: of two at once nothing is. */
let loud: HTMLVideoElement | undefined;

// There the browser's own controls are at hand.
document.addEventListener('fullscreenchange', () => {
  for (const video of document.querySelectorAll('video')) video.controls = video === document.fullscreenElement;
});

/** As large as the screen; an iPhone does that with videos alone, by a name of its own. */
function fillScreen(video: HTMLVideoElement): void {
  if (video.requestFullscreen) video.requestFullscreen().catch(() => {});
  else if ('webkitEnterFullscreen' in video && typeof video.webkitEnterFullscreen === 'function')
    video.webkitEnterFullscreen();
}

/**
 * A clip that plays while it is seen. A press on it turns its sound on and off, where it has some, or else stops it and has it
 * go on; two fill the screen. `size`: of its box, in pixels. `isLanding`: it takes the place of its picture just now.
 */
export function Player(props: {
  clip: NonNullable<TaskView['clip']>;
  poster: string;
  scene: string;
  hasSound?: boolean;
  size?: { width: number; height: number };
  isLanding?: boolean;
}) {
  const { clip, poster, scene, size, hasSound = false, isLanding = false } = props;
  const [isHidden, hide] = useState(isLanding);
  const [isPlaying, setPlaying] = useState(false);
  const [isMuted, mute] = useState(true);
  const appear = () => hide(false);
  const at = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => (at.current ? playInView(at.current) : undefined), []);

  function turn() {
    const video = at.current;
    if (video?.paused) video.play().catch(() => {});
    else video?.pause();
  }
  function turnSound() {
    const video = at.current;
    if (!video) return;
    if (loud && loud !== video) loud.muted = true;
    loud = video;
    video.muted = !video.muted;
    if (!video.muted) video.play().catch(() => {});
  }
  return (
    <>
      <video
        ref={at}
        class={isHidden ? 'landing' : undefined}
        onLoadedData={appear}
        onError={appear}
        src={clip.url}
        poster={poster}
        {...size}
        loop
        muted={isMuted}
        playsInline
        preload="none"
        aria-label={WORDS.clipOf(apart(scene || WORDS.byItself))}
        onClick={({ currentTarget: { controls } }) => !controls && (hasSound ? turnSound() : turn())}
        onDblClick={({ currentTarget }) => !currentTarget.controls && fillScreen(currentTarget)}
        onVolumeChange={({ currentTarget }) => mute(currentTarget.muted)}
        onPause={({ currentTarget }) => {
          setPlaying(false);
          if (!ours.delete(currentTarget)) stopped.add(currentTarget);
        }}
        onPlay={({ currentTarget }) => {
          setPlaying(true);
          stopped.delete(currentTarget);
        }}
      />
      <div class="player-buttons">
        <PlayerButton icon={isPlaying ? 'pause' : 'play'} label={isPlaying ? WORDS.pause : WORDS.play} press={turn} />
        {hasSound && (
          <PlayerButton
            icon={isMuted ? 'silent' : 'sound'}
            label={isMuted ? WORDS.soundOn : WORDS.soundOff}
            press={turnSound}
          />
        )}
        <PlayerButton icon="full" label={WORDS.fullScreen} press={() => at.current && fillScreen(at.current)} />
      </div>
    </>
  );
}

function PlayerButton({ icon, label, press }: { icon: IconName; label: string; press(): void }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={press}>
      <Icon name={icon} />
    </button>
  );
}
