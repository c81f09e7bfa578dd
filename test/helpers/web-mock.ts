import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { acceptedLocale } from '../../src/chat/web/language.ts';
import { readPage } from '../../src/chat/web/page.ts';
import type { About, LeftView, TaskView } from '../../src/chat/web/view.ts';
import { createMockSettings } from './web-mock-settings.ts';
import { createMockTasks } from './web-mock-tasks.ts';

/** As it was compiled for this run. */
const PAGE = readPage({ folder: new URL('../../dist/src/chat/web/page/', import.meta.url) });
/** As strict as the real server's: what the page does beyond it fails the test. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What Details says. */
const DETAILS =
  '5 s · motion 5 · seed 84302117 · Crop\nCost: nothing\nAsked for on 29 Nov 2026, 14:05 UTC, ended after about 20 s\nId: 000000000000000000000001';

/** What Link says. */
const LINK = {
  say: 'Everybody who has this address can see the clip:\nhttps://kinora.example.org/c/abc',
  link: 'https://kinora.example.org/c/abc',
  menu: [{ action: 'unlink', label: 'Take the link back', style: 'danger' }],
};

const ABOUT: About = {
  locale: 'en',
  me: { name: '', isAlone: true },
  ...{
    costs: { 5: 0, 10: 0 },
    maxPictureBytes: 2 * 1024 * 1024,
    minSidePx: 320,
    maxSceneChars: 200,
    wordless: true,
    endFrame: false,
    shapes: ['auto', 'wide', 'tall', 'square'],
    sizes: [
      { width: 1280, height: 720 },
      { width: 720, height: 1280 },
      { width: 960, height: 960 },
    ],
    shapeNames: { auto: 'automatic', wide: 'wide (16:9)', tall: 'tall (9:16)', square: 'square (1:1)' },
    ignores: [],
    lastFrame: false,
    models: [],
  },
  takes: [1, 2, 3, 4],
  ...{
    durations: [5, 10],
    motion: { min: 1, max: 10, usual: 5 },
    fits: ['crop', 'pad', 'strict'],
    usual: { duration: 5, shape: 'auto', fit: 'crop' },
  },
  commands: [
    { name: 'animate', description: 'Turn a picture into a clip', takesPicture: true },
    { name: 'clips', description: 'The clips made here', takesPicture: false, takes: 'words' },
    { name: 'help', description: 'What this bot does', takesPicture: false },
    { name: 'forget', description: 'Delete all that this bot keeps of you', takesPicture: false },
    { name: 'export', description: 'Get what this bot keeps of you', takesPicture: false },
    { name: 'settings', description: 'What is usual here', takesPicture: false },
  ],
};

const PRIVACY: Record<string, object> = {
  forget: {
    confirm: {
      text: 'It would forget everything that was made here.\nAll of it goes, for good.',
      label: 'Forget me',
      question: '0123456789ab',
    },
  },
  export: { say: 'What I keep of you: 2 requests.', file: { name: 'kinora.json', content: '{}' } },
};

/** What becomes of the next upload: taken, refused in a sentence, cut off before or after it was recorded, kept waiting, or taken with a note. */
export type Fate = 'take' | 'cut' | 'record-and-cut' | 'hold' | { status: number; error: string } | { note: string };

export interface Files {
  picture: Uint8Array;
  clip: Uint8Array;
}

