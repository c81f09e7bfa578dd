import { EventEmitter } from 'node:events';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { animateCommand } from '../../commands/animate.ts';
import { cancelAll } from '../../commands/cancel.ts';
import { actions, commands } from '../../commands/index.ts';
import { takesOf } from '../../commands/takes.ts';
import { platforms } from '../chat/index.ts';
import { readArguments, type TerminalArguments, UsageError, usageOf } from '../chat/terminal/arguments.ts';
import { terminalLocale } from '../chat/terminal/locale.ts';
import { createTerminalMessenger, PLATFORM, writeClip } from '../chat/terminal/messenger.ts';
import { fileOf } from '../chat/terminal/out-file.ts';
import { createProgress } from '../chat/terminal/progress.ts';
import { chooseOut, exists, findRequest, readPicture, reason } from '../chat/terminal/request.ts';
import { messagesFor } from '../messages/messages.ts';
import { createNetwork } from '../net/network.ts';
import { openParts, type Parts, startWorker } from '../parts.ts';
import { providers } from '../providers/index.ts';
import type { Config } from '../settings/config.ts';
import { loadSettings } from '../settings/load.ts';
import { StoreUnavailable } from '../store/store.ts';
import { leadOf } from '../task/lineage.ts';
import { isOver, type Task } from '../task/task.ts';
import { createLog } from '../util/log.ts';
import { PlainError } from '../util/plain-error.ts';

const EXIT = { done: 0, failed: 1, badInput: 2, interrupted: 130, terminated: 143 } as const;
const LOCALE = terminalLocale(process.env);
const words = messagesFor(LOCALE);
/** Relative paths are meant from where the person stands, which `npm run` leaves. */
const folder = process.env.INIT_CWD ?? process.cwd();

/** An end with its exit code, and a sentence where that is needed. */
class Ended extends PlainError {
  readonly exit: number;
  constructor(exit: number, sentence = '') {
    super(sentence);
    this.exit = exit;
  }
}

/** Makes the clips and returns where they lie, a line each. */
async function run(args: TerminalArguments): Promise<string> {
  const loaded = loadSettings({ providers, platforms });
  // A record of its own: it runs beside a bot that uses the other.
  const dataDir = join(loaded.config.dataDir, 'terminal');
  const config = { ...loaded.config, dataDir, mongoUrl: undefined };
  const picture = await readPicture(resolve(folder, args.picture), words);
  const last = args.last === undefined ? undefined : await readPicture(resolve(folder, args.last), words);
  const progress = createProgress(process.stderr);
  const watch = createWatch();
  let mine: string | undefined;
  const isMine = ({ id }: Task): boolean => id === mine;
  const log = createLog({
    level: process.env.LOG_LEVEL ? config.logLevel : 'error',
    pretty: process.stderr.isTTY,
    secrets: config.secrets,
  });
  const parts = await openParts({
    config,
    providers: loaded.providers,
    actions,
    privatePlatforms: [PLATFORM],
    network: createNetwork(config.network),
    scratchDir: dataDir,
    log,
    fail: watch.fail,
  });
  const worker = startWorker(parts, {
    config,
    providers: parts.providers,
    messengers: [
      createTerminalMessenger({
        progress,
        watches: isMine,
        replaces: (task) => args.force && (leadOf(task) ?? task.id) === mine,
      }),
    ],
    log,
    onStoreTrouble: watch.fail,
    onSaved: watch.saw,
  });
  const running: Running = { ...parts, wake: worker.wake };
  try {
    const recorded = await record(args, { picture, last }, running, config);
    mine = recorded.id;
    listenForSignals(recorded, running, watch.fail);
    const lead = await watch.over(recorded.id, parts);
    // By now all of its takes are there.
    const takes = await takesOf(lead, parts.store);
    const ended = await Promise.all(takes.map(({ id }) => watch.over(id, parts)));
    progress.end();
    return await clipsOf(ended, args, parts);
  } finally {
    progress.end();
    await worker.stop();
    await parts.close();
  }
}

/** The parts, and the worker's ear. */
type Running = Parts & { wake(): void };

