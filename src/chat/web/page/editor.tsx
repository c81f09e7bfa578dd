import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Press, TaskView } from '../view.ts';
import { about } from './about.ts';
import { Choice, TakeFields } from './fields.tsx';
import { Icon } from './icons.tsx';
import { answerOf, type Chosen, chosenOf, modelIn, settled } from './options.ts';
import { TextArea } from './text-area.tsx';
import { WORDS } from './words.ts';

/** What an editor is answered with. */
export type Edited = Omit<Press, 'key'>;

/** A card's scene, opened for a change, with the options of its take as they are. */
export function Editor(props: {
  scene: string;
  /** Stands over it, where the scene is what comes next. */
  question?: string;
  options?: TaskView['options'];
  check(scene: string): string | undefined;
  send(answer: Edited): void;
  close(): void;
}) {
  const { question, options, check, send, close } = props;
  const known = about.value;
  const prefix = `${useId()}-`;
  const at = useRef<HTMLTextAreaElement>(null);
  const [scene, write] = useState(props.scene);
  const [problem, tell] = useState('');
  const [chosen, choose] = useState<Chosen>(options ? chosenOf(options) : {});
  const values = known && settled(known, chosen);
  useEffect(() => {
    at.current?.focus();
    at.current?.setSelectionRange(scene.length, scene.length);
  }, []);

  function submit(event: Event) {
    event.preventDefault();
    const text = scene.trim();
    const sentence = check(text);
    tell(sentence ?? '');
    if (sentence) at.current?.focus();
    else send({ scene: text, options: options && values && answerOf(values) });
  }
  return (
    <form
      class="editor"
      noValidate
      aria-label={question ?? WORDS.editScene}
      onSubmit={submit}
      onKeyDown={({ key }) => key === 'Escape' && close()}
    >
      {question && (
        <p class="small" aria-hidden="true">
          {question}
        </p>
      )}
      <TextArea
        value={scene}
        write={write}
        at={at}
        attributes={{
          placeholder: known?.wordless ? WORDS.mayStayEmpty : '',
          'aria-label': question ?? WORDS.newScene,
          'aria-describedby': `${prefix}problem`,
        }}
      />
      <p class="problem" id={`${prefix}problem`} role="alert">
        {problem}
      </p>
      {options && known && values && (
        <details class="options">
          <summary>
            <Icon name="sliders" />
            {WORDS.options}
          </summary>
          <div class="fields">
            <TakeFields
              about={known}
              values={values}
              set={(name, value) => choose({ ...values, [name]: value })}
              prefix={prefix}
            />
            {!modelIn(known, values.model).ignores.includes('seed') && (
              <Choice
                label={WORDS.seed}
                name="seed"
                prefix={prefix}
                value={chosen.seed ?? ''}
                set={(seed) => choose({ ...values, seed })}
                choices={[
                  { value: '', name: WORDS.anotherSeed },
                  { value: String(options.seed), name: WORDS.sameSeed(options.seed) },
                ]}
              />
            )}
          </div>
        </details>
      )}
      <div class="buttons">
        <button type="submit" class="send">
          <span>{WORDS.animate}</span>
        </button>
        <button type="button" class="plain" onClick={close}>
          <span>{WORDS.keepAsItIs}</span>
        </button>
      </div>
    </form>
  );
}
