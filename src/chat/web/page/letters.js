// @ts-check

/** @import { Size } from './picture-check.js' */

/** @typedef {{ motion?: string, seed?: string, duration?: string, model?: string, sound?: string, frame?: string, fit?: string, takes?: string }} ChosenOptions As the query carries them. */

/**
 * A request on its way: kept here until the server has answered it, also across a reload.
 * @typedef {object} Letter
 * @property {string} key
 * @property {string} tab
 * @property {number} at Milliseconds since the epoch.
 * @property {string} scene
 * @property {ChosenOptions} options
 * @property {Size} [size] Of the picture.
 * @property {Blob} [picture] Of a new request.
 * @property {{ taskId: string, pictureUrl: string, action: string, options?: import('./edit.js').Answer['options'] }} [of] The
 *   task whose picture it is, what was pressed, and the answer's options.
 */

/** What nobody came back for. */
const FORGET_AFTER_MS = 24 * 60 * 60 * 1000;
const STORE = 'kept';

/** What lasts as long as the tab. A browser that keeps nothing throws at the very name of it. */
export const session = {
  /** @param {string} name */
  get(name) {
    try {
      return sessionStorage.getItem(name);
    } catch {
      return null;
    }
  },
  /** @param {string} name @param {string} value */
  set(name, value) {
    try {
      sessionStorage.setItem(name, value);
    } catch {} // then a reload forgets it
  },
};

/** Two tabs keep two drafts; a reload keeps its own. */
export const tab = session.get('tab') ?? crypto.getRandomValues(new Uint32Array(2)).join('-');
session.set('tab', tab);

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/** @returns {Promise<IDBDatabase>} */
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('kinora', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/**
 * Keeping is a courtesy: where the browser allows none (private windows, a full disk), everything else still works.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T | undefined>}
 */
async function attempt(mode, work) {
  try {
    const request = work((await open()).transaction(STORE, mode).objectStore(STORE));
    return await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } catch {
    return undefined;
  }
}

const DRAFT = `draft:${tab}`;

export const letters = {
  /** @param {Letter} letter */
  keep: (letter) => attempt('readwrite', (store) => store.put(letter, letter.key)),
  /** @param {string} key */
  drop: (key) => attempt('readwrite', (store) => store.delete(key)),

  /** The picture in the composer. @param {Blob | undefined} picture */
  keepDraft: (picture) =>
    picture
      ? attempt('readwrite', (store) => store.put({ at: Date.now(), picture }, DRAFT))
      : attempt('readwrite', (store) => store.delete(DRAFT)),
  /** @returns {Promise<Blob | undefined>} */
  draft: async () => (await attempt('readonly', (store) => store.get(DRAFT)))?.picture,

  /** What this tab had not finished sending, oldest first. @returns {Promise<Letter[]>} */
  async unsent() {
    const keys = (await attempt('readonly', (store) => store.getAllKeys())) ?? [];
    /** @type {Letter[]} */
    const found = [];
    for (const key of keys) {
      const kept = await attempt('readonly', (store) => store.get(key));
      if (kept && kept.at < Date.now() - FORGET_AFTER_MS) await attempt('readwrite', (store) => store.delete(key));
      else if (kept?.key && kept.tab === tab) found.push(kept);
    }
    return found.sort((a, b) => a.at - b.at);
  },
};
