// @ts-check

import { api, Refused, Unreachable } from './api.js';
import { letters } from './letters.js';
import { upload } from './upload.js';
import { WORDS } from './words.js';

/** @import { TaskView } from '../view.ts' */
/** @import { Letter } from './letters.js' */

/**
 * @typedef {object} Sending
 * @property {Letter} letter
 * @property {'sending' | 'waiting' | 'refused' | 'stopped'} state
 * @property {number} [part] How much of the picture is sent, 0 to 1.
 * @property {string} [sentence] Why not.
 */

/** After a reload this late, a request is not sent before its person says so again. */
const STALE_MS = 15 * 60 * 1000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Sends requests until the server has answered them, each under its own key however often it takes.
 * @param {{ onChange(sending: Sending): void, onSent(sending: Sending, task: TaskView, note?: string): void, onGone(sending: Sending): void }} hooks
 * `note`: what is left for today.
 */
export function createOutbox({ onChange, onSent, onGone }) {
  /** @type {Map<string, { sending: Sending, abort: AbortController, wake?: () => void }>} */
  const under = new Map();

  /** @param {Letter} letter */
  function start(letter) {
    const entry = { sending: /** @type {Sending} */ ({ letter, state: 'sending' }), abort: new AbortController() };
    under.set(letter.key, entry);
    return entry;
  }

  /** @param {string} key */
  async function run(key) {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const entry = under.get(key);
      if (!entry) return;
      const { sending, abort } = entry;
      const change = (/** @type {Partial<Sending>} */ to) => {
        if (under.has(key)) onChange(Object.assign(sending, to));
      };
      change({ state: 'sending', part: undefined, sentence: undefined });
      try {
        const { task, say } = await post(sending.letter, abort.signal, (part) => change({ part }));
        if (under.delete(key)) onSent(sending, task, say);
        return void letters.drop(key);
      } catch (error) {
        if (abort.signal.aborted) return;
        if (error instanceof Refused) return change({ state: 'refused', sentence: error.message });
        const said = error instanceof Unreachable ? error.said : undefined;
        change({ state: 'waiting', sentence: said ?? WORDS.sendingAgain });
      }
      await sleep(entry, wait);
    }
  }

  /** @param {string} key */
  function give(key) {
    const entry = under.get(key);
    if (!entry) return;
    under.delete(key);
    entry.abort.abort();
    entry.wake?.();
    letters.drop(key);
    onGone(entry.sending);
  }

  return {
    /** @param {Letter} letter */
    send(letter) {
      start(letter);
      letters.keep(letter);
      run(letter.key);
    },
    /** Takes up what a reload interrupted. */
    async resume() {
      for (const letter of await letters.unsent()) {
        if (under.has(letter.key)) continue;
        const { sending } = start(letter);
        if (letter.at > Date.now() - STALE_MS) run(letter.key);
        else onChange(Object.assign(sending, { state: 'stopped', sentence: WORDS.notSent }));
      }
    },
    /** @param {string} key */
    retry: (key) => void run(key),
    /** Stops and forgets one. */
    give,
    /** The connection is back: nobody waits any longer. */
    hurry: () => [...under.values()].forEach((entry) => void entry.wake?.()),
    /** Whether a task that came by the live channel may be one of ours whose answer is still under way. @param {TaskView} view */
    mayHaveMade: ({ scene }) =>
      [...under.values()].some(({ sending: { letter, state } }) => letter.scene === scene && isOnItsWay(state)),
  };
}

/** @param {Sending['state']} state */
export const isOnItsWay = (state) => state === 'sending' || state === 'waiting';

/** @param {Letter} letter @param {AbortSignal} signal @param {(part: number) => void} onProgress */
async function post(letter, signal, onProgress) {
  const { key, scene, of, picture } = letter;
  if (of) {
    const request = of.action === 'again' ? { key } : { key, scene, options: of.options };
    const { task, say } = await api.press(of.taskId, of.action ?? 'edit', request, signal);
    if (!task) throw new Refused(WORDS.broken, 200);
    return { task, say };
  }
  if (picture) return upload({ ...letter, picture }, signal, onProgress);
  throw new Error('a letter without a picture and without a task');
}

/** @param {{ wake?: () => void }} entry @param {number} ms */
function sleep(entry, ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    entry.wake = () => {
      clearTimeout(timer);
      resolve(undefined);
    };
  });
}
