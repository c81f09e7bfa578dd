import { describe, test } from 'vitest';
import { TASK_STATES } from '../../src/task/task.ts';
import { useKilledProgram } from './killed-program.ts';

const { killAs, killAtRandom, expectOneClipEach } = useKilledProgram();

describe('the program killed at any moment and started again with the same words', () => {
  const reached = TASK_STATES.filter((state) => !['received', 'unconfirmed', 'failed', 'cancelled'].includes(state));
  test.each(reached)('as the task comes to %s: one clip, nothing twice, nothing left', async (state) => {
    await killAs(state, 'x');
    await killAtRandom('x');
    await expectOneClipEach(['x']);
  });

  test('fifty times at random: one clip for each scene, nothing twice, nothing left', async () => {
    const scenes = ['scene 1'];
    for (let kills = 0; kills < 50; ) {
      const scene = scenes.at(-1) ?? '';
      if (await killAtRandom(scene)) kills++;
      else scenes.push(`scene ${scenes.length + 1}`);
    }
    await expectOneClipEach(scenes);
  }, 600_000);
});
