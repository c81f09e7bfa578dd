import type { ComponentChildren } from 'preact';
import type { About } from '../view.ts';
import { type Chosen, modelIn, type OptionName } from './options.ts';
import { ShapeChoice } from './shape-choice.tsx';
import { WORDS } from './words.ts';

/** More lengths in a row than these are a range. */
const FEW_LENGTHS = 4;

/** Fields as they stand, and what is done where one is another. `prefix`: of ids. */
export interface FieldsProps {
  about: About;
  values: Chosen;
  set(name: OptionName, value: string): void;
  prefix?: string;
}

const fieldsOf =
  ({ values, set, prefix = '' }: FieldsProps) =>
  (name: OptionName) => ({
    ...{ name, prefix, value: values[name] ?? '' },
    set: (value: string) => set(name, value),
  });

/** Fields for motion, length, shape, and then for the rest. */
export function TakeFields(props: FieldsProps) {
  const { about, values, prefix } = props;
  const { durations, shapes, ignores } = modelIn(about, values.model);
  const field = fieldsOf(props);
  return (
    <>
      {!ignores.includes('motion') && <Range label={WORDS.motion} {...field('motion')} {...about.motion} />}
      <Length durations={durations} {...field('duration')} />
      {shapes.length > 0 && (
        <div class="field">
          <span aria-hidden="true">{WORDS.shape}</span>
          <ShapeChoice about={about} shapes={shapes} {...field('shape')} prefix={prefix} />
        </div>
      )}
      <MoreFields {...props} />
    </>
  );
}

/** Fields for model, sound, which end the picture is, and fit. `fitHint`: what the fit that is chosen means. */
export function MoreFields({ fitHint, ...props }: FieldsProps & { fitHint?: string }) {
  const { about, values } = props;
  const { soundCosts, endFrame } = modelIn(about, values.model);
  const field = fieldsOf(props);
  return (
    <>
      {about.models.length > 0 && (
        <Choice
          label={WORDS.model}
          {...field('model')}
          choices={about.models.map(({ name, label }) => ({ value: name, name: label }))}
        />
      )}
      {soundCosts && (
        <Choice
          label={WORDS.sound}
          {...field('sound')}
          choices={[
            { value: 'off', name: WORDS.silent },
            { value: 'on', name: WORDS.withSound },
          ]}
        />
      )}
      {endFrame && (
        <Choice
          label={WORDS.frame}
          {...field('frame')}
          choices={[
            { value: 'first', name: WORDS.beginsClip },
            { value: 'last', name: WORDS.endsClip },
          ]}
        />
      )}
      <Choice
        label={WORDS.fit}
        {...field('fit')}
        choices={about.fits.map((fit) => ({ value: fit, name: WORDS.fits[fit]?.name ?? fit }))}
        hint={fitHint}
      />
    </>
  );
}

interface FieldProps {
  name: string;
  prefix: string;
  value: string;
  set(value: string): void;
}

/** `durations`: the shortest first. */
function Length({ durations, ...field }: FieldProps & { durations: readonly number[] }) {
  const [min = 0] = durations;
  const max = durations.at(-1) ?? min;
  const isRange = durations.length > FEW_LENGTHS && max - min === durations.length - 1;
  if (isRange) return <Range label={WORDS.length} {...field} min={min} max={max} say={WORDS.seconds} />;
  const choices = durations.map((seconds) => ({ value: String(seconds), name: WORDS.seconds(seconds) }));
  return <Choice label={WORDS.length} {...field} choices={choices} />;
}

/** `say`: a value in words. */
function Range(props: FieldProps & { label: string; min: number; max: number; say?(value: number): string }) {
  const { label, name, prefix, value, set, min, max, say = String } = props;
  const id = `${prefix}${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        type="range"
        id={id}
        name={name}
        min={min}
        max={max}
        step={1}
        value={value}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
      <output class="small" for={id}>
        {say(Number(value))}
      </output>
    </div>
  );
}

/** One of a few. `hint`: what the choice means. */
export function Choice(
  props: FieldProps & { label: string; choices: readonly { value: string; name: string }[]; hint?: ComponentChildren },
) {
  const { label, name, prefix, value, set, choices, hint } = props;
  const hintId = hint === undefined ? undefined : `${prefix}${name}-hint`;
  return (
    <fieldset class="field" aria-describedby={hintId}>
      <legend>{label}</legend>
      <span class="segments">
        {choices.map((each) => {
          const id = `${prefix}${name}-${each.value || 'none'}`;
          return (
            <span key={each.value}>
              <input
                type="radio"
                name={name}
                value={each.value}
                id={id}
                checked={each.value === value}
                onChange={() => set(each.value)}
              />
              <label for={id}>{each.name}</label>
            </span>
          );
        })}
      </span>
      {hintId && (
        <span class="hint small" id={hintId}>
          {hint}
        </span>
      )}
    </fieldset>
  );
}
