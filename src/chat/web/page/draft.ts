import { computed, effect, signal } from '@preact/signals';
import { createRef } from 'preact';
import type { About, SettingsView, TaskView } from '../view.ts';
import { about } from './about.ts';
import { sentenceOf } from './api.ts';
import { afterwards } from './dom.ts';
import { newKey } from './key.ts';
import { session } from './lasting.ts';
import { type Letter, letters, tab } from './letters.ts';
import { type Chosen, chosenOf, cutTo, differing, isBadSeed, modelIn, type OptionName, settled } from './options.ts';
import { orderOf } from './order.ts';
import { saidBefore, sayCommand } from './say-command.ts';
import { createSlot } from './slot.ts';
import { createTray, type Held } from './tray.ts';
import { WORDS } from './words.ts';

/** The second click of a double click, or a bouncing Enter, finds an empty form and is no mistake to speak of. */
const JUST_SENT_MS = 700;
const DRAFT = 'draft';
const NO_LIMITS = { maxPictureBytes: Number.POSITIVE_INFINITY, minSidePx: 1 };

/** What a reload finds of the draft beside its pictures; nothing is to be written where its letter is there. */
interface Begun {
  scene?: string;
  options?: Chosen;
  sentAs?: string;
}

/** What a request says beside its picture. */
const saidBy = ({ scene, options, focus }: Pick<Letter, 'scene' | 'options' | 'focus'>): string =>
  JSON.stringify([scene, options, focus]);

/** What the next request is to be, as it stands in the composer. */
export type Draft = ReturnType<typeof createDraft>;

