import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { systemClock } from '../../src/util/clock.ts';
import { startBot } from '../helpers/bot.ts';
import { compiled } from '../helpers/compiled.ts';
import { putDelivered } from '../helpers/delivered.ts';
import { type Bench, median, p99, type Result, told } from './bench.ts';
import { collect } from './collect.ts';

const CLIPS = 500;
const CLIP_BYTES = 4 * 1024 * 1024;
/** What a player asks for at a time. */
const RANGE = { start: 1024 * 1024, bytes: 512 * 1024 };
const ROUNDS = 7;
const A_ROUND = 180;
const WARM_UP = 50;
/** Nobody feels less than the one; the other is for a machine that has much else to do. */
const MOST_MS = 20;
const MOST_TIMES = 1.5;
const PUBLIC_URL = 'http://kinora.example.org';
const PASSWORD = 'correct horse battery';

interface Target {
  url: string;
  path: string;
  headers?: Record<string, string>;
}

/** A page of clips, a link page, and its video in parts: each against a bare server that sends the same bytes. */
export const gallery: Bench = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bench-gallery-'));
  const token = await fill(dir);
  const bot = await startBot({ DATA_DIR: dir, PUBLIC_URL, WEB_PASSWORD: PASSWORD, LOG_LEVEL: 'error' });
  const bare = await startBare(dir);
  try {
    const cookie = await logIn(bot.url);
    const range = `bytes=${RANGE.start}-${RANGE.start + RANGE.bytes - 1}`;
    const kinds: [string, Omit<Target, 'url'>, string][] = [
      ['page of 24 clips', { path: '/api/clips', headers: { cookie } }, 'page.json'],
      ['link page', { path: `/c/${token}` }, 'link.html'],
      ['part of a video, 512 kB', { path: `/c/${token}/clip.mp4`, headers: { range } }, 'clip.mp4'],
    ];
    const results: Result[] = [];
    for (const [name, how, file] of kinds) {
      const ours = { url: bot.url, ...how };
      await writeFile(join(dir, file), file === 'clip.mp4' ? clipBytes() : await get(ours));
      const theirs = { url: bare.url, path: `/${file}`, headers: how.headers };
      results.push(...(await compare(name, ours, theirs)));
    }
    return results;
  } finally {
    bare.kill();
    await bot.stop('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  }
};

async function compare(name: string, ours: Target, theirs: Target): Promise<Result[]> {
  await takeTurns(ours, theirs, WARM_UP);
  const [own, plain]: [number[][], number[][]] = [[], []];
  for (let i = 0; i < ROUNDS; i++) {
    collect();
    const took = await takeTurns(ours, theirs, A_ROUND);
    own.push(took.ours);
    plain.push(took.theirs);
  }
  const [ownLate, plainLate] = [p99(own), p99(plain)];
  return [
    told(`${name}, bare server, p50`, median(plain.flat()), 'ms'),
    told(`${name}, bare server, p99`, plainLate, 'ms'),
    told(`${name}, Kinora, p50`, median(own.flat()), 'ms'),
    told(`${name}, Kinora / bare server, p99`, ownLate / plainLate, '×'),
    {
      ...told(`${name}, Kinora, p99`, ownLate, 'ms'),
      goal: `≤ ${MOST_MS} ms, or ≤ ${MOST_TIMES} ×`,
      holds: ownLate <= Math.max(MOST_MS, MOST_TIMES * plainLate),
    },
  ];
}

/** One after the other, over a connection each: what else the machine does falls on both alike. */
async function takeTurns(ours: Target, theirs: Target, times: number): Promise<{ ours: number[]; theirs: number[] }> {
  const agents = { ours: new Agent({ keepAlive: true }), theirs: new Agent({ keepAlive: true }) };
  const took = { ours: [] as number[], theirs: [] as number[] };
  for (let i = 0; i < times; i++) {
    for (const [whose, target] of [['theirs', theirs] as const, ['ours', ours] as const]) {
      const began = performance.now();
      await get(target, agents[whose], i);
      took[whose].push(performance.now() - began);
    }
  }
  agents.ours.destroy();
  agents.theirs.destroy();
  return took;
}

/** As by a proxy, for another person each time: strangers have a limit each. */
function get({ url, path, headers }: Target, agent?: Agent, person = 0): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const forwarded = { 'x-forwarded-for': `198.51.100.${person}` };
    const outgoing = request(`${url}${path}`, { agent, headers: { ...forwarded, ...headers } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      incoming.on('end', () => {
        const { statusCode = 0 } = incoming;
        if (statusCode === 200 || statusCode === 206) resolve(Buffer.concat(chunks));
        else reject(new Error(`${path} was answered with ${statusCode}`));
      });
    });
    outgoing.on('error', reject).end();
  });
}

async function logIn(url: string): Promise<string> {
  const init = { method: 'POST', headers: { origin: PUBLIC_URL }, redirect: 'manual' } as const;
  const { headers } = await fetch(`${url}/login`, { ...init, body: new URLSearchParams({ password: PASSWORD }) });
  return headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

/** Only sent, never played. */
const clipBytes = (): Buffer => Buffer.alloc(CLIP_BYTES, 'clip');

/** Puts clips of the web chat on record; the token of a link to the last. */
async function fill(dir: string): Promise<string> {
  const size = { width: 1280, height: 720 };
  const picture = await sharp({ create: { ...size, channels: 3, background: '#446688' } })
    .jpeg()
    .toBuffer();
  const store = await openSqliteStore({ dir, clock: systemClock });
  const where = { place: { platform: 'web', chat: 'main' }, requester: { id: 'web:local', name: 'You' } };
  const small = { picture, clip: Buffer.alloc(1024), size };
  for (let n = 1; n < CLIPS; n++) await putDelivered(store, small, { ...where, scene: `waves roll in, take ${n}` });
  const { id } = await putDelivered(store, { picture, clip: clipBytes(), size }, where);
  const token = await store.links.open(id, 'web:local');
  await store.close();
  return token;
}

async function startBare(folder: string): Promise<{ url: string; kill(): void }> {
  const args = [...compiled('test/bench/bare-files.ts'), folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { url: String(line).replace('listening at ', ''), kill: () => child.kill() };
}
