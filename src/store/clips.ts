import { setImmediate as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ClipFilter, Page } from './tasks.ts';

/** So many scenes are looked through for words, for each page: who looks for more gets the next page from there on. */
export const MAX_LOOKED_THROUGH = 5_000;
/** At once; other work goes on between. */
const STEP = 500;

/** What a task's place among the newest follows from. */
export interface Cut {
  createdAt: number;
  id: string;
}

/** A task's scene, and where it stands. */
export const sceneSchema = z.object({ id: z.string(), createdAt: z.number(), scene: z.string() });
type Scene = z.infer<typeof sceneSchema>;

export const cutOf = ({ before }: Page): Cut | undefined =>
  before && { createdAt: before.at.received ?? 0, id: before.id };

/** Words as they are looked for; undefined where there are none. */
export function wordsOf({ words = [] }: ClipFilter): string[] | undefined {
  const wanted = words.map((word) => word.toLowerCase()).filter((word) => word !== '');
  return wanted.length > 0 ? wanted : undefined;
}

/** Ids of the newest tasks, `limit` at most, that have all the words in their scene. */
export async function idsWithWords(
  words: readonly string[],
  page: Page,
  read: (limit: number, before: Cut | undefined) => Scene[] | Promise<Scene[]>,
): Promise<string[]> {
  const found: string[] = [];
  let before = cutOf(page);
  for (let looked = 0; looked < MAX_LOOKED_THROUGH && found.length < page.limit; looked += STEP) {
    const scenes = await read(STEP, before);
    const fit = scenes.filter(({ scene }) => {
      const text = scene.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    found.push(...fit.map(({ id }) => id));
    before = scenes.at(-1);
    if (scenes.length < STEP) break;
    await pause();
  }
  return found.slice(0, Math.max(0, page.limit));
}
