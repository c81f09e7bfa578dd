import { parseArgs } from 'node:util';
import { platforms } from '../chat/index.ts';
import { providers } from '../providers/index.ts';
import type { Config } from '../settings/config.ts';
import { loadSettings } from '../settings/load.ts';
import { checkStore } from '../store/check.ts';
import { copyStore } from '../store/copy.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { createLog, type Log } from '../util/log.ts';
import { PlainError } from '../util/plain-error.ts';

const USAGE = `npm run store -- check                         verifies the record that .env names
npm run store -- copy --from sqlite --to mongo  copies the record in DATA_DIR to MONGO_URL

Stop the bot first.`;

/** For every page of a record, however large it is. */
const WHOLE_MS = 24 * 3_600_000;
const EXIT = { done: 0, failed: 1, misuse: 2 } as const;
const KINDS = ['sqlite', 'mongo'] as const;
type Kind = (typeof KINDS)[number];

class Misuse extends PlainError {}

/** `npm run store`. Gives the exit code. */
async function run(args: string[]): Promise<number> {
  const { positionals, values } = parse(args);
  const { config } = loadSettings({ providers, platforms });
  const log = createLog({ level: 'warn', pretty: process.stderr.isTTY, secrets: config.secrets });
  if (positionals.length !== 1) throw new Misuse(USAGE);
  switch (positionals[0]) {
    case 'check':
      return check(config, log);
    case 'copy':
      return copy({ from: kindOf(values.from), to: kindOf(values.to) }, config, log);
    default:
      throw new Misuse(USAGE);
  }
}

async function check(config: Config, log: Log): Promise<number> {
  const store = await openStore(config, log, { checkMs: WHOLE_MS });
  try {
    let found = 0;
    for await (const sentence of checkStore(store)) {
      console.log(sentence);
      found += 1;
    }
    const { task, blob } = await store.dump.counts();
    console.log(`${task} tasks and ${blob} blobs checked: ${found === 0 ? 'all is well' : `${found} troubles`}.`);
    return found === 0 ? EXIT.done : EXIT.failed;
  } finally {
    await store.close();
  }
}

async function copy({ from, to }: { from: Kind; to: Kind }, config: Config, log: Log): Promise<number> {
  if (from === to) throw new Misuse(USAGE);
  const source = await openKind(from, config, log);
  try {
    const target = await openKind(to, config, log);
    try {
      const { done } = await copyStore(source, target, createBar(process.stderr));
      console.log(`${done} entries copied and verified. ${WHAT_NOW[to]}`);
      return EXIT.done;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

const WHAT_NOW: Record<Kind, string> = {
  mongo: 'Start the bot with this MONGO_URL; the folder DATA_DIR is a backup now.',
  sqlite: 'Start the bot without MONGO_URL.',
};

function openKind(kind: Kind, { dataDir, mongoUrl }: Config, log: Log): Promise<Store> {
  if (kind === 'sqlite') return openStore({ dataDir }, log);
  if (mongoUrl === undefined) throw new Misuse('Set MONGO_URL to the database, in .env or before the command.');
  return openStore({ dataDir, mongoUrl }, log);
}

/** Draws a bar where a terminal looks. */
function createBar(out: { isTTY: boolean; write(text: string): unknown }) {
  let shown = '';
  return ({ done, of }: { done: number; of: number }): void => {
    const text = `${Math.floor((done / of) * 100)} % of ${of} entries`;
    if (!out.isTTY || text === shown) return;
    shown = text;
    out.write(`\r${text}${done === of ? '\n' : ''}`);
  };
}

function kindOf(given: string | undefined): Kind {
  const kind = KINDS.find((each) => each === given);
  if (kind === undefined) throw new Misuse(USAGE);
  return kind;
}

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ args, allowPositionals: true, options: { from: text, to: text } });
  } catch {
    throw new Misuse(USAGE);
  }
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof PlainError)) throw error;
  console.error(error.message);
  return error instanceof Misuse ? EXIT.misuse : EXIT.failed;
});
