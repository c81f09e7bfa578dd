import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** What tests look at in a view. */
const taskSchema = z.looseObject({
  taskId: z.string(),
  state: z.string(),
  scene: z.string(),
  status: z.string(),
  revision: z.number(),
  pictureUrl: z.string(),
  buttons: z.array(z.object({ action: z.string(), label: z.string(), style: z.string() })),
  options: z.object({ motion: z.number(), seed: z.number(), duration: z.number(), fit: z.string() }),
  clip: z.object({ url: z.string(), bytes: z.number(), durationMs: z.number() }).optional(),
});
export type SeenTask = z.infer<typeof taskSchema>;
const conversationSchema = z.object({ tasks: z.array(taskSchema), older: z.boolean() });
const eventSchema = z.union([
  z.object({ event: z.literal('task'), data: taskSchema }),
  z.object({ event: z.literal('gone'), data: z.object({ taskId: z.string() }) }),
  z.object({ event: z.literal('conversation'), data: conversationSchema }),
]);
export type SeenEvent = z.infer<typeof eventSchema> & { id: string };

export const octets = { 'content-type': 'application/octet-stream' };
let keys = 0;
export const newKey = (): string => `test-key-${++keys}-${process.pid}`;

/** Asks for a clip as the page does. */
export function ask(
  url: string,
  picture: Uint8Array,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const search = new URLSearchParams({ key: newKey(), scene: 'slow zoom in', ...query });
  const body = new Uint8Array(picture);
  return fetch(`${url}/api/commands/animate?${search}`, { method: 'POST', headers: { ...octets, ...headers }, body });
}

export const taskIn = async (response: Response): Promise<SeenTask> =>
  z.object({ task: taskSchema }).parse(await response.json()).task;

/** The sentence that a refusal has. */
export const errorIn = async (response: Response): Promise<string> =>
  z
    .object({ error: z.string() })
    .strict()
    .parse(await response.json()).error;

export async function conversation(url: string, query = ''): Promise<z.infer<typeof conversationSchema>> {
  return conversationSchema.parse(await (await fetch(`${url}/api/conversation${query}`)).json());
}

/** A page that is open: the events as they come. */
export interface Live {
  /** Resolves at the first event from now back to the beginning, or to come, that matches; rejects when the stream ends first. */
  until(matches: (event: SeenEvent) => boolean): Promise<SeenEvent>;
  /** Resolves to the task at the first event that shows it in that state. */
  untilState(taskId: string, state: string): Promise<SeenTask>;
  events: SeenEvent[];
  ended: Promise<void>;
  close(): void;
}

export async function openLive(url: string, headers: Record<string, string> = {}): Promise<Live> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/events`, { headers, signal: abort.signal });
  if (!response.ok || !response.body) throw new Error(`no stream: ${response.status} ${await response.text()}`);
  const events: SeenEvent[] = [];
  const waiting = new Set<() => void>();
  const { body } = response;
  const ended = read().catch(() => {});

  async function read(): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      const frames = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) keep(frame);
    }
  }

  function keep(frame: string): void {
    const fields = new Map(frame.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]));
    const data = fields.get('data');
    if (data === undefined) return;
    const seen = eventSchema.parse({ event: fields.get('event'), data: JSON.parse(data) });
    events.push({ ...seen, id: fields.get('id') ?? '' });
    for (const look of waiting) look();
  }

  const until = (matches: (event: SeenEvent) => boolean): Promise<SeenEvent> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = events.find(matches);
        if (found) resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error('the stream ended first')));
    });

  return {
    until,
    async untilState(taskId, state) {
      const isIt = (task: SeenTask) => task.taskId === taskId && task.state === state;
      const found = await until(
        (event) =>
          (event.event === 'task' && isIt(event.data)) ||
          (event.event === 'conversation' && event.data.tasks.some(isIt)),
      );
      const tasks = found.event === 'task' ? [found.data] : found.event === 'conversation' ? found.data.tasks : [];
      const task = tasks.find(isIt);
      if (!task) throw new Error('an event without its task');
      return task;
    },
    events,
    ended,
    close: () => abort.abort(),
  };
}

/** A request with any headers at all, Host among them, which `fetch` keeps to itself. */
export function rawRequest(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const outgoing = request(url, { method, headers, agent: false }, async (incoming) => {
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: await text(incoming) });
    });
    outgoing.on('error', reject).end(body);
  });
}
