import type { Focus } from '../../../task/crop.ts';
import type { Size } from '../../../task/shapes.ts';
import type { TaskOptions } from '../view.ts';
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

/** A picture as it lay in the composer. */
interface KeptPicture {
  blob: Blob;
  focus?: Focus;
}

/** What nobody came back for. */
const FORGET_AFTER_MS = 24 * 60 * 60 * 1000;
const STORE = 'kept';

/** What lasts as long as the tab. A browser that keeps nothing throws at the very name of it. */
export const session = {
  get(name: string): string | null {
    try {
      return sessionStorage.getItem(name);
    } catch {
      return null;
    }
  },
  set(name: string, value: string): void {
    try {
      sessionStorage.setItem(name, value);
    } catch {} // then a reload forgets it
  },
};

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

/** Keeping is a courtesy: where the browser allows none (private windows, a full disk), everything else still works. */
async function attempt<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
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
const LAST = `last:${tab}`;
const keepPicture = (key: string, picture: Blob | undefined): Promise<unknown> =>
  picture ? attempt('readwrite', (store) => store.put({ at: Date.now(), picture }, key)) : drop(key);
const pictureAt = async (key: string): Promise<Blob | undefined> =>
  (await attempt('readonly', (store) => store.get(key)))?.picture;
const drop = (key: string) => attempt('readwrite', (store) => store.delete(key));

export const letters = {
  keep: (letter: Letter) => attempt('readwrite', (store) => store.put(letter, letter.key)),
  drop,

  /** The pictures in the composer. */
  keepDraft: (pictures: readonly KeptPicture[]): Promise<unknown> =>
    pictures.length > 0 ? attempt('readwrite', (store) => store.put({ at: Date.now(), pictures }, DRAFT)) : drop(DRAFT),
  draft: async (): Promise<readonly KeptPicture[]> =>
    (await attempt('readonly', (store) => store.get(DRAFT)))?.pictures ?? [],
  /** The one beside it, which the clip is to end on. */
  keepLast: (picture: Blob | undefined) => keepPicture(LAST, picture),
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
