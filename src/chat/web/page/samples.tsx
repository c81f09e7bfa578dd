import { useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { sentenceOf, Unreachable } from './api.ts';
import { isAtRest } from './at-rest.tsx';
import { afterwards, byId } from './dom.ts';
import type { Draft } from './draft.ts';
import { playInView, rest } from './player.tsx';
import { WORDS } from './words.ts';

const SAMPLES = Object.entries(WORDS.samples).map(([name, words]) => ({ file: `/samples/${name}`, ...words }));

const pictureOf = (file: string): Promise<Blob> =>
  fetch(`${file}.jpg`).then(
    (response) => (response.ok ? response.blob() : Promise.reject(new Error(WORDS.broken))),
    () => Promise.reject(new Unreachable()),
  );

/** Pictures of ours for who has none at hand, each as the clip that comes of it: a press fills in picture and scene. */
export function Samples({ draft }: { draft: Draft }) {
  return (
    <ul class="samples" aria-labelledby="samples-title" hidden={draft.slot.picture.value !== undefined}>
      {SAMPLES.map((sample) => (
        <Sample key={sample.file} draft={draft} {...sample} />
      ))}
    </ul>
  );
}

function Sample({ draft, file, name, scene }: { draft: Draft; file: string; name: string; scene: string }) {
  const video = useRef<HTMLVideoElement>(null);
  const [isBusy, setBusy] = useState(false);
  useLayoutEffect(() => (video.current ? playInView(video.current) : undefined), []);
  useSignalEffect(() => {
    const isStill = isAtRest.value;
    if (video.current) rest(video.current, isStill);
  });

  async function take() {
    if (isBusy) return;
    setBusy(true);
    try {
      const picture = await pictureOf(file);
      const written = draft.scene.peek().trim();
      // What somebody wrote stays theirs.
      if (written === '' || SAMPLES.some((each) => each.scene === written)) draft.write(scene);
      await draft.slot.take([picture]);
      // This goes away with the picture there: the next thing to press is this.
      afterwards(() => byId('send').focus({ preventScroll: true }));
    } catch (error) {
      draft.refuse(sentenceOf(error), 'choose');
    }
    setBusy(false);
  }

  return (
    <li>
      <button type="button" aria-busy={isBusy || undefined} onClick={take}>
        <video ref={video} src={`${file}.mp4`} poster={`${file}-still.jpg`} loop muted playsInline preload="none" />
        <span>{name}</span>
      </button>
    </li>
  );
}
