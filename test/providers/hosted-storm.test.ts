import { expect, it } from 'vitest';
import { checkClip } from '../../src/media/clips/clip.ts';
import { stormOn } from '../fakes/storm.ts';
import { landscape, PAID, requestIn, secretsIn, signal } from './support/paid.ts';

const SCENES = 120;
/** With a chance of one in two, so many looks in vain do not happen. */
const MAX_LOOKS = 100;

it.each(PAID)(
  'in a storm $name never takes for refused what was accepted, nor for accepted what was not, and brings every job home',
  async ({ name, start }) => {
    const { provider, standIn, lines, close } = await start();
    standIn.tell({ do: 'storm', ...stormOn(name, { seed: 11, chance: 0.5 }) });
    const input = await landscape();
    const outcomes = { accepted: 0, refused: 0, unknown: 0 };
    const jobs: string[] = [];
    for (let i = 0; i < SCENES; i++) {
      const scene = `scene ${i}`;
      const submitted = await provider.submit({ ...input, scene }, signal());
      outcomes[submitted.outcome] += 1;
      const taken = standIn.report().accepted.filter((job) => job.scene === scene);
      if (submitted.outcome === 'refused') expect(taken).toEqual([]);
      if (submitted.outcome === 'unknown') expect(taken.length).toBeLessThanOrEqual(1);
      if (submitted.outcome !== 'accepted') continue;
      expect(taken.map(({ id }) => id)).toEqual([requestIn(submitted.jobId)]);
      jobs.push(submitted.jobId);
    }
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(3);
    for (const job of jobs.slice(0, 20)) expect(await home(job)).toBe(true);
    expect(secretsIn(lines)).toEqual([]);
    await close();

    async function home(job: string): Promise<boolean> {
      for (let looks = 0; looks < MAX_LOOKS; looks++) {
        const verdict = await provider.poll(job, signal());
        expect(['waiting', 'rendering', 'unreachable', 'succeeded']).toContain(verdict.outcome);
        if (verdict.outcome !== 'succeeded') continue;
        try {
          const chunks: Uint8Array[] = [];
          for await (const chunk of await verdict.open(signal())) chunks.push(chunk);
          const clip = Buffer.concat(chunks);
          const read = async (from: number, to: number) => clip.subarray(from, to);
          return (await checkClip({ bytes: clip.length, read }, { durationSeconds: 5 })).outcome === 'playable';
        } catch (error) {
          expect(error).toMatchObject({ name: 'DownloadFailed' });
        }
      }
      return false;
    }
  },
);
