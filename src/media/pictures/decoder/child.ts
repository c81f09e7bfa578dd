import { withDeadline } from '../../../util/with-deadline.ts';
import { BadPicture } from '../bad-picture.ts';
import { answerSchema } from './answers.ts';
import { suspectOf } from './limits.ts';
import type { Answer, Request, Work } from './requests.ts';
import { startProcess } from './start.ts';

/** The process ended, and not by the picture in question: the next one may be asked. */
export class ChildGone extends Error {
  override name = 'ChildGone';
}

/** A process that decodes. */
export interface Child {
  /** Copies a picture to it. */
  send(id: number, picture: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, signal?: AbortSignal): Promise<void>;
  /**
   * Has it work on a picture that was sent. Throws `BadPicture`, also for one that ended the process; `ChildGone`; and,
   * where the process is ended for it, the signal's reason.
   */
  ask(id: number, work: Work, signal?: AbortSignal): Promise<Answer>;
  /** Has it forget a picture that was sent. */
  drop(id: number): void;
  end(): void;
}

/** For a machine that computes next to nothing in this time; the picture is not to blame. */
const MAX_WAIT_MS = 90_000;
/** What the channel takes at once. */
const PIECE_BYTES = 256 * 1024;

/** A picture that is being worked on. */
interface Asked {
  work: Work;
  resolve(answer: Answer): void;
  reject(why: unknown): void;
}

/** Starts one. `maxComputeMs`: see `limits.ts`; `onEnd`: nothing more can be asked of it. */
export async function startChild(options: {
  program: URL | string;
  maxComputeMs: number;
  onEnd: () => void;
}): Promise<Child> {
  const { program, maxComputeMs, onEnd } = options;
  const { child, said } = await startProcess(program, [String(maxComputeMs)]);
  const asked = new Map<number, Asked>();
  let ending = false;

  function end(): void {
    ending = true;
    onEnd();
    child.kill('SIGKILL');
  }

  child.on('message', (message) => {
    const { data: answer } = answerSchema.safeParse(message);
    if (!answer || answer.type === 'ready') return void child.kill('SIGKILL');
    const one = asked.get(answer.id);
    asked.delete(answer.id);
    if (answer.type === 'ended') end();
    if (answer.type === 'bad') one?.reject(new BadPicture(answer.problem, answer.reason));
    else if (answer.type === 'ended') one?.reject(new BadPicture({ type: 'too-heavy' }, answer.reason));
    else if (answer.type === 'failed') one?.reject(new Error(`a picture could not be decoded: ${answer.reason}`));
    else one?.resolve(answer);
  });

  child.once('close', (code, signal) => {
    const all = [...asked.values()];
    asked.clear();
    const blamed = ending ? undefined : suspectOf(all);
    const how = `the decoder ended with ${code ?? signal}. ${said()}`;
    for (const one of all) one.reject(one === blamed ? new BadPicture({ type: 'too-heavy' }, how) : new ChildGone(how));
    ending = true;
    onEnd();
  });

  const post = (request: Request): Promise<void> =>
    new Promise((resolve, reject) => {
      if (ending) throw new ChildGone('the decoder has ended');
      child.send(request, (error) => (error ? reject(new ChildGone(error.message)) : resolve()));
    });

  return {
    async send(id, picture, signal) {
      for await (const bytes of picture)
        for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
          signal?.throwIfAborted();
          await post({ type: 'piece', id, bytes: bytes.subarray(at, at + PIECE_BYTES) });
        }
    },
    ask: (id, work, signal) =>
      withDeadline(MAX_WAIT_MS, signal, (abort) => {
        abort.throwIfAborted();
        return new Promise((resolve, reject) => {
          function giveUp(): void {
            if (!asked.delete(id)) return;
            reject(abort.reason);
            end();
          }
          // Where this process stood still, the answer has come as well: that is heard first.
          abort.addEventListener('abort', () => setImmediate(giveUp), { once: true });
          asked.set(id, { work, resolve, reject });
          post({ id, ...work }).catch((error: unknown) => {
            asked.delete(id);
            reject(error);
          });
        });
      }),
    drop: (id) => void post({ id, type: 'drop' }).catch(() => {}),
    end,
  };
}
