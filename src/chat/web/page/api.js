// @ts-check

import { WORDS } from './words.js';

/** @import { About, ConversationView, GalleryView, SettingsView, TaskView } from '../view.ts' */
/** @import { Button } from './look.js' */

/** The server said no, in a sentence for the person. Asking the same again changes nothing by itself. */
export class Refused extends Error {
  /** @param {string} sentence @param {number} status */
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

/** Nobody knows whether the request arrived: it may be repeated under its key. */
export class Unreachable extends Error {
  /** @param {string} [said] What the server said about it, if it said anything. */
  constructor(said) {
    super(said ?? WORDS.offline);
    this.said = said;
  }
}

/** Answers that a proxy gives, or a server on its way up or down. */
const PASSING = [408, 502, 503, 504];

/**
 * What an answer means. Throws `Refused` or `Unreachable`.
 * @param {number} status
 * @param {string} body
 * @returns {unknown}
 */
export function understand(status, body) {
  if (status === 401) location.assign('/login');
  if (PASSING.includes(status)) throw new Unreachable(sentenceIn(body));
  if (status >= 400) throw new Refused(sentenceIn(body) ?? WORDS.broken, status);
  return body === '' ? undefined : JSON.parse(body);
}

/** @param {string} body */
function sentenceIn(body) {
  try {
    const { error } = JSON.parse(body);
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined; // a proxy's page
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [init]
 */
async function ask(path, init) {
  let status = 0;
  let body = '';
  try {
    const response = await fetch(path, init);
    status = response.status;
    body = await response.text();
  } catch {
    throw new Unreachable();
  }
  return understand(status, body);
}

/** @param {string} taskId @param {string} action */
const taskPath = (taskId, action) => `/api/tasks/${encodeURIComponent(taskId)}/${encodeURIComponent(action)}`;

/**
 * What became of a command or a press. `open`: where it is shown.
 * @typedef {{ task?: TaskView, say?: string, link?: string, menu?: Button[], open?: string, settings?: SettingsView, confirm?: Question, file?: TextFile }} Reply
 * A file for the person to keep. @typedef {{ name: string, content: string }} TextFile
 * Whether the person means it. @typedef {{ text: string, label: string, question: string }} Question
 */

export const api = {
  /** @returns {Promise<About>} */
  about: async () => /** @type {About} */ (await ask('/api/about')),

  /** @param {string} before @returns {Promise<ConversationView>} */
  older: async (before) =>
    /** @type {ConversationView} */ (await ask(`/api/conversation?before=${encodeURIComponent(before)}`)),

  /** Clips by pages. @param {URLSearchParams} of @returns {Promise<GalleryView>} */
  clips: async (of) => /** @type {GalleryView} */ (await ask(`/api/clips?${of}`)),

  /**
   * A press of a button. `scene`: the answer, where the action asks for one.
   * @param {string} taskId @param {string} action
   * @param {{ key: string, scene?: string, options?: object }} request
   * @param {AbortSignal} [signal]
   * @returns {Promise<Reply>}
   */
  async press(taskId, action, request, signal) {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(request), signal };
    return /** @type {Reply} */ (await ask(taskPath(taskId, action), init));
  },

  /** One setting; `value` absent: as usual. @param {string} name @param {string} [value] @returns {Promise<Reply>} */
  async set(name, value) {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify({ name, value }) };
    return /** @type {Reply} */ (await ask('/api/settings', init));
  },

  /** A command without a picture. @param {string} name @param {Record<string, string>} given @returns {Promise<Reply>} */
  async say(name, given) {
    const path = `/api/commands/${encodeURIComponent(name)}?${new URLSearchParams(given)}`;
    return /** @type {Reply} */ (await ask(path, { method: 'POST' }));
  },

  /** The person means it. @param {string} question @returns {Promise<Reply>} */
  confirm: async (question) =>
    /** @type {Reply} */ (await ask(`/api/confirm/${encodeURIComponent(question)}`, { method: 'POST' })),
};