/** Records the request, or finds the one that an earlier run of the same command recorded. */
async function record(
  args: TerminalArguments,
  { picture, last }: { picture: Uint8Array; last?: Uint8Array },
  app: Running,
  config: Config,
): Promise<Task> {
  const username = nameOfUser();
  const { key, known } = await findRequest(args, last ? [picture, last] : [picture], app);
  const origin = {
    requestKey: key,
    requester: { id: `terminal:${username}`, name: username },
    place: {
      platform: PLATFORM,
      chat: await chooseOut(args, folder, { known, store: app.store, words: words.terminal }),
    },
    locale: LOCALE,
  };
  const given = { ...args.options, scene: args.scene, image: picture, last };
  const { defaultFit, starsNeeded, keepMs } = config;
  const deps = { ...app, defaultFit, starsNeeded, keepMs, galleries: [], commands, actions };
  const reply = await animateCommand.offeredBy(app.provider).execute(origin, given, deps);
  if (reply.type !== 'taken') throw new Ended(EXIT.badInput, reply.text);
  app.wake();
  return reply.task;
}

/** A user without a name (a container's, say) has a number. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? ''}`;
  }
}

/** Waits for a task's end, whichever comes first: the save that ends it, or trouble. */
function createWatch() {
  const ends = new EventEmitter();
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  return {
    fail,
    saw(task: Task) {
      if (isOver(task)) ends.emit(task.id, task);
    },
    async over(taskId: string, { store }: Parts): Promise<Task> {
      const ended = new Promise<Task>((resolve) => void ends.once(taskId, resolve));
      // It may have been over before this run, or before this look.
      const now = await store.tasks.get(taskId);
      return now && isOver(now) ? now : Promise.race([ended, failed]);
    },
  };
}

/** Ctrl-C asks for the task to be stopped, a second one leaves at once; SIGTERM leaves the task for the next run. */
function listenForSignals(task: Task, app: Running, fail: (error: unknown) => void): void {
  let asked = false;
  process.on('SIGINT', () => {
    if (asked) process.exit(EXIT.interrupted);
    asked = true;
    const cancelled = async () => {
      const now = await app.store.tasks.get(task.id);
      if (now) await cancelAll({ task: now, locale: LOCALE }, app);
      app.wake();
    };
    cancelled().catch(fail);
  });
  process.on('SIGTERM', () => fail(new Ended(EXIT.terminated)));
}

/** What came of several takes is told also where one did not work. */
async function clipsOf(takes: readonly Task[], args: TerminalArguments, parts: Parts): Promise<string> {
  const made = await Promise.allSettled(takes.map((take) => clipOf(take, args, parts)));
  const files = made.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])).join('\n');
  const failed = made.find((one) => one.status === 'rejected');
  if (!failed) return files;
  if (files !== '') console.log(files);
  throw failed.reason;
}

async function clipOf(task: Task, args: TerminalArguments, { store }: Parts): Promise<string> {
  const { clip, failure } = task;
  if (task.state === 'cancelled') throw new Ended(EXIT.interrupted, words.status.cancelled);
  if (!clip) {
    const exit = failure?.type === 'bad-picture' ? EXIT.badInput : EXIT.failed;
    throw new Ended(exit, failure ? words.failure(failure, task.cost) : words.status.failed);
  }
  // Also made anew: what an earlier run made, where it is wanted now.
  const out = fileOf(task, args.out === undefined ? task.place.chat : resolve(folder, args.out));
  if (task.state === 'delivered' && out === fileOf(task, task.place.chat) && (await exists(out))) return out;
  try {
    await writeClip(
      out,
      { read: () => store.blobs.read(task.id, clip.blob) },
      { taskId: task.id, replaces: args.force },
    );
  } catch (error) {
    throw new Ended(EXIT.failed, words.terminal.clipUnwritten(out, reason(error, words.terminal)));
  }
  return out;
}

async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2), words.terminal);
  console.log(args === 'help' ? usageOf(words.terminal) : await run(args));
}

await main().catch((error: unknown) => {
  if (!(error instanceof PlainError)) throw error;
  process.exitCode = error instanceof UsageError ? EXIT.badInput : EXIT.failed;
  if (error instanceof Ended) process.exitCode = error.exit;
  if (error.message) console.error(error.message);
  // As in `main.ts`: a lost record is left as it is.
  if (error instanceof StoreUnavailable) process.stderr.write('', () => process.exit());
});
