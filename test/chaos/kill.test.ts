import { test } from 'vitest';
import { useKilledProgram } from './killed-program.ts';

const { killAs, killAtRandom, expectOneClipEach } = useKilledProgram();

// At each state, and fifty times at random: kill.long.test.ts.
test('the program killed in the middle of a render and started again with the same words: one clip', async () => {
  await killAs('rendering', 'x');
  await killAtRandom('x');
  await expectOneClipEach(['x']);
});
