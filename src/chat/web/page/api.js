// @ts-check

import { WORDS } from './words.js';

/** @import { About, ConversationView, TaskView } from '../view.ts' */

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

/** @param {string} taskId @param {string} [verb] */
const taskPath = (taskId, verb) => `/api/tasks/${encodeURIComponent(taskId)}${verb ? `/${verb}` : ''}`;

export const api = {
  /** @returns {Promise<About>} */
  about: async () => /** @type {About} */ (await ask('/api/about')),

  /** @param {string} before @returns {Promise<ConversationView>} */
  older: async (before) =>
    /** @type {ConversationView} */ (await ask(`/api/conversation?before=${encodeURIComponent(before)}`)),

  /**
   * @param {string} taskId
   * @param {{ key: string, scene?: string }} request
   * @param {AbortSignal} signal
   * @returns {Promise<TaskView>}
   */
  async again(taskId, request, signal) {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(request), signal };
    return /** @type {{ task: TaskView }} */ (await ask(taskPath(taskId, 'again'), init)).task;
  },

  /** @param {string} taskId @returns {Promise<string>} What to say about it. */
  cancel: async (taskId) =>
    /** @type {{ say: string }} */ (await ask(taskPath(taskId, 'cancel'), { method: 'POST' })).say,

  /** @param {string} taskId @param {'retry' | 'leave'} choice @returns {Promise<string>} What to say about it. */
  answer: async (taskId, choice) =>
    /** @type {{ say: string }} */ (await ask(taskPath(taskId, `answer?choice=${choice}`), { method: 'POST' })).say,

  /** @param {string} taskId Gone already is as good. */
  async remove(taskId) {
    await ask(taskPath(taskId), { method: 'DELETE' }).catch((error) => {
      if (!(error instanceof Refused && error.status === 404)) throw error;
    });
  },
};
