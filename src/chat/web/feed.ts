import type { InWords } from './language.ts';
import type { FeedEvents, TaskView } from './view.ts';

/** Events kept for readers that were away for a moment. */
const MAX_KEPT = 300;
/** Tasks whose removal is remembered, so that news about them which was under way shows no ghost. */
const MAX_GONE = 500;

/** An event of a stream, as it is sent. */
export const frame = <K extends keyof FeedEvents>(id: string, event: K, data: FeedEvents[K]): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** One reader of the events, in their language. */
interface Reader {
  locale: string;
  read(frame: string): void;
}

/**
 * Events in the conversation, as frames of server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html), each in the language of whoever reads it.
 */
export type Feed = ReturnType<typeof createFeed>;

/** `boot` names this run of the program, in letters and digits. */
export function createFeed({ boot }: { boot: string }) {
  const kept: InWords<string>[] = [];
  const goneIds = new Set<string>();
  const readers = new Set<Reader>();
  let last = 0;

  function publish<K extends keyof FeedEvents>(event: K, data: InWords<FeedEvents[K]>): void {
    last += 1;
    const id = `${boot}-${last}`;
    const made = onceEach((locale) => frame(id, event, data(locale)));
    kept.push(made);
    if (kept.length > MAX_KEPT) kept.shift();
    for (const { locale, read } of readers) read(made(locale));
  }

  return {
    task(taskId: string, view: InWords<TaskView>): void {
      if (!goneIds.has(taskId)) publish('task', view);
    },
    gone(taskId: string): void {
      const [oldest] = goneIds;
      if (goneIds.size >= MAX_GONE && oldest !== undefined) goneIds.delete(oldest);
      goneIds.add(taskId);
      publish('gone', () => ({ taskId }));
    },
    /** The id of the newest event. */
    position: () => `${boot}-${last}`,
    /** Frames after that id; undefined where they are not all here any more, or the id is of another run. */
    since(id: string, locale: string): string[] | undefined {
      const [, run, number] = /^([^-]*)-(\d{1,15})$/.exec(id) ?? [];
      const missed = last - Number(number);
      if (run !== boot || !(missed >= 0 && missed <= kept.length)) return undefined;
      return kept.slice(kept.length - missed).map((made) => made(locale));
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

/** Makes a frame when it is first read in a language, and no second time: there are as many as languages at most. */
function onceEach(make: InWords<string>): InWords<string> {
  const made = new Map<string, string>();
  return (locale) => {
    const text = made.get(locale) ?? make(locale);
    made.set(locale, text);
    return text;
  };
}