export function createDraft(hooks: {
  /** `kept`: resolves once the letter is on the disk. */
  onSend(letter: Letter, pictureUrl: string, kept: Promise<unknown>): void;
  /** What a command came to that was said. */
  onTaken(task: TaskView): void;
  onSettings(view: SettingsView): void;
}) {
  const at = {
    scene: createRef<HTMLTextAreaElement>(),
    choose: createRef<HTMLButtonElement>(),
    seed: createRef<HTMLInputElement>(),
    endOn: createRef<HTMLButtonElement>(),
  };
  const scene = signal('');
  const isInvalid = signal(false);
  const told = signal<{ sentence: string; tone: 'problem' | 'reply' }>({ sentence: '', tone: 'problem' });
  const isMoreOpen = signal(false);
  /** What differs from the usual. */
  const touched = signal<Chosen>({});
  const values = computed(() => (about.value ? settled(about.value, touched.value) : touched.value));
  const chosen = computed(() => (about.value ? differing(about.value, values.value) : touched.value));

  function tell(sentence: string, tone: 'problem' | 'reply' = 'problem'): void {
    const before = told.peek();
    if (before.sentence !== sentence || before.tone !== tone) told.value = { sentence, tone };
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

  /** What is read from the disk is there already. */
  let isRestoring = false;
  const keepPictures = (pictures: readonly Held[]) =>
    letters.keepDraft(
      pictures.map(({ key, blob, focus, sent }) => ({ key, blob, focus: focus.peek(), from: sent?.key })),
    );

  /** The pictures: each becomes a request. */
  const slot = createTray({
    limits: () => about.peek() ?? NO_LIMITS,
    onProblem: (sentence) => (sentence === '' && isEndMissing() ? tell(WORDS.bothPictures, 'reply') : tell(sentence)),
    onChange(pictures, isMore) {
      if (!isRestoring) keepPictures(pictures);
      if (!isMore) return;
      if (isEndMissing()) return focus('endOn');
      if (scene.peek() === '') focus('scene');
    },
  });
  const order = orderOf(slot.pictures, values);

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
    if (slot.pictures.value.length !== 1) return false;
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

  /** A letter for each picture. What was refused, and is the same still, is sent as the request that it was. */
  function lettersOf(text: string): { letter: Letter; url: string }[] {
    const pictures = slot.pictures.peek();
    const known = about.peek();
    const options = chosen.peek();
    return pictures.map(({ blob, size, url, focus: at, sent }, n) => {
      const isCut = known && size && cutTo(known, values.peek(), size);
      const focus = isCut ? at.peek() : undefined;
      const said = saidBy({ scene: text, options, focus });
      const letter = {
        ...{ key: sent?.said === said ? sent.key : newKey(), tab, at: Date.now() + n, scene: text, options },
        ...{ picture: blob, focus, size, isOneOfMany: pictures.length > 1 },
        last: hasEnd.peek() ? last.picture.peek()?.blob : undefined,
      };
      return { letter, url };
    });
  }

  /** Requests whose letters are not on the disk yet: until they are, a reload finds the draft that they were. */
  const onTheirWay = signal(0);
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
      isMoreOpen.value = true;
      return refuse(WORDS.badSeed, 'seed');
    }
    // All of them or none: nobody finds out by half of them what a day has room for.
    const { clips, most } = order.peek();
    if (clips > Math.max(1, most)) return refuse(WORDS.onlySoMany(most));

    const all = lettersOf(text);
    sentAt = performance.now();
    isEndDue = false;
    onTheirWay.value++;
    // Leaving may come after the letter is on the disk and before this page knows of it.
    session.set(
      DRAFT,
      JSON.stringify({ scene: text, options: chosen.peek(), sentAs: all[0]?.letter.key } satisfies Begun),
    );
    const kept = letters.keepInsteadOfDraft(all.map(({ letter }) => letter));
    kept.then(() => onTheirWay.value--);
    for (const { letter, url } of all) hooks.onSend(letter, url, kept);
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
    ...{ at, scene, isInvalid, told, values, chosen, slot, last, hasEnd, order, isMoreOpen },
    ...{ write, checkScene, submit, refuse },

    set(name: OptionName, value: string): void {
      const next = { ...values.peek(), [name]: value };
      const known = about.peek();
      touched.value = known ? differing(known, next) : next;
    },

    removePicture(key: string): void {
      slot.remove(key);
      focus('choose');
    },

    /** Takes a request back, where nothing but others that went with it is in its way; undefined where it does not. `sentence`: why it did not go. */
    takeBack({ letter, sentence = '' }: { letter: Letter; sentence?: string }): Promise<void> | undefined {
      const { key, picture, last: other, scene: text, options, focus: at, isOneOfMany } = letter;
      const isEmpty = slot.picture.peek() === undefined && scene.peek().trim() === '';
      const isBeside = isOneOfMany && scene.peek() === text && slot.pictures.peek().every(({ problem }) => problem);
      if (!picture || !(isEmpty || isBeside)) return undefined;
      write(text);
      touched.value = options;
      isEndDue = false;
      if (other) last.take([other]);
      const back = { focus: at, problem: isOneOfMany ? sentence : '', sent: { key, said: saidBy(letter) } };
      return slot.take([picture], back).then(() => {
        if (sentence) tell(sentence);
      });
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
      const kept: Begun = JSON.parse(session.get(DRAFT) ?? '{}');
      const isSent = kept.sentAs !== undefined && (await letters.has(kept.sentAs));
      if (kept.scene && !isSent) write(kept.scene);
      if (kept.options) touched.value = kept.options;
      const said = saidBefore();
      if (said) tell(said, 'reply');
      effect(() => {
        const begun = JSON.stringify({ scene: scene.value, options: chosen.value });
        if (onTheirWay.value === 0) session.set(DRAFT, begun);
      });
      const pictures = slot.picture.peek() ? [] : await letters.draft();
      const other = pictures.length > 0 && (await letters.last());
      isRestoring = true;
      for (const { key, blob, focus: at } of pictures) await slot.take([blob], { key, focus: at });
      isRestoring = false;
      if (pictures.length > 0) keepPictures(slot.pictures.peek());
      if (other) await last.take([other]);
    },
  };
}
