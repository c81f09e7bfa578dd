import { setTimeout as delay } from 'node:timers/promises';
import { tinyPng } from '../helpers/pictures.ts';
import { ask, conversation, type SeenTask, taskIn } from '../helpers/web.ts';

const OPEN = new Set(['received', 'queued', 'submitting', 'rendering', 'ready', 'delivering']);
const ASK_TIMEOUT_MS = 10_000;

/** People at the web chat, who ask again, with the same key, until they are heard. */
export interface Crowd {
  scenes: readonly string[];
  /** Resolves when each has been heard. */
  asked: Promise<void>;
  /** Resolves when nothing is under way any more: how often each scene's clip stands in the conversation. */
  settled(patienceMs: number): Promise<ReadonlyMap<string, number>>;
}

export function createCrowd(options: {
  gateways: readonly string[];
  tasks: number;
  /** The requests come spread over so long. */
  overMs: number;
  signal: AbortSignal;
}): Crowd {
  const { gateways, tasks, overMs } = options;
  const scenes = Array.from({ length: tasks }, (_, n) => `scene ${n} of the chaos`);
  const picture = tinyPng();
  const anyGateway = () => gateways[Math.floor(Math.random() * gateways.length)] ?? '';

  async function askUntilHeard(scene: string, n: number): Promise<void> {
    await delay((overMs * n) / tasks);
    const query = { scene, key: `chaos-key-${String(n).padStart(6, '0')}` };
    for (;;) {
      try {
        // Another gateway each time: the key decides.
        const response = await within(ask(anyGateway(), await picture, query));
        if (response.ok) return void (await taskIn(response));
      } catch {
        // Killed just now, or slow: asked again.
      }
      await delay(200);
    }
  }

  return {
    scenes,
    asked: Promise.all(scenes.map(askUntilHeard)).then(() => {}),
    async settled(patienceMs) {
      const until = Date.now() + patienceMs;
      for (;;) {
        const all = await everything(anyGateway()).catch(() => undefined);
        const open = all?.filter(({ state }) => OPEN.has(state)) ?? [];
        if (all && open.length === 0) return countClips(all);
        if (Date.now() > until)
          throw new Error(`still under way: ${JSON.stringify(open.map(({ taskId, state }) => [taskId, state]))}`);
        await delay(500);
      }
    },
  };
}

/** The whole conversation, a page after the other. */
async function everything(url: string): Promise<SeenTask[]> {
  const all: SeenTask[] = [];
  for (let query = ''; ; query = `?before=${all.at(-1)?.taskId}`) {
    const page = await conversation(url, query);
    all.push(...page.tasks);
    if (!page.older) return all;
  }
}

function countClips(tasks: SeenTask[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { scene, clip } of tasks) if (clip) counts.set(scene, (counts.get(scene) ?? 0) + 1);
  return counts;
}

const within = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    delay(ASK_TIMEOUT_MS).then((): never => {
      throw new Error('no answer in time');
    }),
  ]);
