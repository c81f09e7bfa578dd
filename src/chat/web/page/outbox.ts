import type { TaskView } from '../view.ts';
import { api, Refused, Unreachable } from './api.ts';
import { type Letter, letters } from './letters.ts';
import { upload } from './upload.ts';
import { WORDS } from './words.ts';

/** How far a request is. */
export interface Sending {
  letter: Letter;
  state: 'sending' | 'waiting' | 'refused' | 'stopped';
  /** How much of the picture is sent, 0 to 1. */
  part?: number;
  /** Why not. */
  sentence?: string;
}

interface Hooks {
  onChange(sending: Sending): void;
  /** `note`: what is left for today. */
  onSent(sending: Sending, task: TaskView, note?: string): void;
  onGone(sending: Sending): void;
}

interface Entry {
  sending: Sending;
  abort: AbortController;
  wake?: () => void;
}

/** After a reload this late, a request is not sent before its person says so again. */
const STALE_MS = 15 * 60 * 1000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
/** Pictures on their way at once: a browser has six connections, and presses want some. */
const MOST_UPLOADS = 2;

/** Sends requests until the server has answered them, each under its own key however often it takes. */
export function createOutbox({ onChange, onSent, onGone }: Hooks) {
  const under = new Map<string, Entry>();

  function start(letter: Letter): Entry {
    const entry: Entry = { sending: { letter, state: 'sending' }, abort: new AbortController() };
    under.set(letter.key, entry);
    return entry;
  }

  async function run(key: string): Promise<void> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const entry = under.get(key);
      if (!entry) return;
      const { sending, abort } = entry;
      const change = (to: Partial<Sending>) => {
        if (under.has(key)) onChange(Object.assign(sending, to));
      };
      change({ state: 'sending', part: undefined, sentence: undefined });
      try {
        const { task, say } = await inTurn(sending.letter, () =>
          abort.signal.aborted
            ? Promise.reject(abort.signal.reason)
            : post(sending.letter, abort.signal, (part) => change({ part })),
        );
        if (!task) throw new Refused(WORDS.broken, 200);
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

  function give(key: string): void {
    const entry = under.get(key);
    if (!entry) return;
    under.delete(key);
    entry.abort.abort();
    entry.wake?.();
    letters.drop(key);
    onGone(entry.sending);
  }

  return {
    /** `kept`: it is on the disk; not before that it is sent, because the answer may be that this page has to go. */
    send(letter: Letter, kept: Promise<unknown> = letters.keep(letter)): void {
      start(letter);
      kept.then(() => run(letter.key));
    },
    /** Takes up what a reload interrupted. */
    async resume(): Promise<void> {
      for (const letter of await letters.unsent()) {
        if (under.has(letter.key)) continue;
        const { sending } = start(letter);
        if (letter.at > Date.now() - STALE_MS) run(letter.key);
        else onChange(Object.assign(sending, { state: 'stopped', sentence: WORDS.notSent }));
      }
    },
    retry: (key: string) => void run(key),
    /** Stops and forgets one. */
    give,
    /** The connection is back: nobody waits any longer. */
    hurry: () => [...under.values()].forEach((entry) => void entry.wake?.()),
    /** Whether a task that came by the live channel may be one of ours whose answer is still under way. */
    mayHaveMade: ({ scene }: TaskView) =>
      [...under.values()].some(({ sending: { letter, state } }) => letter.scene === scene && isOnItsWay(state)),
  };
}

let uploading = 0;
const waiting: (() => void)[] = [];

/** Pictures go up a few at a time, the first one first. */
async function inTurn<T>({ picture }: Letter, work: () => Promise<T>): Promise<T> {
  if (!picture) return work();
  if (uploading >= MOST_UPLOADS) await new Promise<void>((resolve) => waiting.push(resolve));
  uploading++;
  try {
    return await work();
  } finally {
    uploading--;
    waiting.shift()?.();
  }
}

/** It may still arrive by itself. */
export const isOnItsWay = (state: Sending['state']): boolean => state === 'sending' || state === 'waiting';

async function post(letter: Letter, signal: AbortSignal, onProgress: (part: number) => void) {
  const { key, scene, of, picture } = letter;
  if (of)
    return api.press(
      of.taskId,
      of.action,
      of.action === 'again' ? { key } : { key, scene, options: of.options },
      signal,
    );
  if (picture) return upload({ ...letter, picture }, signal, onProgress);
  throw new Error('a letter without a picture and without a task');
}

const sleep = (entry: Entry, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    entry.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
