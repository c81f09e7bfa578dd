import type { TaskView } from './view.ts';

/** Events kept for readers that were away for a moment. */
const MAX_KEPT = 300;
/** Tasks whose removal is remembered, so that news about them which was under way shows no ghost. */
const MAX_GONE = 500;

export const frame = (id: string, event: string, data: unknown): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * Events in the conversation, as frames of server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 */
export type Feed = ReturnType<typeof createFeed>;

/** `boot` names this run of the program, in letters and digits. */
export function createFeed({ boot }: { boot: string }) {
  const kept: string[] = [];
  const goneIds = new Set<string>();
  const readers = new Set<(frame: string) => void>();
  let last = 0;

  function publish(event: string, data: unknown): void {
    last += 1;
    const made = frame(`${boot}-${last}`, event, data);
    kept.push(made);
    if (kept.length > MAX_KEPT) kept.shift();
    for (const reader of readers) reader(made);
  }

  return {
    task(view: TaskView): void {
      if (!goneIds.has(view.taskId)) publish('task', view);
    },
    gone(taskId: string): void {
      const [oldest] = goneIds;
      if (goneIds.size >= MAX_GONE && oldest !== undefined) goneIds.delete(oldest);
      goneIds.add(taskId);
      publish('gone', { taskId });
    },
    /** The id of the newest event. */
    position: () => `${boot}-${last}`,
    /** Frames after that id; undefined where they are not all here any more, or the id is of another run. */
    since(id: string): string[] | undefined {
      const [, run, number] = /^([^-]*)-(\d{1,15})$/.exec(id) ?? [];
      const missed = last - Number(number);
      if (run !== boot || !(missed >= 0 && missed <= kept.length)) return undefined;
      return kept.slice(kept.length - missed);
    },
    /** From now on; returns how to leave. */
    join(reader: (frame: string) => void): () => void {
      readers.add(reader);
      return () => readers.delete(reader);
    },
    /** How many read along now. */
    readers: () => readers.size,
  };
}