/** A server that speaks the page's side of `view.ts` from memory and does as it is told. */
export async function startMockWeb(
  files: Files,
  {
    about = {},
    left = {},
    ...how
  }: { about?: Partial<About>; left?: LeftView; pageSize?: number; works?: boolean } = {},
) {
  const record = createMockTasks(how);
  const set = createMockSettings();
  const byKey = new Map<string, string>();
  const uploads: { key: string; query: URLSearchParams; bytes: number }[] = [];
  const presses: { verb: string; scene: string; options?: object }[] = [];
  const fates: Fate[] = [];
  const confirmed: string[] = [];
  const held: (() => void)[] = [];
  const used = new WeakSet<object>();
  let eventsStatus = 200;
  let locked = false;
  let slowMs = 0;
  let server: Server;

  const json = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

  function make(key: string, view: Partial<TaskView> & { scene: string }) {
    const known = record.tasks.get(byKey.get(key) ?? '');
    const task = known ?? record.add(view);
    byKey.set(key, task.taskId);
    return { status: known ? 200 : 201, task };
  }

  async function upload(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const fate = fates.shift() ?? 'take';
    const key = query.get('key') ?? '';
    if (fate === 'cut') {
      uploads.push({ key, query, bytes: 0 });
      // A browser repeats by itself what failed on a connection that had been used before: the page never hears of it.
      if (used.has(request.socket)) fates.unshift(fate);
      return void request.socket.destroy();
    }
    const { length } = await body(request);
    uploads.push({ key, query, bytes: length });
    if (typeof fate === 'object' && 'error' in fate) return json(response, fate.status, { error: fate.error });
    if (fate === 'hold') await new Promise<void>((resolve) => held.push(resolve));
    const { status, task } = make(key, { scene: query.get('scene') ?? '' });
    if (fate === 'record-and-cut') return void request.socket.destroy();
    return json(response, status, { task, say: typeof fate === 'object' ? fate.note : undefined });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mock');
    const [, first, second = '', id = '', verb = ''] = /^\/([^/]*)\/?([^/]*)\/?([^/]*)\/?([^/]*)$/.exec(pathname) ?? [];
    response.setHeader('Content-Security-Policy', CSP);
    if (slowMs > 0) await sleep(slowMs);
    if (pathname === '/login' && request.method === 'POST') {
      if ((await body(request)).toString() !== 'password=open+sesame')
        return json(response, 401, { error: 'That is not the password.' });
      locked = false;
      return response.writeHead(303, { Location: '/' }).end();
    }
    if (first === 'tasks') return bytes(request, response, id === 'clip' ? files.clip : files.picture);
    if (first !== 'api') return page(request, response);
    if (locked) return json(response, 401, { error: 'Log in first.' });
    if (second === 'about') return json(response, 200, { ...ABOUT, ...about, usual: set.usual() });
    if (second === 'left') return json(response, 200, left);
    if (second === 'events' && eventsStatus !== 200) return json(response, eventsStatus, { error: 'Starting.' });
    if (second === 'events') return record.read(response);
    if (second === 'conversation') {
      const isMineOnly = searchParams.get('mine') === 'true';
      return json(response, 200, record.page(searchParams.get('before') ?? undefined, isMineOnly));
    }
    if (second === 'clips') return json(response, 200, record.gallery(searchParams));
    if (second === 'commands' && id === 'clips') return json(response, 200, { open: '/clips' });
    if (second === 'commands' && id === 'animate') return upload(request, response, searchParams);
    if (second === 'commands' && id in PRIVACY) return json(response, 200, PRIVACY[id]);
    if (second === 'confirm') {
      confirmed.push(id);
      return json(response, 200, { say: 'All right. It is done within a minute or two.' });
    }
    if (second === 'commands' && id === 'settings') return json(response, 200, { settings: set.view() });
    if (second === 'settings') {
      const { name, value } = JSON.parse((await body(request)).toString());
      if (value === 'strict') return json(response, 400, { error: 'Choose another one.' });
      return json(response, 200, { settings: set.view(name, value) });
    }
    if (second === 'commands') return json(response, 200, { say: 'A picture and a line of text make a clip.' });
    const task = record.tasks.get(id);
    if (!task) return json(response, 404, { error: 'This clip is not here any more.' });
    if (verb === 'delete') {
      record.remove(id);
      return json(response, 200, { say: 'Deleted.' });
    }
    if (verb === 'cancel') {
      record.set(id, 'cancelled');
      return json(response, 200, {});
    }
    if (verb === 'star') {
      const isStarred = !task.isStarred;
      return json(response, 200, { task: record.change(id, { isStarred, stars: isStarred ? 3 : 2 }) });
    }
    if (verb === 'link') return json(response, 200, LINK);
    if (verb === 'unlink') return json(response, 200, { say: 'The page of this clip is gone.' });
    if (verb === 'story') return json(response, 200, { open: `/clips?story=${id}` });
    if (verb === 'details') return json(response, 200, { say: DETAILS });
    const { key, scene = task.scene, options } = JSON.parse((await body(request)).toString());
    presses.push({ verb, scene, options });
    const isFile = verb === 'gif' || verb === 'webp' || verb === 'loop';
    const file = isFile ? ({ format: verb, name: `snow.${verb}` } as const) : undefined;
    const shown = file || verb === 'show' ? { state: 'ready' as const, shown: {}, file } : {};
    const made = make(key, { scene, ...shown });
    return json(response, made.status, { task: made.task });
  }

  function listen(port = 0): Promise<number> {
    server = createServer((request, response) => {
      answer(request, response)
        .catch((error: unknown) => json(response, 500, { error: String(error) }))
        .finally(() => used.add(request.socket));
    });
    return new Promise((resolve) =>
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
  }

  async function stop(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  const port = await listen();
  return {
    ...record,
    url: `http://127.0.0.1:${port}/`,
    /** Everything that arrived at `POST /api/commands/animate`, also what was cut off. */
    uploads,
    /** Questions whether something is meant that were answered with yes. */
    confirmed,
    /** Presses that made something new. */
    presses,
    /** Of the next uploads, in order; then all are taken. */
    fate: (...next: Fate[]) => void fates.push(...next),
    /** Lets the uploads go on that are kept waiting. */
    release: () => held.splice(0).forEach((go) => void go()),
    /** Every answer takes so long from now on. */
    slow: (ms: number) => {
      slowMs = ms;
    },
    lock: () => {
      locked = true;
    },
    /** What the live channel answers from now on: anything but 200 makes a browser give it up for good. */
    answerEvents: (status: number) => {
      eventsStatus = status;
    },
    offline: stop,
    online: () => listen(port),
    stop,
  };
}

export type MockWeb = Awaited<ReturnType<typeof startMockWeb>>;

async function body(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function page({ url, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(url ?? '/', 'http://mock');
  const file = (await PAGE).find(({ address }) => address === pathname);
  if (!file) response.writeHead(404).end();
  else
    response.writeHead(200, { 'Content-Type': file.type }).end(file.bytes(acceptedLocale(headers['accept-language'])));
}

function bytes(request: IncomingMessage, response: ServerResponse, all: Uint8Array): void {
  const type = all[0] === 0xff ? 'image/jpeg' : 'video/mp4';
  const headers = { 'Content-Type': type, 'Accept-Ranges': 'bytes', 'Cache-Control': 'no-cache' };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range) return void response.writeHead(200, { ...headers, 'Content-Length': all.length }).end(all);
  const start = Number(range[1]);
  const end = range[2] ? Math.min(Number(range[2]), all.length - 1) : all.length - 1;
  const part = { 'Content-Range': `bytes ${start}-${end}/${all.length}`, 'Content-Length': end - start + 1 };
  response.writeHead(206, { ...headers, ...part }).end(all.subarray(start, end + 1));
}
