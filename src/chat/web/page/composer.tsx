import type { Ref } from 'preact';
import { useRef } from 'preact/hooks';
import type { About } from '../view.ts';
import { about } from './about.ts';
import type { Draft } from './draft.ts';
import { Choice, TakeFields } from './fields.tsx';
import { Icon } from './icons.tsx';
import { Moves } from './moves.tsx';
import { type Chosen, costOf, modelIn } from './options.ts';
import { Samples } from './samples.tsx';
import type { Scroll } from './scroll.ts';
import { TextArea } from './text-area.tsx';
import { fileSize, modeLine, sides, WORDS } from './words.ts';

const TAKEN = 'image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,image/gif';

/** Where a clip is asked for. */
export function Composer({ draft, scroll, openSettings, at }: ComposerProps) {
  const { sentence, tone } = draft.told.value;
  return (
    <form
      id="composer"
      class="composer"
      aria-label={WORDS.newClip}
      noValidate
      ref={at}
      onSubmit={(event) => {
        event.preventDefault();
        draft.submit();
      }}
    >
      <div class="dock-edge">
        <button
          type="button"
          id="newest"
          class="newest"
          hidden={!scroll.isAway.value}
          onClick={() => scroll.toEnd(true)}
        >
          <Icon name="down" />
          {WORDS.newest}
        </button>
      </div>
      <div class="box">
        <PictureSlot draft={draft} />
        <TextArea
          value={draft.scene.value}
          write={draft.write}
          at={draft.at.scene}
          attributes={{
            id: 'scene',
            'aria-label': WORDS.scene,
            'aria-describedby': 'problem',
            'aria-invalid': draft.isInvalid.value || undefined,
            placeholder: WORDS.sayWhat,
            enterkeyhint: 'send',
            autocomplete: 'off',
          }}
        />
        <button type="submit" id="send" class="send">
          <Icon name="send" />
          <span>{WORDS.animate}</span>
        </button>
        <p id="problem" class="problem" role="alert" data-tone={tone}>
          {sentence}
        </p>
        <Options draft={draft} openSettings={openSettings} />
      </div>
      <Samples draft={draft} />
      <Moves draft={draft} />
      <p id="mode" class="mode small">
        {about.value && modeLine(about.value)}
      </p>
    </form>
  );
}

interface ComposerProps {
  draft: Draft;
  scroll: Scroll;
  openSettings(): void;
  at: Ref<HTMLFormElement>;
}

/** Where the picture is chosen, and shown. */
function PictureSlot({ draft }: { draft: Draft }) {
  const { slot } = draft;
  const picture = slot.picture.value;
  const file = useRef<HTMLInputElement>(null);
  function choose({ currentTarget }: { currentTarget: HTMLInputElement }) {
    const files = [...(currentTarget.files ?? [])];
    currentTarget.value = ''; // the same file may be chosen again
    if (files.length > 0) slot.take(files);
  }
  return (
    <>
      <input type="file" id="file" accept={TAKEN} hidden ref={file} onChange={choose} />
      <button
        type="button"
        id="choose"
        class={picture ? 'choose has-picture' : 'choose'}
        ref={draft.at.choose}
        onClick={() => file.current?.click()}
      >
        <Icon name="picture" />
        <span class="choose-words">
          <b>{WORDS.choose}</b>
          <span class="for-mouse">{WORDS.orDrop}</span>
        </span>
      </button>
      <div id="chosen" class="chosen" hidden={!picture}>
        <img id="preview" class="thumb" alt={WORDS.chosen} src={picture?.url} />
        <div class="chosen-foot">
          <span id="chosen-size" class="small">
            {picture && [...(picture.size ? [sides(picture.size)] : []), fileSize(picture.blob.size)].join(' · ')}
          </span>
          <LastChoice draft={draft} />
          <button type="button" id="remove" class="quiet" onClick={draft.removePicture}>
            {WORDS.remove}
          </button>
        </div>
        {draft.hasEnd.value && <LastChosen draft={draft} />}
      </div>
    </>
  );
}

