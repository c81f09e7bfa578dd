import { useRef } from 'preact/hooks';
import { about } from './about.ts';
import { CropFrame, numbered } from './crop-frame.tsx';
import type { Draft } from './draft.ts';
import { Icon } from './icons.tsx';
import { cutTo } from './options.ts';
import { MOST_PICTURES } from './tray.ts';
import { fileSize, sides, WORDS } from './words.ts';

const TAKEN = 'image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,image/gif';

/** A field for files, and what opens it. `take` has what was chosen. */
function useFiles(take: (files: readonly Blob[]) => void) {
  const at = useRef<HTMLInputElement>(null);
  return {
    ref: at,
    open: () => at.current?.click(),
    onChange({ currentTarget }: { currentTarget: HTMLInputElement }) {
      const files = [...(currentTarget.files ?? [])];
      currentTarget.value = ''; // the same file may be chosen again
      if (files.length > 0) take(files);
    },
  };
}

/** Where pictures are chosen, and shown as they will be cut. */
export function Pictures({ draft }: { draft: Draft }) {
  const { slot } = draft;
  const { open, ...file } = useFiles(slot.take);
  const { length } = slot.pictures.value;
  return (
    <>
      <input type="file" id="file" accept={TAKEN} multiple hidden {...file} />
      <button
        type="button"
        id="choose"
        class={length > 0 ? 'choose has-picture' : 'choose'}
        ref={draft.at.choose}
        title={length > 0 ? WORDS.addPicture : undefined}
        disabled={length >= MOST_PICTURES}
        onClick={open}
      >
        <Icon name={length > 0 ? 'plus' : 'picture'} />
        <span class="choose-words">
          <b>{length > 0 ? WORDS.addPicture : WORDS.choose}</b>
          <span class="for-mouse">{WORDS.orDrop}</span>
        </span>
      </button>
      <Camera draft={draft} />
      <div id="chosen" class={length > 1 ? 'chosen several' : 'chosen'} hidden={length === 0}>
        {length > 1 ? <Several draft={draft} /> : <One draft={draft} />}
      </div>
    </>
  );
}

/** Opens the camera, on what has one for that. */
function Camera({ draft: { slot } }: { draft: Draft }) {
  const { open, ...file } = useFiles(slot.take);
  return (
    <>
      <input type="file" id="camera-file" accept="image/*" capture="environment" hidden {...file} />
      <button type="button" id="camera" class="camera" title={WORDS.takePhoto} onClick={open}>
        <Icon name="camera" />
        <span class="choose-words">{WORDS.takePhoto}</span>
      </button>
    </>
  );
}

const cutOf = ({ values }: Draft, size: { width: number; height: number } | undefined) =>
  about.value && size && cutTo(about.value, values.value, size);

function One({ draft }: { draft: Draft }) {
  const picture = draft.slot.picture.value;
  if (!picture) return null;
  const { size, blob, key, problem } = picture;
  return (
    <>
      <CropFrame key={key} picture={picture} to={cutOf(draft, size)} id="preview" moved={draft.slot.moved}>
        <Remove draft={draft} of={key} id="remove" />
      </CropFrame>
      <div class="chosen-foot">
        {problem && <span class="refused small">{problem}</span>}
        <span id="chosen-size" class="small">
          {[...(size ? [sides(size)] : []), fileSize(blob.size)].join(' · ')}
        </span>
        <LastChoice draft={draft} />
      </div>
      {draft.hasEnd.value && <LastChosen draft={draft} />}
    </>
  );
}

const Remove = ({ draft, of, id, number }: { draft: Draft; of: string; id?: string; number?: number }) => (
  <button
    type="button"
    id={id}
    class="drop"
    aria-label={numbered(WORDS.remove, number)}
    title={WORDS.remove}
    onClick={() => draft.removePicture(of)}
  >
    <Icon name="close" />
  </button>
);

/** Each becomes a clip of its own. */
function Several({ draft }: { draft: Draft }) {
  return (
    <>
      <ul class="row" aria-label={WORDS.chosen}>
        {draft.slot.pictures.value.map((picture, n) => (
          <li key={picture.key} class={picture.problem ? 'held bad' : 'held'}>
            <CropFrame picture={picture} to={cutOf(draft, picture.size)} number={n + 1} moved={draft.slot.moved}>
              <Remove draft={draft} of={picture.key} number={n + 1} />
            </CropFrame>
            {picture.problem && <p class="refused small">{picture.problem}</p>}
          </li>
        ))}
      </ul>
      <div class="chosen-foot">
        <span class="small">{WORDS.eachAClip}</span>
      </div>
    </>
  );
}

/** Where the picture is chosen that the clip ends on, while there is none. */
function LastChoice({ draft: { last, hasEnd, at } }: { draft: Draft }) {
  const { open, ...file } = useFiles(last.take);
  if (!hasEnd.value || last.picture.value) return null;
  return (
    <>
      <input type="file" id="last-file" accept={TAKEN} hidden {...file} />
      <button type="button" id="end-on" class="quiet" ref={at.endOn} onClick={open}>
        {WORDS.endOn}
      </button>
    </>
  );
}

/** The picture that the clip ends on. */
function LastChosen({ draft: { last } }: { draft: Draft }) {
  const picture = last.picture.value;
  if (!picture) return null;
  return (
    <div id="last-chosen" class="last-chosen">
      <img class="last-thumb" alt="" src={picture.url} />
      <span class="small">{WORDS.endsOn}</span>
      <button type="button" class="quiet" onClick={last.remove}>
        {WORDS.remove}
      </button>
    </div>
  );
}
