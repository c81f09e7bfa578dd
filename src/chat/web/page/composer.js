// @ts-check

import { attr, byId, el, write } from './dom.js';
import { newKey } from './key.js';
import { letters, session, tab } from './letters.js';
import { createOptionFields } from './option-fields.js';
import { createPictureSlot } from './picture-slot.js';
import { sayCommand } from './say-command.js';
import { fill, fitHeight, sendsOnEnter } from './text-area.js';
import { modeLine, WORDS } from './words.js';

/** @import { About, SettingsView, TaskView } from '../view.ts' */
/** @import { ChosenOptions, Letter } from './letters.js' */

/** The second click of a double click, or a bouncing Enter, finds an empty form and is no mistake to speak of. */
const JUST_SENT_MS = 700;
const DRAFT = 'draft';

/** Until the server has said what it takes: it looks at everything again anyway. */
const UNKNOWN = {
  maxPictureBytes: Number.POSITIVE_INFINITY,
  minSidePx: 1,
  maxSceneChars: Number.POSITIVE_INFINITY,
  wordless: false,
};

/**
 * @param {{ onSend(letter: Letter, pictureUrl: string): void, onTaken(task: TaskView): void, onSettings(view: SettingsView): void }} hooks
 *   `onTaken`, `onSettings`: what a command came to that was said.
 */
export function createComposer({ onSend, onTaken, onSettings }) {
  const form = byId('composer', HTMLFormElement);
  const scene = byId('scene', HTMLTextAreaElement);
  const problem = byId('problem', HTMLElement);
  const byItself = byId('by-itself', HTMLButtonElement);
  const options = createOptionFields();
  /** @type {Pick<About, 'maxPictureBytes' | 'minSidePx' | 'maxSceneChars' | 'wordless'>} */
  let limits = UNKNOWN;
  let sentAt = Number.NEGATIVE_INFINITY;
  /** @type {About['commands']} */
  let sayable = [];

  /** @param {string} sentence @param {'problem' | 'reply'} [tone] */
  function tell(sentence, tone = 'problem') {
    problem.dataset.tone = tone;
    write(problem, sentence);
  }
  const slot = createPictureSlot({
    limits: () => limits,
    onProblem: tell,
    onChange(picture) {
      letters.keepDraft(picture?.blob);
      if (picture && scene.value === '') scene.focus({ preventScroll: true });
    },
  });

  function keep() {
    session.set(DRAFT, JSON.stringify({ scene: scene.value, options: options.chosen() }));
  }

  /** @param {string} text */
  function checkScene(text) {
    if (text === '') return limits.wordless ? undefined : WORDS.noScene;
    return text.length > limits.maxSceneChars ? WORDS.sceneTooLong(text.length, limits.maxSceneChars) : undefined;
  }

  /** @param {string} sentence @param {{ focus(): void }} where */
  function refuse(sentence, where) {
    tell(sentence);
    if (where === scene) attr(scene, { 'aria-invalid': 'true' });
    where.focus();
  }

  /** What the bot says to a command without a picture. @param {About['commands'][number]} command @param {string} words */
  async function say(command, words) {
    fill(scene, '');
    try {
      const { said, task, settings } = await sayCommand(command, words);
      if (settings) onSettings(settings);
      if (task) onTaken(task);
      tell(said, 'reply');
    } catch (error) {
      tell(error instanceof Error ? error.message : WORDS.broken);
    }
  }

  /** @param {{ isWordless: boolean }} how By its own button: an Enter too early is no wish for a clip. */
  async function submit({ isWordless }) {
    await slot.settled(); // who is quick sends a picture that is still being looked at
    const picture = slot.current();
    const text = scene.value.trim();
    const [, said, words = ''] = /^\/(\S+)\s*(.*)$/s.exec(text) ?? [];
    const command = sayable.find(({ name }) => name === said);
    if (command) return say(command, words);
    if (!picture && text === '' && performance.now() - sentAt < JUST_SENT_MS) return;
    if (!picture) return refuse(WORDS.noPicture, slot);
    const isMissing = text === '' && limits.wordless && !isWordless;
    const sentence = isMissing ? WORDS.noSceneYet : checkScene(text);
    if (sentence) return refuse(sentence, scene);
    if (options.badSeed()) return refuse(WORDS.badSeed, { focus: options.focusSeed });

    const { blob, size, url } = picture;
    const letter = { key: newKey(), tab, at: Date.now(), scene: text, options: options.chosen(), picture: blob, size };
    sentAt = performance.now();
    onSend(letter, url); // keeps the letter before the draft is given up
    slot.release();
    options.sent();
    fill(scene, '');
    tell('');
    // On a telephone the keyboard would cover the card that was just made.
    if (matchMedia('(hover: none)').matches) scene.blur();
    else scene.focus({ preventScroll: true });
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit({ isWordless: false });
  });
  byItself.addEventListener('click', () => submit({ isWordless: true }));
  form.addEventListener('input', keep);
  scene.addEventListener('input', () => {
    attr(scene, { 'aria-invalid': undefined });
    tell('');
  });
  fitHeight(scene);
  sendsOnEnter(scene, form);
  byId('examples', HTMLElement).append(
    ...Object.values(WORDS.examples).map((text) => {
      const start = () => {
        fill(scene, text);
        if (slot.current()) scene.focus();
        else slot.focus();
      };
      return el('li', {}, el('button', { type: 'button', onclick: start }, text));
    }),
  );

  return {
    checkScene,

    /** @param {About} about */
    offer(about) {
      limits = about;
      byItself.hidden = !about.wordless;
      sayable = about.commands.filter(({ takesPicture }) => !takesPicture);
      options.offer(about);
      write(byId('mode', HTMLElement), modeLine(about));
    },

    /** Takes a request back, if nothing is in its way. @param {Letter} letter @param {string} [sentence] Why. */
    takeBack({ picture, scene: text, options: chosen }, sentence) {
      if (!picture || slot.current() || scene.value.trim() !== '') return false;
      fill(scene, text);
      options.set(chosen);
      keep();
      slot.take([picture]).then(() => sentence && tell(sentence));
      return true;
    },

    /** The scene and options of a task, for another picture. @param {TaskView} view */
    anotherPicture({ scene: text, options: { seed: _, ...chosen } }) {
      if (scene.value.trim() !== '' && scene.value.trim() !== text) return refuse(WORDS.composerInUse, scene);
      fill(scene, text);
      options.set(Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, String(value)])));
      keep();
      tell(text === '' ? WORDS.anotherPictureAlone : WORDS.anotherPicture, 'reply');
      slot.focus();
    },

    refuse: (/** @type {string} */ sentence) => refuse(sentence, scene),

    /** What a reload left. */
    async restore() {
      /** @type {{ scene?: string, options?: ChosenOptions }} */
      const { scene: text, options: chosen } = JSON.parse(session.get(DRAFT) ?? '{}');
      if (text) fill(scene, text);
      if (chosen) options.set(chosen);
      const picture = await letters.draft();
      if (picture && !slot.current()) await slot.take([picture]);
    },
  };
}
