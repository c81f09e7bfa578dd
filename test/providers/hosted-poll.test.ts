import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkClip } from '../../src/media/clips/clip.ts';
import { keyName } from '../../src/providers/http/key-ring.ts';
import type { Verdict } from '../../src/providers/provider.ts';
import type { Fault } from '../fakes/misbehave.ts';
import { landscape, PAID, type PaidSetup, SECRETS, secretsIn, signal } from './support/paid.ts';

const blip = (retryAfterMs?: number) => ({
  outcome: 'unreachable',
  reason: expect.any(String),
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const BLIPS: { fault: Fault; expected?: object }[] = [
  ...[301, 400, 401, 402, 403, 410, 422, 500, 502, 503, 504].map((status): { fault: Fault } => ({
    fault: { how: 'status', status },
  })),
  { fault: { how: 'status', status: 429 } },
  { fault: { how: 'status', status: 429, retryAfter: '9' }, expected: blip(9_000) },
  { fault: { how: 'status', status: 503, retryAfter: '9' }, expected: blip(9_000) },
  { fault: { how: 'reset', when: 'unread' } },
  { fault: { how: 'reset', when: 'worked' } },
  { fault: { how: 'silence' } },
  { fault: { how: 'garbage' } },
  { fault: { how: 'html' } },
  { fault: { how: 'huge' } },
  { fault: { how: 'drip', everyMs: 20 } },
  { fault: { how: 'cut' } },
  { fault: { how: 'patch', omit: ['status'] } },
  { fault: { how: 'patch', set: { status: 7 } } },
  { fault: { how: 'patch', set: { uuid: 'another-job', id: 'another-job', request_id: 'another-job' } } },
];

describe.each(PAID)('polling $name', ({ name, start }) => {
  let setup: PaidSetup;
  let jobId: string;
  const seen: unknown[] = [];
  const poll = async (job = jobId): Promise<Verdict> => {
    const verdict = await setup.provider.poll(job, signal());
    seen.push(verdict);
    return verdict;
  };
  /** The next look is told of success at this address; where that is undefined, at none. */
  function succeedAt(url: unknown): void {
    if (name === 'fal') {
      setup.standIn.misbehave('poll', { how: 'patch', set: { status: 'COMPLETED' } });
      const [first] = Array.isArray(url) ? url : [url];
      setup.standIn.misbehave('result', { how: 'status', status: 200, body: { video: { url: first } } });
      return;
    }
    const status = name === 'runway' ? 'SUCCEEDED' : 'success';
    const set = url === undefined ? { status } : { status, url, output: Array.isArray(url) ? url : [url] };
    setup.standIn.misbehave('poll', { how: 'patch', set, omit: ['url', 'output'] });
  }

  async function download(open: Extract<Verdict, { outcome: 'succeeded' }>['open']): Promise<Buffer> {
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of await open(signal())) chunks.push(chunk);
      return Buffer.concat(chunks);
    } catch (error) {
      seen.push(error instanceof Error ? `${error.stack} ${JSON.stringify({ ...error, cause: error.cause })}` : error);
      throw error;
    }
  }
  async function open() {
    const verdict = await poll();
    if (verdict.outcome !== 'succeeded') throw new Error(`is ${verdict.outcome}`);
    return verdict.open;
  }

  beforeAll(async () => {
    setup = await start();
  });
  beforeEach(async () => {
    const submitted = await setup.provider.submit(await landscape(), signal());
    if (submitted.outcome !== 'accepted') throw new Error('was not accepted');
    jobId = submitted.jobId;
  });
  afterAll(() => setup.close());

  it.each(BLIPS.map((each) => ({ title: JSON.stringify(each.fault), ...each })))(
    'takes $title for a blip',
    async ({ fault, expected }) => {
      setup.standIn.misbehave('poll', fault);
      expect(await poll()).toEqual(expected ?? blip());
      // On a busy machine it may be done by then.
      expect(['waiting', 'rendering', 'succeeded']).toContain((await poll()).outcome);
    },
  );

  it('says that a job is lost where the service does not know it', async () => {
    setup.standIn.misbehave('poll', { how: 'status', status: 404 });
    expect(await poll()).toEqual({ outcome: 'lost' });
  });

  it('says that an id is lost which nobody can have given out, without asking', async () => {
    const before = setup.standIn.report().calls.poll;
    for (const id of ['', 'x', jobId.replace(/:.*/, ':../organization'), jobId.replace(':', ':?a=')])
      expect(await poll(id)).toEqual({ outcome: 'lost' });
    expect(setup.standIn.report().calls.poll).toBe(before);
  });

  it('names a key that is not configured any more, and asks no other', async () => {
    const before = setup.standIn.report().calls.poll;
    const gone = jobId.replace(keyName(SECRETS[0]), 'deadbeef');
    expect(await poll(gone)).toEqual({ outcome: 'unreachable', reason: expect.stringContaining('deadbeef') });
    expect(setup.standIn.report().calls.poll).toBe(before);
  });

  it('takes a status that nobody has heard of for rendering, and says so once', async () => {
    setup.lines.length = 0;
    const odd: Fault = { how: 'patch', set: { status: 'DREAMING', progress: 0.5 } };
    setup.standIn.misbehave('poll', odd, odd, { how: 'patch', set: { status: SECRETS[0], progress: 7 } });
    // fal tells no progress.
    const progress = name === 'fal' ? undefined : 0.5;
    expect(await poll()).toEqual({ outcome: 'rendering', progress });
    expect(await poll()).toEqual({ outcome: 'rendering', progress });
    expect(await poll()).toEqual({ outcome: 'rendering' });
    expect(setup.lines.filter((line) => line.includes('DREAMING'))).toHaveLength(1);
    expect(secretsIn(setup.lines)).toEqual([]);
  });

  it.each([undefined, '', 'not an address', [], ['']])(
    'asks again where success has no address but %j',
    async (url) => {
      succeedAt(url);
      expect(await poll()).toEqual(blip());
    },
  );

  it.each([
    ['this request', 'Something about'],
    ['Something about this request', undefined],
  ])('quotes nothing of the scene in the reason of a failure: %j', async (scene, reason) => {
    setup.standIn.tell({
      do: 'fail',
      code: { aivideoapi: '002', runway: 'ASSET.INVALID', fal: 'no_media_generated' }[name],
    });
    const verdict = await setup.provider.poll(jobId, signal(), scene);
    expect(verdict).toMatchObject({ outcome: 'failed', failure: { type: expect.any(String) } });
    expect(verdict.outcome === 'failed' && 'reason' in verdict.failure && verdict.failure.reason).toBe(reason);
  });

  it('streams the clip, also after the first address was refused', async () => {
    setup.standIn.tell({ do: 'finish' });
    setup.standIn.misbehave('clip', { how: 'status', status: 403 });
    await expect(open().then(download)).rejects.toThrow('403');
    const clip = await download(await open());
    const read = async (from: number, to: number) => clip.subarray(from, to);
    const checked = await checkClip({ bytes: clip.length, read }, { durationSeconds: 5 });
    expect(checked).toMatchObject({ outcome: 'playable', size: { width: 1280, height: 720 } });
  });

  it.each<Fault>([
    { how: 'cut' },
    { how: 'reset', when: 'read' },
    { how: 'silence' },
    { how: 'status', status: 500 },
    { how: 'drip', bytes: 10, everyMs: 20 },
    { how: 'status', status: 302, location: 'http://127.0.0.1:1/elsewhere' },
    { how: 'status', status: 302 },
  ])('says that the clip did not come, where it is spoiled by %j', async (fault) => {
    setup.standIn.tell({ do: 'finish' });
    setup.standIn.misbehave('clip', fault);
    await expect(open().then(download)).rejects.toMatchObject({ name: 'DownloadFailed' });
  });

  it('stops a download that its reader leaves', async () => {
    setup.standIn.tell({ do: 'finish' });
    setup.standIn.misbehave('clip', { how: 'huge' });
    let bytes = 0;
    for await (const chunk of await (await open())(signal())) {
      bytes += chunk.length;
      if (bytes > 1_000_000) break;
    }
    expect(bytes).toBeGreaterThan(1_000_000);
  });

  it('fetches a clip from no private address that the operator did not name', async () => {
    for (const url of [
      'http://127.0.0.1:1/x.mp4',
      'https://169.254.169.254/latest',
      'https://[::1]/x',
      'file:///etc/x',
    ]) {
      succeedAt(url);
      await expect(open().then(download)).rejects.toMatchObject({ name: 'DownloadFailed' });
    }
  });

  it('lets no key, picture or signature out, in logs, reasons or errors', () => {
    expect(secretsIn([...setup.lines, ...seen.map((each) => JSON.stringify(each))])).toEqual([]);
    expect(seen.some((each) => typeof each === 'string')).toBe(true); // errors were among them
  });
});
