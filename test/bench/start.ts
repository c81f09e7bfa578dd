import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnBot } from '../helpers/bot.ts';
import { atMost, type Bench, median, type Result, told } from './bench.ts';
import { freePort } from './free-port.ts';
import { memoryOf } from './memory.ts';

const ROUNDS = 7;
/** After so long nothing of the start is under way any more. */
const SETTLE_MS = 3_000;

/** From the command to the open port, with nothing configured, and what the program takes while nobody asks for anything. */
export const start: Bench = async () => {
  const listening: number[] = [];
  const answering: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const dir = await mkdtemp(join(tmpdir(), 'bench-start-'));
    const port = await freePort();
    const began = performance.now();
    const { child, ended } = spawnBot({ DATA_DIR: dir, PORT: String(port) });
    try {
      await untilListening(port);
      listening.push((performance.now() - began) / 1000);
      const page = await fetch(`http://127.0.0.1:${port}/api/conversation`);
      if (!page.ok) throw new Error(`the conversation was answered with ${page.status}`);
      answering.push((performance.now() - began) / 1000);
      if (round === ROUNDS - 1) {
        await delay(SETTLE_MS);
        const memory = await memoryOf(child.pid);
        if (memory) idle.push(memory.nowMb);
      }
    } finally {
      child.kill('SIGTERM');
      await ended;
      await rm(dir, { recursive: true, force: true });
    }
  }
  const results: Result[] = [
    atMost(1, 'start to listening', median(listening), 's'),
    told('start to listening, the slowest', Math.max(...listening), 's'),
    told('start to the first conversation', median(answering), 's'),
  ];
  return [...results, ...idle.map((mb) => told('idle memory', mb, 'MB'))];
};

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const [outcome] = await Promise.race([
      once(socket, 'connect').then(() => ['connected']),
      once(socket, 'close').then(() => ['refused']),
    ]).catch(() => ['refused']);
    socket.destroy();
    if (outcome === 'connected') return;
    await delay(2);
  }
}
