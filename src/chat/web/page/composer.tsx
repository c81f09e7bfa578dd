import type { Ref } from 'preact';
import { about } from './about.ts';
import { RestButton } from './at-rest.tsx';
import type { Draft } from './draft.ts';
import { Icon } from './icons.tsx';
import { Moves } from './moves.tsx';
import { Pictures } from './pictures.tsx';
import { Samples } from './samples.tsx';
import type { Scroll } from './scroll.ts';
import { TextArea } from './text-area.tsx';
import { More, Tools } from './tools.tsx';
import { modeLine, WORDS } from './words.ts';

/** Where a clip is asked for. */
export function Composer({ draft, scroll, openSettings, at }: ComposerProps) {
  const known = about.value;
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
        <Pictures draft={draft} />
        <Scene draft={draft} />
        <Order draft={draft} />
        <Told draft={draft} />
        <fieldset class="tools" aria-label={WORDS.options}>
          {known && <Tools about={known} draft={draft} />}
        </fieldset>
        {known && <More about={known} draft={draft} openSettings={openSettings} />}
      </div>
      <div class="moving">
        <h3 id="samples-title" class="small">
          {draft.slot.picture.value ? WORDS.howItMoves : WORDS.noPictureAtHand}
        </h3>
        <RestButton />
        <Samples draft={draft} />
        <Moves draft={draft} />
      </div>
      <p id="mode" class="mode small">
        {known && modeLine(known)}
      </p>
    </form>
  );
}

// Each is drawn anew by itself: a letter that is typed changes one field and not the page.

function Scene({ draft }: { draft: Draft }) {
  return (
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
  );
}

function Order({ draft }: { draft: Draft }) {
  const { sum, left } = draft.order.value;
  return (
    <>
      <button type="submit" id="send" class="send">
        <Icon name="send" />
        <span class="verb">{WORDS.animate}</span>
        {sum && <span class="sum">{sum}</span>}
      </button>
      <p id="cost" class="cost small" hidden={!sum && !left}>
        {sum && (
          <span class="sum-beside" aria-hidden="true">
            {sum}
          </span>
        )}
        {left && <span id="left">{left}</span>}
      </p>
    </>
  );
}

function Told({ draft }: { draft: Draft }) {
  const { sentence, tone } = draft.told.value;
  return (
    <p id="problem" class="problem" role="alert" data-tone={tone}>
      {sentence}
    </p>
  );
}

interface ComposerProps {
  draft: Draft;
  scroll: Scroll;
  openSettings(): void;
  at: Ref<HTMLFormElement>;
}
