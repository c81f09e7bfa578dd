import type { About } from '../view.ts';
import type { Draft } from './draft.ts';
import { MoreFields } from './fields.tsx';
import { Icon, type IconName } from './icons.tsx';
import { type Chosen, modelIn, type OptionName } from './options.ts';
import { ShapeChoice } from './shape-choice.tsx';
import { WORDS } from './words.ts';

/** What may be set beside the scene: the shape, and what is often another, at once; the rest behind **More**. */
export function Tools({ about, draft }: { about: About; draft: Draft }) {
  const values = draft.values.value;
  const { durations, shapes, ignores } = modelIn(about, values.model);
  const isOpen = draft.isMoreOpen.value;
  const pick = (name: OptionName) => ({ name, value: values[name] ?? '', set: (to: string) => draft.set(name, to) });
  const { min, max } = about.motion;
  return (
    <>
      {shapes.length > 0 && (
        <ShapeChoice
          about={about}
          shapes={shapes}
          value={values.shape ?? ''}
          set={(shape) => draft.set('shape', shape)}
        />
      )}
      <div class="picks">
        {durations.length > 1 && (
          <Pick label={WORDS.length} icon="clock" {...pick('duration')} choices={durations} say={WORDS.seconds} />
        )}
        {!ignores.includes('motion') && (
          <Pick
            label={WORDS.motion}
            icon="motion"
            {...pick('motion')}
            choices={Array.from({ length: max - min + 1 }, (_, n) => min + n)}
          />
        )}
        <Pick
          label={WORDS.takes}
          hint={WORDS.takesMean}
          icon="takes"
          {...pick('takes')}
          choices={about.takes}
          say={(n) => `×${n}`}
        />
        <button
          type="button"
          id="more-options"
          class="pick"
          aria-expanded={isOpen}
          aria-controls="option-fields"
          aria-label={WORDS.moreOptions}
          title={WORDS.moreOptions}
          onClick={() => {
            draft.isMoreOpen.value = !isOpen;
          }}
        >
          <Icon name="sliders" />
          <span class="pick-words">{WORDS.moreOptions}</span>
        </button>
        <span id="chosen-options" class="small">
          {summaryOf(about, draft.chosen.value)}
        </span>
      </div>
    </>
  );
}

/** One of a few, as small as its value. */
function Pick(props: {
  label: string;
  hint?: string;
  icon: IconName;
  name: string;
  value: string;
  choices: readonly number[];
  say?(value: number): string;
  set(value: string): void;
}) {
  const { label, hint, icon, name, value, choices, say = String, set } = props;
  return (
    <span class="pick" title={hint ? `${label}: ${hint}` : label}>
      <Icon name={icon} />
      <select
        id={name}
        name={name}
        aria-label={label}
        value={value}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      >
        {choices.map((each) => (
          <option key={each} value={String(each)}>
            {say(each)}
          </option>
        ))}
      </select>
    </span>
  );
}

/** What is seldom another. */
export function More({ about, draft, openSettings }: { about: About; draft: Draft; openSettings(): void }) {
  const values = draft.values.value;
  return (
    <div id="option-fields" class="fields" hidden={!draft.isMoreOpen.value}>
      <MoreFields about={about} values={values} set={draft.set} fitHint={WORDS.fits[values.fit ?? '']?.means ?? ''} />
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
      <button type="button" id="settings" class="quiet" onClick={openSettings}>
        {WORDS.usual}
      </button>
    </div>
  );
}

/** What was chosen behind **More**, one by one. */
function summaryOf(about: About, { model, sound, frame, fit, seed }: Chosen): string {
  const parts = [
    about.models.find(({ name }) => name === model)?.label,
    sound && WORDS.chose.sound,
    frame && `${WORDS.frame}: ${WORDS.endsClip}`,
    fit && WORDS.fits[fit]?.name,
    seed && WORDS.chose.seed(seed),
  ];
  return parts.filter(Boolean).join(' · ');
}
