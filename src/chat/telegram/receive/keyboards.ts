import { isDeepStrictEqual } from 'node:util';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Clock } from '../../../util/clock.ts';
import { type ButtonData, changed, dataOf, freshNumber, readButton, writeButton } from '../buttons.ts';
import { type TelegramMessageRef, writeRef } from '../places.ts';
import type { Poster } from '../send/post.ts';
import type { Answers } from './answers.ts';

/** Messages and buttons that are remembered: those of the presses that may be under way. */
const MAX_REMEMBERED = 2_000;
/** A press that comes later than this after a change shows what came of it. */
const LATELY_MS = 60_000;

/** Other buttons for a message; `n` is a number that none of its buttons ever had. */
type Change = (now: InlineKeyboardMarkup, n: number) => InlineKeyboardMarkup;

/** The buttons under messages that stand there. */
export interface Keyboards {
  /**
   * Changes the buttons of a message, which were `shown` when it was pressed. What several people's presses come to is drawn
   * once; `isUrgent`: somebody waits for it.
   */
  change(
    at: TelegramMessageRef,
    shown: InlineKeyboardMarkup,
    change: Change,
    how?: { isUrgent: boolean },
  ): Promise<void>;
  /** Gives a button that was pressed another number, so that the next press is another one. */
  renew(at: TelegramMessageRef, shown: InlineKeyboardMarkup, pressed: ButtonData, n?: number): Promise<void>;
  /** Whether a button stood there just now, before somebody else's press. */
  hadLately(at: TelegramMessageRef, button: ButtonData): boolean;
  /** Another thing is shown there now, with buttons of its own. */
  forget(at: TelegramMessageRef): void;
  /** Its number could not be renewed after an earlier press: this one is another one all the same. */
  hasFailed(at: TelegramMessageRef, button: ButtonData): boolean;
}

interface Entry {
  wanted: InlineKeyboardMarkup;
  drawn: InlineKeyboardMarkup;
  isDrawing: boolean;
  isUrgent: boolean;
  /** All that stood there. */
  data: Set<string>;
  highest: number;
  at: number;
}

export function createKeyboards(deps: { poster: Poster; answers: Answers; clock: Clock }): Keyboards {
  const { poster, answers, clock } = deps;
  /** Telegram lets no bot read a message: a press brings it along as it was then, which may be before another's press. */
  const entries = new Map<string, Entry>();
  const failed = new Set<string>();

  function entryOf(key: string, shown: InlineKeyboardMarkup): Entry {
    const now = clock.now();
    const before = entries.get(key);
    const isCurrent = before && (before.isDrawing || now - before.at < LATELY_MS);
    const entry = isCurrent
      ? before
      : {
          wanted: shown,
          drawn: shown,
          isDrawing: false,
          isUrgent: false,
          data: new Set<string>(),
          highest: 0,
          at: now,
        };
    remember(entry, shown);
    entry.at = now;
    entries.delete(key);
    entries.set(key, entry);
    for (const [oldest, { isDrawing }] of entries) {
      if (entries.size <= MAX_REMEMBERED || isDrawing) break;
      entries.delete(oldest);
    }
    return entry;
  }

  function remember(entry: Entry, shown: InlineKeyboardMarkup): void {
    if (entry.data.size > MAX_REMEMBERED) entry.data.clear();
    for (const data of dataIn(shown)) {
      entry.data.add(data);
      entry.highest = Math.max(entry.highest, readButton(data)?.n ?? 0);
    }
  }

  async function draw(key: string, { chat, message }: TelegramMessageRef, entry: Entry): Promise<void> {
    while (entry.wanted !== entry.drawn) {
      let sent = entry.wanted;
      const over = dataIn(entry.drawn);
      // What nobody waits for takes no room from others' first words.
      const isSpared = !entry.isUrgent && poster.isBusy(chat, 'buttons');
      const how = { priority: isSpared ? 'edit' : 'answer', key: `keys:${key}` } as const;
      // In a busy group its turn may come late; until then another press of a button counts as the same.
      const isDone = await answers.patiently(async () => {
        const said = await poster.throttled(chat, how, (api, signal) => {
          sent = entry.wanted;
          return api.editMessageReplyMarkup(chat, message, { reply_markup: sent }, signal);
        });
        // From now on, until it is done.
        if (said.outcome === 'failed' && said.failure.type !== 'same')
          for (const data of over) if (failed.size < MAX_REMEMBERED) failed.add(`${key}:${data}`);
        return said;
      });
      // The next press brings along what stands there.
      if (!isDone) return void entries.delete(key);
      for (const data of over) failed.delete(`${key}:${data}`);
      entry.drawn = sent;
      entry.at = clock.now();
    }
    entry.isUrgent = false;
  }

  async function change(
    at: TelegramMessageRef,
    shown: InlineKeyboardMarkup,
    work: Change,
    { isUrgent } = { isUrgent: true },
  ): Promise<void> {
    const key = writeRef(at);
    const entry = entryOf(key, shown);
    const wanted = work(entry.wanted, Math.max(freshNumber(clock.now()), entry.highest + 1));
    if (isDeepStrictEqual(wanted, entry.wanted)) return;
    entry.wanted = wanted;
    remember(entry, wanted);
    entry.isUrgent ||= isUrgent;
    if (entry.isDrawing) return;
    entry.isDrawing = true;
    await answers.later(() =>
      draw(key, at, entry).finally(() => {
        entry.isDrawing = false;
      }),
    );
  }

  const has = (button: ButtonData, { action, taskId, n }: ButtonData): boolean =>
    button.action === action && button.taskId === taskId && button.n === n;

  return {
    change,
    renew: (at, shown, pressed, own) =>
      change(at, shown, (now, n) => changed(now, (button) => (has(button, pressed) ? { n: own ?? n } : {}))),
    hadLately(at, button) {
      const entry = entries.get(writeRef(at));
      return entry !== undefined && clock.now() - entry.at < LATELY_MS && entry.data.has(writeButton(button));
    },
    forget: (at) => void entries.delete(writeRef(at)),
    hasFailed: (at, button) => failed.has(`${writeRef(at)}:${writeButton(button)}`),
  };
}

const dataIn = ({ inline_keyboard: rows }: InlineKeyboardMarkup): string[] =>
  rows.flat().flatMap((button) => dataOf(button) ?? []);
