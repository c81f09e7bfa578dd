import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TaskView } from '../view.ts';
import { wantsStillness } from './dom.ts';
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

/** A clip that plays while it is seen. `size`: of its box, in pixels. `isLanding`: it takes the place of its picture just now. */
export function Player(props: {
  clip: NonNullable<TaskView['clip']>;
  poster: string;
  scene: string;
  size?: { width: number; height: number };
  isLanding?: boolean;
}) {
  const { clip, poster, scene, size, isLanding = false } = props;
  const [isHidden, hide] = useState(isLanding);
  const appear = () => hide(false);
  const at = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => (at.current ? playInView(at.current) : undefined), []);
  return (
    <video
      ref={at}
      class={isHidden ? 'landing' : undefined}
      onLoadedData={appear}
      onError={appear}
      src={clip.url}
      poster={poster}
      {...size}
      loop
      muted
      controls
      playsInline
      preload="none"
      aria-label={WORDS.clipOf(apart(scene || WORDS.byItself))}
      onPause={({ currentTarget }) => !ours.delete(currentTarget) && stopped.add(currentTarget)}
      onPlay={({ currentTarget }) => stopped.delete(currentTarget)}
    />
  );
}
