import type { Focus } from '../../../task/crop.ts';
import type { Size } from '../../../task/shapes.ts';
import type { TaskOptions } from '../view.ts';
import { session } from './lasting.ts';
import type { Chosen } from './options.ts';

/** A request on its way: kept here until the server has answered it, also across a reload. */
export interface Letter {
  key: string;
  tab: string;
  /** Milliseconds since the epoch. */
  at: number;
  scene: string;
  options: Chosen;
  /** Of the picture. */
  size?: Size;
  /** Of a new request. */
  picture?: Blob;
  /** What of it stays where it is cut. */
  focus?: Focus;
  /** It was sent together with others. */
  isOneOfMany?: boolean;
  /** The picture that its clip is to end on. */
  last?: Blob;
  /** The task whose picture it is, what was pressed, and the answer's options. */
  of?: { taskId: string; pictureUrl: string; action: string; options?: TaskOptions };
}

/** A picture as it lies in the composer. */
interface KeptPicture {
  key: string;
  blob: Blob;
  focus?: Focus;
  /** The letter that it was in before. */
  from?: string;
}

/** What nobody came back for. */
const FORGET_AFTER_MS = 24 * 60 * 60 * 1000;
const STORE = 'kept';

/** Two tabs keep two drafts; a reload keeps its own. */
export const tab = session.get('tab') ?? crypto.getRandomValues(new Uint32Array(2)).join('-');
session.set('tab', tab);

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('kinora', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** A disk that does not answer keeps no request back. */
const SLOW_MS = 3000;

/** Keeping is a courtesy: where the browser allows none (private windows, a full disk), everything else still works. */
async function attempt<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
  try {
    const transaction = (await open()).transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } catch {
    return undefined;
  }
}

/** All of `work` is kept, or none of it. */
const change = (work: (store: IDBObjectStore) => void): Promise<unknown> =>
  Promise.race([
    attempt('readwrite', (store) => {
      work(store);
      return undefined;
    }),
    new Promise((resolve) => setTimeout(resolve, SLOW_MS)),
  ]);

const DRAFT = `draft:${tab}`;
const LAST = `last:${tab}`;
/** Of a picture in the composer, by its key. */
const bytesOf = (key: string): string => `picture:${tab}:${key}`;
const drop = (key: string) => change((store) => store.delete(key));
const pictureAt = async (key: string): Promise<Blob | undefined> =>
  (await attempt('readonly', (store) => store.get(key)))?.picture;

/** The pictures of the composer that are on the disk. */
const written = new Set<string>();

/** Each picture is written once, under its own key; which ones there are, and where they are cut, is small. */
function putDraft(store: IDBObjectStore, pictures: readonly KeptPicture[]): void {
  const at = Date.now();
  for (const key of written)
    if (!pictures.some((each) => each.key === key)) {
      written.delete(key);
      store.delete(bytesOf(key));
    }
  for (const { key, blob, from } of pictures) {
    if (written.has(key)) continue;
    written.add(key);
    store.put({ at, picture: blob }, bytesOf(key));
    if (from) store.delete(from); // back from its letter, which is not sent beside it
  }
  if (pictures.length === 0) store.delete(DRAFT);
  else store.put({ at, pictures: pictures.map(({ key, focus }) => ({ key, focus })) }, DRAFT);
}

export const letters = {
  keep: (letter: Letter) => change((store) => store.put(letter, letter.key)),
  /** What was a draft goes as these: the one or the other is kept, never both and never neither. */
  keepInsteadOfDraft: (all: readonly Letter[]) =>
    change((store) => {
      for (const letter of all) store.put(letter, letter.key);
      store.delete(LAST);
      putDraft(store, []);
    }),
  drop,
  has: async (key: string): Promise<boolean> => (await attempt('readonly', (store) => store.count(key))) === 1,

  /** The pictures in the composer. */
  keepDraft: (pictures: readonly KeptPicture[]) => change((store) => putDraft(store, pictures)),
  async draft(): Promise<readonly KeptPicture[]> {
    const { pictures = [] }: { pictures?: Omit<KeptPicture, 'blob'>[] } =
      (await attempt('readonly', (store) => store.get(DRAFT))) ?? {};
    const found: KeptPicture[] = [];
    for (const { key, focus } of pictures) {
      const blob = await pictureAt(bytesOf(key));
      if (!blob) continue;
      written.add(key);
      found.push({ key, blob, focus });
    }
    return found;
  },
  /** The one beside it, which the clip is to end on. */
  keepLast: (picture: Blob | undefined) =>
    change((store) => (picture ? store.put({ at: Date.now(), picture }, LAST) : store.delete(LAST))),
  last: () => pictureAt(LAST),

  /** What this tab had not finished sending, oldest first. */
  async unsent(): Promise<Letter[]> {
    const keys = (await attempt('readonly', (store) => store.getAllKeys())) ?? [];
    const found: Letter[] = [];
    for (const key of keys) {
      const kept = await attempt('readonly', (store) => store.get(key));
      if (kept && kept.at < Date.now() - FORGET_AFTER_MS) await attempt('readwrite', (store) => store.delete(key));
      else if (kept?.key && kept.tab === tab) found.push(kept);
    }
    return found.sort((a, b) => a.at - b.at);
  },
};