/** Where the picture is chosen that the clip ends on, while there is none. */
function LastChoice({ draft: { last, hasEnd, at } }: { draft: Draft }) {
  const file = useRef<HTMLInputElement>(null);
  function choose({ currentTarget }: { currentTarget: HTMLInputElement }) {
    const files = [...(currentTarget.files ?? [])];
    currentTarget.value = '';
    if (files.length > 0) last.take(files);
  }
  if (!hasEnd.value || last.picture.value) return null;
  return (
    <>
      <input type="file" id="last-file" accept={TAKEN} hidden ref={file} onChange={choose} />
      <button type="button" id="end-on" class="quiet" ref={at.endOn} onClick={() => file.current?.click()}>
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

/** What may be set beside the scene, folded away. */
function Options({ draft, openSettings }: { draft: Draft; openSettings(): void }) {
  const known = about.value;
  return (
    <details id="options" class="options" ref={draft.at.options}>
      <summary>
        <Icon name="sliders" />
        {WORDS.options}
        <span id="chosen-options" class="small">
          {known && summaryOf(known, draft.values.value, draft.chosen.value)}
        </span>
      </summary>
      <div id="option-fields" class="fields">
        {known && <OptionFields about={known} draft={draft} />}
      </div>
      <button type="button" id="settings" class="quiet" onClick={openSettings}>
        {WORDS.usual}
      </button>
    </details>
  );
}

function OptionFields({ about, draft }: { about: About; draft: Draft }) {
  const values = draft.values.value;
  const cost = priceOf(about, values);
  return (
    <>
      <TakeFields about={about} values={values} set={draft.set} fitHint={WORDS.fits[values.fit ?? '']?.means ?? ''} />
      <Choice
        label={WORDS.takes}
        name="takes"
        prefix=""
        value={values.takes ?? ''}
        set={(value) => draft.set('takes', value)}
        choices={about.takes.map((count) => ({ value: String(count), name: String(count) }))}
        hint={cost ? WORDS.inAll(cost) : WORDS.takesMean}
      />
      <div class="field" hidden={modelIn(about, values.model).ignores.includes('seed')}>
        <label for="seed">{WORDS.seed}</label>
        <input
          id="seed"
          class="typed"
          name="seed"
          inputMode="numeric"
          placeholder={WORDS.random}
          autocomplete="off"
          aria-describedby="seed-hint"
          ref={draft.at.seed}
          value={values.seed ?? ''}
          onInput={({ currentTarget }) => draft.set('seed', currentTarget.value)}
        />
        <span class="hint small" id="seed-hint">
          {WORDS.seedMeans}
        </span>
      </div>
    </>
  );
}

/** Of all takes, in words; '' for nothing. */
function priceOf(about: About, values: Chosen): string {
  const cost = Number(values.takes ?? 1) * costOf(about, values);
  return cost > 0 ? WORDS.price(cost) : '';
}

/** What was chosen, one by one, beside the word "Options". */
function summaryOf(about: About, values: Chosen, chosen: Chosen): string {
  const { motion, model, duration, shape, sound, frame, fit, takes, seed } = chosen;
  const price = priceOf(about, values);
  const priced = (words: string) => (price ? `${words}, ${price}` : words);
  const named = about.models.find(({ name }) => name === model);
  const parts = [
    takes && priced(WORDS.chose.takes(Number(takes))),
    named && (takes ? named.label : priced(named.label)),
    duration && WORDS.seconds(Number(duration)),
    sound && WORDS.chose.sound,
    frame && `${WORDS.frame}: ${WORDS.endsClip}`,
    motion && WORDS.chose.motion(motion),
    shape && about.shapeNames[shape],
    fit && WORDS.fits[fit]?.name,
    seed && WORDS.chose.seed(seed),
  ];
  return parts.filter(Boolean).join(' · ');
}
