import { computed, signal } from '@preact/signals';
import type { Focus } from '../../../task/crop.ts';
import { newKey } from './key.ts';
import { checkPicture, type Limits, type Picture } from './picture-check.ts';
import { apart, WORDS } from './words.ts';

/** So many pictures are asked for at once. */
export const MOST_PICTURES = 10;

/** A picture in the composer. */
export interface Held extends Picture {
  key: string;
  /** Why it did not go, where it was sent once. */
  problem: string;
  /** The request that it was sent with, and what that said: the same again is the same request. */
  sent?: { key: string; said: string };
}
type Kept = Partial<Pick<Held, 'key' | 'problem' | 'sent'>> & { focus?: Focus };

/** Holds the pictures that were chosen, dropped or pasted: each becomes a request. */
export type Tray = ReturnType<typeof createTray>;

export function createTray(hooks: {
  limits(): Limits;
  /** `isMore`: some were added. */
  onChange(pictures: readonly Held[], isMore: boolean): void;
  onProblem(sentence: string): void;
}) {
  const { limits, onChange, onProblem } = hooks;
  const pictures = signal<readonly Held[]>([]);
  let checking = Promise.resolve();

  function set(next: readonly Held[]): void {
    const isMore = next.length > pictures.peek().length;
    pictures.value = next;
    onChange(next, isMore);
  }

  async function check(files: readonly Blob[], kept: Kept): Promise<void> {
    if (files.length === 0) return onProblem(WORDS.notAFile);
    let sentence = '';
    for (const file of files) {
      if (pictures.peek().length >= MOST_PICTURES) {
        sentence = WORDS.tooManyPictures(MOST_PICTURES);
        break;
      }
      const checked = await checkPicture(file, limits());
      if ('sentence' in checked) {
        const isNamed = files.length > 1 && file instanceof File;
        sentence = isNamed ? `${apart(file.name)}: ${checked.sentence}` : checked.sentence;
        continue;
      }
      const { focus, key = newKey(), problem = '', sent } = kept;
      if (focus) checked.focus.value = focus;
      set([...pictures.peek(), { ...checked, key, problem, sent }]);
    }
    onProblem(sentence);
  }

  return {
    pictures,
    /** The first of them. */
    picture: computed(() => pictures.value[0]),
    /** What was chosen last has been looked at. */
    settled: () => checking,
    take(files: readonly Blob[], kept: Kept = {}): Promise<void> {
      checking = checking.then(() => check(files, kept));
      return checking;
    },
    /** One was moved within its frame. */
    moved: () => onChange(pictures.peek(), false),
    remove(key: string): void {
      const gone = pictures.peek().find((each) => each.key === key);
      if (gone) URL.revokeObjectURL(gone.url);
      set(pictures.peek().filter((each) => each !== gone));
      onProblem('');
    },
    /** Gives the pictures away: whoever takes them looks after their URLs. */
    release: () => set([]),
  };
}
