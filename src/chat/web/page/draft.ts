import { computed, effect, signal } from '@preact/signals';
import { createRef } from 'preact';
import type { About, SettingsView, TaskView } from '../view.ts';
import { about } from './about.ts';
import { sentenceOf } from './api.ts';
import { afterwards } from './dom.ts';
import { newKey } from './key.ts';
import { type Letter, letters, session, tab } from './letters.ts';
import { type Chosen, chosenOf, differing, isBadSeed, modelIn, type OptionName, settled } from './options.ts';
import { sayCommand } from './say-command.ts';
import { createSlot } from './slot.ts';
import { WORDS } from './words.ts';

/** The second click of a double click, or a bouncing Enter, finds an empty form and is no mistake to speak of. */
const JUST_SENT_MS = 700;
const DRAFT = 'draft';
const NO_LIMITS = { maxPictureBytes: Number.POSITIVE_INFINITY, minSidePx: 1 };

/** What the next request is to be, as it stands in the composer. */
export type Draft = ReturnType<typeof createDraft>;

export function createDraft(hooks: {
  onSend(letter: Letter, pictureUrl: string): void;
  /** What a command came to that was said. */
  onTaken(task: TaskView): void;
  onSettings(view: SettingsView): void;
}) {
  const at = {
    scene: createRef<HTMLTextAreaElement>(),
    choose: createRef<HTMLButtonElement>(),
    options: createRef<HTMLDetailsElement>(),
    seed: createRef<HTMLInputElement>(),
    endOn: createRef<HTMLButtonElement>(),
  };
  const scene = signal('');
  const isInvalid = signal(false);
  const told = signal<{ sentence: string; tone: 'problem' | 'reply' }>({ sentence: '', tone: 'problem' });
  /** What differs from the usual. */
  const touched = signal<Chosen>({});
  const values = computed(() => (about.value ? settled(about.value, touched.value) : touched.value));
  const chosen = computed(() => (about.value ? differing(about.value, values.value) : touched.value));

  function tell(sentence: string, tone: 'problem' | 'reply' = 'problem'): void {
    told.value = { sentence, tone };
  }
  function write(text: string): void {
    scene.value = text;
    isInvalid.value = false;
    tell('');
  }
  const focus = (where: keyof typeof at) => afterwards(() => at[where].current?.focus({ preventScroll: true }));
  function refuse(sentence: string, where: keyof typeof at = 'scene'): void {
    tell(sentence);
    isInvalid.value = where === 'scene';
    focus(where);
  }

  /** A second picture was there before, and has to be chosen again: it is not forgotten without a word. */
  let isEndDue = false;
  const isEndMissing = () => isEndDue && last.picture.peek() === undefined;

  const slot = createSlot({
    limits: () => about.peek() ?? NO_LIMITS,
    onProblem: (sentence) => (sentence === '' && isEndMissing() ? tell(WORDS.bothPictures, 'reply') : tell(sentence)),
    onChange(picture) {
      letters.keepDraft(picture?.blob);
      if (picture && isEndMissing()) return focus('endOn');
      if (picture && scene.peek() === '') focus('scene');
    },
  });

  /** The picture that the clip is to end on. */
  const last = createSlot({
    limits: () => about.peek() ?? NO_LIMITS,
    onProblem: tell,
    onChange: (picture) => letters.keepLast(picture?.blob),
  });
  /**
   * Whether there may be one: beside a first, and where the model that is chosen takes it. One that is there stays until
   * that is known; the server says where it takes none.
   */
  const hasEnd = computed(() => {
    if (slot.picture.value === undefined) return false;
    return about.value ? modelIn(about.value, values.value.model).lastFrame : last.picture.value !== undefined;
  });

  function checkScene(text: string): string | undefined {
    const { wordless = false, maxSceneChars = Number.POSITIVE_INFINITY } = about.peek() ?? {};
    if (text === '') return wordless ? undefined : WORDS.noScene;
    return text.length > maxSceneChars ? WORDS.sceneTooLong(text.length, maxSceneChars) : undefined;
  }

  /** What the bot says to a command without a picture. */
  async function say(command: About['commands'][number], words: string): Promise<void> {
    write('');
    try {
      const { say = '', task, settings } = await sayCommand(command, words);
      if (settings) hooks.onSettings(settings);
      if (task) hooks.onTaken(task);
      tell(say, 'reply');
    } catch (error) {
      tell(sentenceOf(error));
    }
  }

  let sentAt = Number.NEGATIVE_INFINITY;
  /** `isWordless`: by its own button; an Enter too early is no wish for a clip. */
  async function submit({ isWordless = false } = {}): Promise<void> {
    await Promise.all([slot.settled(), last.settled()]); // who is quick sends one that is still being looked at
    const picture = slot.picture.peek();
    const text = scene.peek().trim();
    const [, said, words = ''] = /^\/(\S+)\s*(.*)$/s.exec(text) ?? [];
    const command = about.peek()?.commands.find(({ name, takesPicture }) => name === said && !takesPicture);
    if (command) return say(command, words);
    if (!picture && text === '' && performance.now() - sentAt < JUST_SENT_MS) return;
    if (!picture) return refuse(WORDS.noPicture, 'choose');
    const isMissing = text === '' && about.peek()?.wordless && !isWordless;
    const sentence = isMissing ? WORDS.noSceneYet : checkScene(text);
    if (sentence) return refuse(sentence);
    if (isEndMissing()) {
      isEndDue = false; // who sends it once more means the one picture
      return refuse(WORDS.bothPictures, 'endOn');
    }
    const { seed, takes: _, ...lasting } = chosen.peek();
    if (seed !== undefined && isBadSeed(seed)) {
      if (at.options.current) at.options.current.open = true;
      return refuse(WORDS.badSeed, 'seed');
    }

    const { blob, size, url } = picture;
    const letter = {
      ...{ key: newKey(), tab, at: Date.now(), scene: text, options: chosen.peek(), picture: blob, size },
      last: hasEnd.peek() ? last.picture.peek()?.blob : undefined,
    };
    sentAt = performance.now();
    isEndDue = false;
    hooks.onSend(letter, url); // keeps the letter before the draft is given up
    last.remove();
    slot.release();
    // A seed, and how many takes, belong to one request; the rest stays for the next one.
    touched.value = lasting;
    write('');
    // On a telephone the keyboard would cover the card that was just made.
    if (matchMedia('(hover: none)').matches) at.scene.current?.blur();
    else at.scene.current?.focus({ preventScroll: true });
  }

  return {
    ...{ at, scene, isInvalid, told, values, chosen, slot, last, hasEnd },
    ...{ write, checkScene, submit, refuse },

    set(name: OptionName, value: string): void {
      const next = { ...values.peek(), [name]: value };
      const known = about.peek();
      touched.value = known ? differing(known, next) : next;
    },

    removePicture(): void {
      slot.remove();
      focus('choose');
    },

    /** Takes a request back, if nothing is in its way. `sentence`: why. */
    takeBack({ picture, last: other, scene: text, options }: Letter, sentence?: string): boolean {
      if (!picture || slot.picture.peek() || scene.peek().trim() !== '') return false;
      write(text);
      touched.value = options;
      isEndDue = false;
      if (other) last.take([other]);
      slot.take([picture]).then(() => sentence && tell(sentence));
      return true;
    },

    /** The scene and options of a task, for another picture. */
    anotherPicture({ scene: text, options, endsOn }: TaskView) {
      if (scene.peek().trim() !== '' && scene.peek().trim() !== text) return refuse(WORDS.composerInUse);
      write(text);
      touched.value = chosenOf(options);
      isEndDue = endsOn === true;
      const alone = text === '' ? WORDS.anotherPictureAlone : WORDS.anotherPicture;
      tell(isEndMissing() ? WORDS.bothPictures : alone, 'reply');
      focus('choose');
    },

    /** The options of a task, its seed too, for what is written here, or else for its scene. */
    useAgain({ scene: text, options }: TaskView): void {
      if (scene.peek().trim() === '') write(text);
      touched.value = { ...chosenOf(options), seed: String(options.seed) };
      focus(slot.picture.peek() ? 'scene' : 'choose');
    },

    /** What a reload left; from then on it is kept. */
    async restore(): Promise<void> {
      const kept: { scene?: string; options?: Chosen } = JSON.parse(session.get(DRAFT) ?? '{}');
      if (kept.scene) write(kept.scene);
      if (kept.options) touched.value = kept.options;
      effect(() => session.set(DRAFT, JSON.stringify({ scene: scene.value, options: chosen.value })));
      const picture = await letters.draft();
      const other = picture && (await letters.last());
      if (picture && !slot.picture.peek()) await slot.take([picture]);
      if (other) await last.take([other]);
    },
  };
}
