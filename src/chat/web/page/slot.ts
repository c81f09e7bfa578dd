import { signal } from '@preact/signals';
import { checkPicture, type Limits, type Picture } from './picture-check.ts';
import { WORDS } from './words.ts';

/** Holds the picture that was chosen, dropped or pasted. */
export type Slot = ReturnType<typeof createSlot>;

export function createSlot(hooks: {
  limits(): Limits;
  onChange(picture: Picture | undefined): void;
  onProblem(sentence: string): void;
}) {
  const { limits, onChange, onProblem } = hooks;
  const picture = signal<Picture | undefined>(undefined);
  let turn = 0;
  let checking = Promise.resolve();

  function set(next: Picture | undefined): void {
    picture.value = next;
    onChange(next);
  }
  function forget(): void {
    const held = picture.peek();
    if (held) URL.revokeObjectURL(held.url);
  }

  async function check([first, ...more]: readonly Blob[]): Promise<void> {
    if (!first) return onProblem(WORDS.notAFile);
    const mine = ++turn;
    const checked = await checkPicture(first, limits());
    // A picture that was dropped while this one was looked at is the one meant.
    if (mine !== turn) return;
    if ('sentence' in checked) return onProblem(checked.sentence);
    forget();
    set(checked);
    onProblem(more.length > 0 ? WORDS.oneAtATime : '');
  }

  return {
    picture,
    /** What was chosen last has been looked at. */
    settled: () => checking,
    take(files: readonly Blob[]): Promise<void> {
      checking = check(files);
      return checking;
    },
    remove(): void {
      turn++;
      forget();
      set(undefined);
      onProblem('');
    },
    /** Gives the picture away: whoever takes it looks after its URL. */
    release(): void {
      turn++;
      set(undefined);
    },
  };
}
