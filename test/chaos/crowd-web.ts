import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ask, conversation, taskIn } from '../helpers/web.ts';
import { type Crowd, type CrowdOptions, createSeen, scenesOf, tinyPicture, turn } from './crowd.ts';

const ASK_TIMEOUT_MS = 10_000;

/** At the web chat people ask again, with the same key, until they are heard. */
export function createWebCrowd(options: CrowdOptions): Crowd {
  const { picture, signal } = options;
  const scenes = scenesOf(options);
  const heard = new Set<string>();
  const seen = createSeen();

  async function askUntilHeard(scene: string, n: number, gateways: readonly string[]): Promise<void> {
    if (!(await turn(options, n))) return;
    const { bytes } = picture?.(n) ?? (await tinyPicture());
    const query = { scene, key: `chaos-key-${String(n).padStart(6, '0')}` };
    while (!heard.has(scene) && !signal?.aborted) {
      try {
        // Another gateway each time: the key decides.
        const response = await withDeadline(ask(anyOf(gateways), bytes, query));
        if (response.ok && (await taskIn(response))) heard.add(scene);
        // The budget is spent, or the picture is none.
        if (response.status === 400) return;
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
    async look(gateways) {
      for (let query = ''; ; ) {
        const page = await conversation(anyOf(gateways), query);
        for (const { taskId, scene, clip } of page.tasks)
          if (clip && !seen.has(taskId)) seen.add(taskId, scene, await sha256At(`${anyOf(gateways)}${clip.url}`));
        if (!page.older) return seen.byScene();
        query = `?before=${page.tasks.at(-1)?.taskId}`;
      }
    },
    strayLines: () => 0,
    close: async () => {},
  };
}

const anyOf = (urls: readonly string[]): string => urls[Math.floor(Math.random() * urls.length)] ?? '';

async function sha256At(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`no clip: ${response.status}`);
  const hash = createHash('sha256');
  for await (const chunk of response.body) hash.update(chunk);
  return hash.digest('hex');
}

const withDeadline = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    delay(ASK_TIMEOUT_MS).then((): never => {
      throw new Error('no answer in time');
    }),
  ]);
