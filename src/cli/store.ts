import { parseArgs } from 'node:util';
import { platforms } from '../chat/index.ts';
import { createNetwork } from '../net/network.ts';
import { providers } from '../providers/index.ts';
import type { Config } from '../settings/config.ts';
import { loadSettings } from '../settings/load.ts';
import { nameOf } from '../settings/object-storage.ts';
import { checkStore } from '../store/check.ts';
import { copyStore } from '../store/copy.ts';
import { moveBlobs } from '../store/move-blobs.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { createLog, type Log } from '../util/log.ts';
import { PlainError } from '../util/plain-error.ts';

const USAGE = `npm run store -- check                           verifies the record that .env names
npm run store -- copy --from sqlite --to mongo   copies the record in DATA_DIR to MONGO_URL, or the other way round; where BLOBS
                                                 is set, pictures and clips go into the bucket
npm run store -- blobs --to s3                   moves all pictures and clips of the record into the bucket of BLOBS
npm run store -- blobs --to record               moves them back

Stop the bot first.`;

/** For every page of a record, however large it is. */
const WHOLE_MS = 24 * 3_600_000;
const EXIT = { done: 0, failed: 1, misuse: 2 } as const;
const KINDS = ['sqlite', 'mongo'] as const;
type Kind = (typeof KINDS)[number];
const PLACES = ['s3', 'record'] as const;

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
      return copy({ from: oneOf(KINDS, values.from), to: oneOf(KINDS, values.to) }, config, log);
    case 'blobs':
      return move(oneOf(PLACES, values.to), config, log);
    default:
      throw new Misuse(USAGE);
  }
}

async function check(config: Config, log: Log): Promise<number> {
  const store = await openStore(config, log, { ...forCare(config), checkMs: WHOLE_MS });
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
      const folder = config.bucket && (await source.dump.objectsFolder());
      if (config.bucket && folder !== undefined)
        console.log(
          `What the old record has in ${nameOf(config.bucket)} is in the folder ${folder}: nobody but you removes that.`,
        );
      return EXIT.done;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function move(to: (typeof PLACES)[number], config: Config, log: Log): Promise<number> {
  if (!config.bucket) throw new Misuse('Set BLOBS to the bucket, in .env or before the command.');
  const store = await openStore(config, log, { ...forCare(config), isForNew: to === 's3' });
  try {
    const { moved, lost } = await moveBlobs(store, to === 's3' ? 'bucket' : 'record', createBar(process.stderr));
    for (const sentence of lost) console.error(sentence);
    console.log(
      `${moved} pictures and clips moved and verified${lost.length === 0 ? '' : `, ${lost.length} left`}. ${WHERE_NOW[to]}`,
    );
    return lost.length === 0 ? EXIT.done : EXIT.failed;
  } finally {
    await store.close();
  }
}

const WHERE_NOW = {
  s3: 'Start the bot with this BLOBS.',
  record: 'Start the bot without BLOBS.',
} as const satisfies Record<(typeof PLACES)[number], string>;

const WHAT_NOW: Record<Kind, string> = {
  mongo: 'Start the bot with this MONGO_URL; the folder DATA_DIR is a backup now.',
  sqlite: 'Start the bot without MONGO_URL.',
};

/** A record that is in a bad way is opened too. */
const forCare = ({ network }: Config) => ({ network: createNetwork(network), refuses: false });

function openKind(kind: Kind, config: Config, log: Log): Promise<Store> {
  const { dataDir, mongoUrl, bucket } = config;
  const how = forCare(config);
  if (kind === 'sqlite') return openStore({ dataDir, bucket }, log, how);
  if (mongoUrl === undefined) throw new Misuse('Set MONGO_URL to the database, in .env or before the command.');
  return openStore({ dataDir, mongoUrl, bucket }, log, how);
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

function oneOf<T extends string>(known: readonly T[], given: string | undefined): T {
  const found = known.find((each) => each === given);
  if (found === undefined) throw new Misuse(USAGE);
  return found;
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
