import { setTimeout as delay } from 'node:timers/promises';
import { tinyPng } from '../helpers/pictures.ts';
import { ask, conversation, taskIn } from '../helpers/web.ts';
import { type Crowd, type CrowdOptions, countOf, scenesOf } from './crowd.ts';

const ASK_TIMEOUT_MS = 10_000;

/** At the web chat people ask again, with the same key, until they are heard. */
export function createWebCrowd({ tasks, overMs }: CrowdOptions): Crowd {
  const scenes = scenesOf(tasks);
  const heard = new Set<string>();

  async function askUntilHeard(scene: string, n: number, gateways: readonly string[]): Promise<void> {
    await delay((overMs * n) / tasks);
    const picture = await tinyPng();
    const query = { scene, key: `chaos-key-${String(n).padStart(6, '0')}` };
    while (!heard.has(scene)) {
      try {
        // Another gateway each time: the key decides.
        const response = await withDeadline(ask(anyOf(gateways), picture, query));
        if (response.ok && (await taskIn(response))) heard.add(scene);
      } catch {
        // Killed just now, or slow: asked again.
      }
      await delay(200);
    }
  }

  return {
    scenes,
    settings: { WEB_REQUESTS_PER_MINUTE: '100000' },
    ask: async (gateways) => {
      await Promise.all(scenes.map((scene, n) => askUntilHeard(scene, n, gateways)));
    },
    heard: () => heard,
    async clips(gateways) {
      const shown: string[] = [];
      for (let query = ''; ; ) {
        const page = await conversation(anyOf(gateways), query);
        shown.push(...page.tasks.filter(({ clip }) => clip).map(({ scene }) => scene));
        if (!page.older) return countOf(shown);
        query = `?before=${page.tasks.at(-1)?.taskId}`;
      }
    },
    strayLines: () => 0,
    close: async () => {},
  };
}

const anyOf = (urls: readonly string[]): string => urls[Math.floor(Math.random() * urls.length)] ?? '';

const withDeadline = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    delay(ASK_TIMEOUT_MS).then((): never => {
      throw new Error('no answer in time');
    }),
  ]);
