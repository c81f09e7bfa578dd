import { computed, signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { about } from './about.ts';
import { api, sentenceOf } from './api.ts';
import { Icon } from './icons.tsx';
import { lasting } from './lasting.ts';
import { Modal } from './modal.tsx';
import { WORDS } from './words.ts';

const MAX_NAME = 40;
const ASKED = 'name-asked';
/** Asked once on a device, whatever the answer. */
const wasAsked = signal(lasting.get(ASKED) !== null);
const name = computed(() => about.value?.me.name ?? '');
const isOpen = signal(false);

/** Whether it is time to ask: others come here, and there is something of theirs for them to see. */
export const isNameless = computed(() => about.value?.me.isAlone === false && name.value === '' && !wasAsked.value);
function settle(): void {
  wasAsked.value = true;
  lasting.set(ASKED, 'yes');
}

/** The name under which others see one's clips: a field, and what is wrong with what stands in it. */
function NameForm({ id, label, done, no }: { id: string; label: string; done(): void; no: string }) {
  const problem = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  async function save(event: Event) {
    event.preventDefault();
    try {
      const kept = await api.rename(field.current?.value ?? '');
      const known = about.peek();
      if (known) about.value = { ...known, me: { ...known.me, ...kept } };
      settle();
      done();
    } catch (error) {
      problem.value = sentenceOf(error);
    }
  }
  return (
    <form id={id} class="name" onSubmit={save}>
      <label for={`${id}-field`}>{label}</label>
      <p id={`${id}-how`} class="small">
        {WORDS.nameHow}
      </p>
      <input
        ref={field}
        id={`${id}-field`}
        class="typed"
        dir="auto"
        maxLength={MAX_NAME}
        autocomplete="nickname"
        enterkeyhint="done"
        aria-describedby={`${id}-how`}
        defaultValue={name.value}
      />
      <p class="problem" role="alert">
        {problem}
      </p>
      <div class="confirm-buttons">
        <button
          type="button"
          class="plain"
          onClick={() => {
            settle();
            done();
          }}
        >
          {no}
        </button>
        <button type="submit" class="send">
          <span>{WORDS.save}</span>
        </button>
      </div>
    </form>
  );
}

/** In the page's head: who one is here, and a dialog to say it. */
export function Me() {
  const close = () => {
    isOpen.value = false;
  };
  const label = name.value === '' ? WORDS.yourName : `${WORDS.yourName}: ${name.value}`;
  return (
    <>
      <button
        type="button"
        class="quiet"
        aria-haspopup="dialog"
        aria-label={label}
        title={label}
        disabled={!about.value}
        onClick={() => {
          isOpen.value = true;
        }}
      >
        <Icon name="person" />
      </button>
      <Modal
        isOpen={isOpen.value}
        onClose={close}
        attributes={{ id: 'my-name', class: 'confirm', 'aria-label': WORDS.yourName }}
      >
        {isOpen.value && <NameForm id="name" label={WORDS.yourName} done={close} no={WORDS.closeClip} />}
      </Modal>
    </>
  );
}

/** Below the first clip that somebody asks for: what others may call them. It can be left alone. */
export const AskName = () => <NameForm id="ask-name" label={WORDS.askName} done={() => {}} no={WORDS.notNow} />;
