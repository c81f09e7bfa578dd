import { signal } from '@preact/signals';
import { Modal } from './modal.tsx';
import { WORDS } from './words.ts';

interface Question {
  title: string;
  words: string;
  label: string;
}

const asked = signal<(Question & { answer(isMeant: boolean): void }) | undefined>(undefined);

/** Asks whether something is meant that cannot be undone. The dialog gives the focus back to the button that opened it. */
export const askWhether = (question: Question): Promise<boolean> =>
  new Promise((answer) => {
    asked.value = { ...question, answer };
  });

/** Where it is asked: once on a page. */
export function Confirm() {
  const question = asked.value;
  function close(answer: string) {
    question?.answer(answer === 'delete');
    asked.value = undefined;
  }
  const attributes = {
    id: 'confirm',
    class: 'confirm',
    'aria-labelledby': 'confirm-title',
    'aria-describedby': 'confirm-words',
  };
  return (
    <Modal isOpen={question !== undefined} onClose={close} attributes={attributes}>
      <form method="dialog">
        <h2 id="confirm-title">{question?.title}</h2>
        <p id="confirm-words">{question?.words}</p>
        <div class="confirm-buttons">
          <button type="submit" value="keep" class="plain">
            {WORDS.keepIt}
          </button>
          <button type="submit" value="delete" class="danger" id="confirm-yes">
            {question?.label}
          </button>
        </div>
      </form>
    </Modal>
  );
}
