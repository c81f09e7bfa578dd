import { type Reader as Person, type Told, toldAll } from './reader.ts';
import type { FeedEvents, TaskView } from './view.ts';

/** Events kept for readers that were away for a moment. */
const MAX_KEPT = 300;
/** Tasks whose removal is remembered, so that news about them which was under way shows no ghost. */
const MAX_GONE = 500;

/** An event of a stream, as it is sent. */
export const frame = <K extends keyof FeedEvents>(id: string, event: K, data: FeedEvents[K]): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** One reader of the events, as a person. */
interface Reader {
  as: Person;
  read(frame: string): void;
}

/**
 * Events in the conversation, as frames of server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html), each in the language of whoever reads it.
 */
export type Feed = ReturnType<typeof createFeed>;

/** `boot` names this run of the program, in letters and digits. */
export function createFeed({ boot }: { boot: string }) {
  const kept: Frame[] = [];
  const goneIds = new Set<string>();
  const readers = new Set<Reader>();
  let last = 0;

  function publish<K extends keyof FeedEvents>(event: K, data: Told<FeedEvents[K]>): void {
    last += 1;
    const id = `${boot}-${last}`;
    const made = onceEach(data, (told) => frame(id, event, told));
    kept.push(made);
    if (kept.length > MAX_KEPT) kept.shift();
    for (const { as, read } of readers) read(made(as));
  }

  return {
    task(taskId: string, view: Told<TaskView>): void {
      if (!goneIds.has(taskId)) publish('task', view);
    },
    gone(taskId: string): void {
      const [oldest] = goneIds;
      if (goneIds.size >= MAX_GONE && oldest !== undefined) goneIds.delete(oldest);
      goneIds.add(taskId);
      publish('gone', toldAll({ taskId }));
    },
    /** The id of the newest event. */
    position: () => `${boot}-${last}`,
    /** Frames after that id; undefined where they are not all here any more, or the id is of another run. */
    since(id: string, reader: Person): string[] | undefined {
      const [, run, number] = /^([^-]*)-(\d{1,15})$/.exec(id) ?? [];
      const missed = last - Number(number);
      if (run !== boot || !(missed >= 0 && missed <= kept.length)) return undefined;
      return kept.slice(kept.length - missed).map((made) => made(reader));
    },
    /** From now on; returns how to leave. */
    join(reader: Reader): () => void {
      readers.add(reader);
      return () => readers.delete(reader);
    },
    /** How many read along now. */
    readers: () => readers.size,
  };
}

/** An event as it is sent to a reader. */
type Frame = (reader: Person) => string;

/** Makes a frame when it is first read by somebody of a kind, and no second time. */
function onceEach<T>(data: Told<T>, make: (told: T) => string): Frame {
  const made = new Map<string, string>();
  return (reader) => {
    const kind = data.kind(reader);
    const text = made.get(kind) ?? make(data.to(reader));
    made.set(kind, text);
    return text;
  };
}
