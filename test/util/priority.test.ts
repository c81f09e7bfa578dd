import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { lowerPriority } from '../../src/util/priority.ts';

const READS_INPUT = [process.execPath, ['-e', 'process.stdin.resume()']] as const;

test('a child that computes steps back, by itself and as a session of its own', async () => {
  const child = spawn(...READS_INPUT, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    const { pid = 0 } = child;
    lowerPriority(child);
    expect(getPriority(pid)).toBeGreaterThan(getPriority());
    // Systems without such groups have no such file.
    const group = `/proc/${pid}/autogroup`;
    if (existsSync(group)) expect(readFileSync(group, 'utf8')).toMatch(/ nice 10$/m);
  } finally {
    child.stdin?.end();
    await once(child, 'exit');
  }
});

test('one that is gone already harms nobody', async () => {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  expect(() => lowerPriority(child)).not.toThrow();
});
