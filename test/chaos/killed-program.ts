import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Task, TaskState } from '../../src/task/task.ts';
import { systemClock } from '../../src/util/clock.ts';
import { cameTo, runAnimate } from '../helpers/animate.ts';
import { tinyPng } from '../helpers/pictures.ts';

/** The terminal program, killed and started again with the same words: a folder of its own for each test of a file. */
export function useKilledProgram() {
  let home: string;
  let picture: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'kinora-kill-'));
    picture = join(home, 'photo.png');
    await writeFile(picture, await tinyPng(1600, 1200));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const animate = (scene: string) =>
    runAnimate(
      [picture, scene, '--seed', '1', '--out', `${scene}.mp4`],
      { DATA_DIR: join(home, 'data'), LOG_LEVEL: 'info' },
      home,
    );

  /** False where the program had ended by itself before the kill reached it. */
  async function kill(run: ReturnType<typeof animate>): Promise<boolean> {
    run.child.kill('SIGKILL');
    const { code } = await run.ended;
    return code === null;
  }

  /** Somewhere between the program's first lines and the finished clip. */
  async function killAtRandom(scene: string): Promise<boolean> {
    const run = animate(scene);
    await Promise.race([delay(300 + Math.random() * 2_700), run.ended]);
    return kill(run);
  }

  /** What the store holds of a scene; opened as the program opens it, so that this too must survive what the kill left. */
  async function tasksOf(scene: string): Promise<Task[]> {
    const store = await openSqliteStore({ dir: join(home, 'data', 'terminal'), clock: systemClock });
    try {
      return await store.tasks.conversation({ platform: 'terminal', chat: join(home, `${scene}.mp4`) }, { limit: 100 });
    } finally {
      await store.close();
    }
  }

  /** Runs the same words to their end: one task, one clip for each scene, and nothing lying about. */
  async function expectOneClipEach(scenes: string[]): Promise<void> {
    for (const scene of scenes) {
      expect(await animate(scene).ended).toMatchObject({ code: 0, stdout: `${join(home, `${scene}.mp4`)}\n` });
      const [task, ...more] = await tasksOf(scene);
      expect(more).toEqual([]);
      expect(task?.state).toBe('delivered');
      const clip = await readFile(join(home, `${scene}.mp4`));
      expect(createHash('sha256').update(clip).digest('hex')).toBe(task?.clip?.sha256);
    }
    expect((await readdir(home)).sort()).toEqual(
      ['data', 'photo.png', ...scenes.map((scene) => `${scene}.mp4`)].sort(),
    );
    expect(await readdir(join(home, 'data', 'terminal', 'scratch'))).toEqual([]);
  }

  return {
    killAtRandom,
    expectOneClipEach,
    async killAs(state: TaskState, scene: string): Promise<void> {
      const run = animate(scene);
      await run.line(cameTo(state));
      expect(await kill(run)).toBe(true);
    },
  };
}
