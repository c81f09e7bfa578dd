import { setTimeout as delay } from 'node:timers/promises';

const OPEN = ['received', 'queued', 'submitting', 'rendering', 'ready', 'delivering'];

/** Resolves when no task is under way any more, as the bot's own metrics say; rejects with the signal. */
export async function settled(url: string, patienceMs: number, signal?: AbortSignal): Promise<void> {
  const until = Date.now() + patienceMs;
  let counts: Record<string, number> = {};
  while (Date.now() < until) {
    const text = await fetch(`${url}/metrics`).then(
      (response) => (response.ok ? response.text() : ''),
      () => '',
    );
    counts = Object.fromEntries(
      [...text.matchAll(/^kinora_tasks\{state="(\w+)"\} (\d+)/gm)].map(([, state, count]) => [state, Number(count)]),
    );
    if (Object.keys(counts).length > 0 && OPEN.every((state) => counts[state] === 0)) return;
    await delay(500, undefined, { signal });
  }
  throw new Error(`still under way: ${JSON.stringify(counts)}`);
}
