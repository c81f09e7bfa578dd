import { writeFileSync } from 'node:fs';
import { BadPicture } from '../bad-picture.ts';
import { convertPicture } from './convert.ts';
import { fitPicture } from './fit.ts';
import { createLimits } from './limits.ts';
import { restrictSharp } from './open.ts';
import { beside } from './own-words.ts';
import type { Answer, Request, Work } from './requests.ts';
import { drawSheet } from './sheet.ts';

// The decoder's process: does what the program that started it says, and ends with it.

/** At once, whatever is being decoded: any other end waits for that. */
const end = (): void => void process.kill(process.pid, 'SIGKILL');

const tell = (answer: Answer): void => void process.send?.(answer);

const limits = createLimits({
  maxComputeMs: Number(process.argv[2]),
  exceeded(id, reason) {
    tell({ type: 'ended', id, reason });
    end();
  },
});

async function answer(id: number, picture: Uint8Array, work: Work): Promise<Answer> {
  limits.watch(id, work);
  try {
    if (work.type === 'fit') return { type: 'fitted', id, fitted: await fitPicture(picture, work.options) };
    if (work.type === 'sheet') return { type: 'converted', id, converted: await drawSheet(picture, work.options) };
    return { type: 'converted', id, converted: await convertPicture(picture, work.options) };
  } catch (error) {
    if (!(error instanceof BadPicture)) return { type: 'failed', id, reason: String(error) };
    return { type: 'bad', id, problem: error.problem, reason: String(error.cause ?? '') };
  } finally {
    limits.forget(id);
  }
}

const pieces = new Map<number, Uint8Array[]>();

function take(request: Request): void {
  const { id } = request;
  const before = pieces.get(id) ?? [];
  if (request.type === 'piece') {
    pieces.set(id, [...before, request.bytes]);
    return;
  }
  pieces.delete(id);
  if (request.type === 'drop') return;
  const answered = () => answer(id, Buffer.concat(before), request);
  void (request.type === 'fit' ? answered() : beside(answered)).then(tell);
}

/** Nobody else can send anything; what is in it `take` tells apart. */
const isRequest = (message: unknown): message is Request => typeof message === 'object' && message !== null;

process.on('message', (message) => {
  if (isRequest(message)) take(message);
});
process.on('disconnect', end);
// A service manager sends them to every process of ours: the program says when this one ends.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
try {
  // Where memory runs out on Linux this process is ended, and not the program.
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {}
restrictSharp();
tell({ type: 'ready' });
