import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { z } from 'zod';
import { programOnPath } from './program-on-path.ts';

const ANSWER_MS = 30_000;

/** `FIREFOX_PATH`, or Debian's Firefox on PATH. */
export const findFirefox = (): string | undefined =>
  process.env.FIREFOX_PATH || programOnPath(['firefox-esr', 'firefox']);

const evaluated = z.object({ type: z.literal('success'), result: z.object({ value: z.string() }) });
const place = z.tuple([z.number(), z.number()]);

interface Answer {
  id?: number;
  method?: string;
  params?: { level?: string; text?: string };
  result?: Record<string, unknown>;
  message?: string;
}

/** A window of Firefox, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), with a profile of its own. */
export async function openFirefox(path: string) {
  const profile = await mkdtemp(join(tmpdir(), 'kinora-firefox-'));
  const child = spawn(path, ['--headless', '--profile', profile, '--remote-debugging-port', '0', '--no-remote'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const socket = new WebSocket(`${await addressOf(child)}/session`);
  const waiting = new Map<number, (answer: Answer) => void>();
  const problems: string[] = [];
  socket.on('message', (data) => {
    const answer: Answer = JSON.parse(String(data));
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    else if (answer.method === 'log.entryAdded' && answer.params?.level === 'error')
      problems.push(answer.params.text ?? '');
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let ids = 0;
  async function send(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++ids;
    const { result, message } = await new Promise<Answer>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Firefox does not answer ${method}`)), ANSWER_MS);
      waiting.set(id, (answer) => {
        clearTimeout(late);
        waiting.delete(id);
        resolve(answer);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
    if (!result) throw new Error(`${method}: ${message}`);
    return result;
  }
  await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['log.entryAdded'] });
  const { context } = await send('browsingContext.create', { type: 'tab' });

  async function evaluate(expression: string): Promise<unknown> {
    const target = { context };
    const found = await send('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${expression})) ?? 'null')()`,
      target,
      awaitPromise: true,
    });
    const { success, data } = evaluated.safeParse(found);
    if (!success) throw new Error(`${expression}: ${JSON.stringify(found)}`);
    return JSON.parse(data.result.value);
  }
  const act = (actions: object) => send('input.performActions', { context, actions: [actions] });

  return {
    evaluate,
    /** Errors that the page's console tells. */
    problems,
    open: (url: string) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    /** By the mouse, in the middle of what a selector finds first. */
    async click(selector: string): Promise<void> {
      const middle = `(() => { const at = document.querySelector(${JSON.stringify(selector)}); at.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y, width, height } = at.getBoundingClientRect(); return [Math.round(x + width / 2), Math.round(y + height / 2)]; })()`;
      const [x, y] = place.parse(await evaluate(middle));
      const moves = [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await act({ type: 'pointer', id: 'mouse', actions: moves });
    },
    async type(text: string): Promise<void> {
      const keys = [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
      await act({ type: 'key', id: 'keyboard', actions: keys });
    },
    async close(): Promise<void> {
      socket.terminate();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What Firefox says on its standard error once it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => reject(new Error(`Firefox ended with ${code}`)));
    if (!child.stderr) return reject(new Error('Firefox says nothing'));
    createInterface(child.stderr).on('line', (line) => {
      const [, url] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
      if (url) resolve(url);
    });
  });
}
