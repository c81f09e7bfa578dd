import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider, SubmitInput, Submitted, Verdict } from '../../src/providers/provider.ts';

/** One provider under test, with whatever it talks to. */
export interface Gen4Setup {
  provider: Provider;
  /** A request whose clip is made. */
  input: SubmitInput;
  /** A job id in the provider's form that it never gave. */
  unknownJob: string;
  /** Resolves when it is worth polling again (a stand-in server may simply move its own time on). */
  betweenPolls(): Promise<void>;
  /** Ends what the factory began; the suite itself closes the provider. */
  end?(): Promise<void>;
}

const never = () => new AbortController().signal;

/** What every provider behind the gen4 port does. Its tests run in order and share one clip, because clips take time. */
export function describeGen4(name: string, factory: () => Promise<Gen4Setup>): void {
  describe(`the gen4 port: ${name}`, () => {
    let setup: Gen4Setup;
    let provider: Provider;
    let jobId: string;
    const seen: Verdict[] = [];
    let clip: Uint8Array;

    beforeAll(async () => {
      setup = await factory();
      provider = setup.provider;
    });
    afterAll(async () => {
      await provider.close();
      await setup.end?.();
    });

    it('says what it can do, in numbers that make sense', () => {
      const can = provider.capabilities;
      expect(provider.name).toMatch(/^[a-z0-9-]+$/);
      expect(can.sizes.length).toBeGreaterThan(0);
      for (const { width, height } of can.sizes) expect([width % 2, height % 2]).toEqual([0, 0]);
      expect(can.durations.every((seconds) => seconds > 0)).toBe(true);
      for (const count of [can.maxSceneChars, can.minPollMs, can.concurrency]) expect(count).toBeGreaterThan(0);
      expect(can.sizes).toContainEqual(setup.input.size);
      expect(can.durations).toContain(setup.input.duration);
    });

    it('says what a clip costs if and only if it costs, and names its keys so that nobody can use them', () => {
      const { capabilities, credits, keys, jobOfCallback } = provider;
      expect(credits !== undefined).toBe(capabilities.paid);
      for (const seconds of capabilities.durations) expect(credits?.(seconds) ?? 1).toBeGreaterThan(0);
      for (const key of keys ?? []) expect(key).toMatch(/^[0-9a-f]{8}$/);
      expect(jobOfCallback !== undefined).toBe(capabilities.callbacks === true);
    });

    it('throws at a request beyond what it said it can do, before anything is sent', async () => {
      const { input } = setup;
      const beyond: Partial<SubmitInput>[] = [
        { size: { width: 642, height: 480 } },
        { duration: 4242 },
        { scene: 'x'.repeat(provider.capabilities.maxSceneChars + 1) },
        { motion: 0 },
        { motion: 11 },
        { seed: -1 },
        { seed: 2 ** 32 },
        ...(provider.keys ? [{ key: 'a key that it does not have' }] : []),
      ];
      for (const part of beyond)
        await expect(provider.submit({ ...input, ...part }, never())).rejects.toThrow(RangeError);
    });

    it('accepts nothing for which the signal was aborted before', async () => {
      const submitted = await provider.submit(setup.input, AbortSignal.abort());
      expect(submitted.outcome).not.toBe('accepted');
    });

    it('accepts a good request and brings it to a clip', async () => {
      jobId = accepted(await provider.submit(setup.input, never()));
      expect(jobId).not.toBe('');
      seen.push(...(await pollToTheEnd(setup, jobId)));
      expect(seen.at(-1)?.state).toBe('succeeded');
      expect(seen.map(({ state }) => state)).not.toContain('unreachable');
    });

    it('tells a progress from 0 to 1 that never falls', () => {
      const told = seen.flatMap((verdict) => (verdict.state === 'rendering' ? [verdict.progress ?? 0] : []));
      expect(told).toEqual([...told].sort((a, b) => a - b));
      for (const progress of told) {
        expect(progress).toBeGreaterThanOrEqual(0);
        expect(progress).toBeLessThanOrEqual(1);
      }
    });

    it('does not wait again after it rendered', () => {
      const states = seen.map(({ state }) => state);
      const first = states.indexOf('rendering');
      expect(first < 0 ? [] : states.slice(first)).not.toContain('waiting');
    });

    it('streams an MP4 with a picture of the size and the length that were asked for', async () => {
      clip = await open(provider, jobId);
      using mp4 = new Input({ formats: ALL_FORMATS, source: new BufferSource(clip) });
      const track = await mp4.getPrimaryVideoTrack();
      expect(await mp4.getMimeType()).toMatch(/^video\/mp4/);
      expect(await track?.getCodec()).toBe('avc');
      expect([await track?.getDisplayWidth(), await track?.getDisplayHeight()]).toEqual([
        setup.input.size.width,
        setup.input.size.height,
      ]);
      expect(Math.abs((await mp4.computeDuration()) - setup.input.duration)).toBeLessThan(0.25);
    });

    it('gives the same clip again, until it is released', async () => {
      expect(Buffer.compare(await open(provider, jobId), clip)).toBe(0);
    });

    it('does not stream when told to stop', async () => {
      const verdict = await provider.poll(jobId, never());
      if (verdict.state !== 'succeeded') throw new Error(`is ${verdict.state}`);
      await expect(verdict.open(AbortSignal.abort()).then(read)).rejects.toThrow();
    });

    it('can be told twice, or for nothing, to release', async () => {
      if (!provider.release) return;
      await provider.release(jobId);
      await provider.release(jobId);
      await provider.release(setup.unknownJob);
      if (provider.capabilities.local) expect((await provider.poll(jobId, never())).state).toBe('lost');
    });

    it('never takes a job that it does not know for one under way', async () => {
      const { state } = await provider.poll(setup.unknownJob, never());
      expect(provider.capabilities.local ? ['lost'] : ['lost', 'failed']).toContain(state);
    });

    it('takes any of its keys for a job, and asks no other key for it', async () => {
      for (const key of provider.keys ?? []) {
        const job = accepted(await provider.submit({ ...setup.input, key }, never()));
        expect(['waiting', 'rendering']).toContain((await provider.poll(job, never())).state);
        const elsewhere = job.replace(key, '00000000');
        const verdict = await provider.poll(elsewhere, never());
        expect(verdict).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('00000000') });
      }
    });

    it('makes no clip of a job that was cancelled, however often', async () => {
      if (!provider.cancel) return;
      const job = accepted(await provider.submit(setup.input, never()));
      await provider.cancel(job);
      await provider.cancel(job);
      await provider.cancel(setup.unknownJob);
      const end = (await pollToTheEnd(setup, job)).at(-1);
      expect(['lost', 'failed']).toContain(end?.state);
    });

    it('takes nothing after it was closed, and can be closed twice', async () => {
      await provider.close();
      await provider.close();
      expect((await provider.submit(setup.input, never())).outcome).toBe('refused');
    });
  });
}

function accepted(submitted: Submitted): string {
  if (submitted.outcome !== 'accepted') throw new Error(`was not accepted: ${JSON.stringify(submitted)}`);
  return submitted.jobId;
}

/** Every verdict up to and with the first that is final. A service that cannot be looked at for long fails the test. */
async function pollToTheEnd({ provider, betweenPolls }: Gen4Setup, jobId: string): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (;;) {
    const verdict = await provider.poll(jobId, never());
    verdicts.push(verdict);
    if (verdicts.length >= 20 && verdicts.slice(-20).every(({ state }) => state === 'unreachable')) return verdicts;
    if (!['waiting', 'rendering', 'unreachable'].includes(verdict.state)) return verdicts;
    await betweenPolls();
  }
}

async function open(provider: Provider, jobId: string): Promise<Buffer> {
  const verdict = await provider.poll(jobId, never());
  if (verdict.state !== 'succeeded') throw new Error(`is ${verdict.state}`);
  return read(await verdict.open(never()));
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
