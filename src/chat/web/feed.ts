import type { TaskView } from './view.ts';

/** Events kept for readers that were away for a moment. */
const MAX_KEPT = 300;
/** Tasks whose removal is remembered, so that news about them which was under way shows nobody a ghost. */
const MAX_GONE = 500;

/** What happens in the conversation, as frames of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface Feed {
  task(view: TaskView): void;
  gone(taskId: string): void;
  /** The id of the newest event. */
  position(): string;
  /** Frames after that id; undefined where they are not all here any more, or the id is of another run. */
  since(id: string): string[] | undefined;
  /** From now on; returns how to leave. */
  join(reader: (frame: string) => void): () => void;
  /** How many read along now. */
  readers(): number;
}

export const frame = (id: string, event: string, data: unknown): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** `boot` names this run of the program, in letters and digits. */
export function createFeed({ boot }: { boot: string }): Feed {
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
    task(view) {
      if (!goneIds.has(view.taskId)) publish('task', view);
    },
    gone(taskId) {
      const [oldest] = goneIds;
      if (goneIds.size >= MAX_GONE && oldest !== undefined) goneIds.delete(oldest);
      goneIds.add(taskId);
      publish('gone', { taskId });
    },
    position: () => `${boot}-${last}`,
    since(id) {
      const [, run, number] = /^([^-]*)-(\d{1,15})$/.exec(id) ?? [];
      const missed = last - Number(number);
      if (run !== boot || !(missed >= 0 && missed <= kept.length)) return undefined;
      return kept.slice(kept.length - missed);
    },
    join(reader) {
      readers.add(reader);
      return () => readers.delete(reader);
    },
    readers: () => readers.size,
  };
}
