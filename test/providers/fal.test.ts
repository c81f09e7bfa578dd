import { afterEach, describe, expect, it } from 'vitest';
import { createFal, type FalOptions } from '../../src/providers/fal/fal.ts';
import { falModels, MODEL_NAMES, rowNamed, rowOf } from '../../src/providers/fal/models.ts';
import { keyName } from '../../src/providers/http/key-ring.ts';
import type { Provider, SubmitInput } from '../../src/providers/provider.ts';
import { type FalFakeOptions, startFal } from '../fakes/fal.ts';
import { decoder } from '../helpers/decoder.ts';
import { captureLog, jpeg, landscape, requestIn, SECRETS, signal, TIMEOUTS } from './support/paid.ts';

const [KEY] = SECRETS;
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start(fake: Partial<FalFakeOptions> = {}, options: Partial<FalOptions> = {}) {
  const standIn = await startFal({ keys: { [KEY]: 10_000 }, schedule: 'manual', ...fake });
  const { log, lines } = captureLog();
  const common = { baseUrl: standIn.url, secrets: [KEY], log, timeouts: TIMEOUTS } as const;
  const provider = createFal({ ...common, offered: ['kling-2.5-turbo', 'seedance-1.5-pro'], decoder, ...options });
  ends.push(
    () => provider.close(),
    () => standIn.close(),
  );
  return { standIn, provider, lines };
}

async function accepted(provider: Provider, part: Partial<SubmitInput> = {}): Promise<string> {
  const submitted = await provider.submit({ ...(await landscape()), ...part }, signal());
  if (submitted.outcome !== 'accepted') throw new Error(JSON.stringify(submitted));
  return submitted.jobId;
}

describe('each model that fal has here', () => {
  it.each(falModels(MODEL_NAMES))(
    '$name takes what it says: each size and length, first and last picture, sound',
    async (model) => {
      const { capabilities: can, credits } = model;
      const { provider, standIn } = await start();
      const asked: Partial<SubmitInput>[] = [
        ...can.sizes.map((size) => ({ size })),
        ...can.durations.map((duration) => ({ duration })),
        ...(can.sound ? [{ sound: true, duration: 10 }] : []),
        ...(can.lastFrame ? [{ lastPicture: await jpeg() }] : []),
      ];
      let cost = 0;
      for (const part of asked) {
        const { width, height } = part.size ?? { width: 1280, height: 720 };
        const input = { picture: await jpeg(width, height), size: { width, height }, ...part, model: model.name };
        await accepted(provider, input);
        cost += credits({ duration: part.duration ?? 5, sound: part.sound });
      }
      expect(standIn.report().refused).toEqual([]);
      expect(standIn.report().charged).toEqual({ [keyName(KEY)]: cost });
    },
  );
});

const faults = (type: string) => [{ loc: ['body', 'prompt'], msg: 'Something about this request', type }];

describe('fal', () => {
  it('must have words, and is not asked without', async () => {
    const { provider, standIn } = await start();
    const submitted = await provider.submit({ ...(await landscape()), scene: ' ' }, signal());
    expect(submitted).toEqual({ outcome: 'refused', failure: { type: 'bad-input' } });
    expect(standIn.report().calls.submit).toBeUndefined();
  });

  it('is asked for a request where its answer said, and for its result once it has ended', async () => {
    const { provider, standIn } = await start();
    const job = await accepted(provider);
    expect((await provider.poll(job, signal())).outcome).toBe('waiting');
    expect(standIn.report().calls.result).toBeUndefined();
    standIn.tell({ do: 'finish' });
    expect((await provider.poll(job, signal())).outcome).toBe('succeeded');
    expect(standIn.report().refused).toEqual([]);
  });

  it.each([
    ['content_policy_violation:prompt', { type: 'moderation', about: 'scene', reason: 'Something about this request' }],
    [
      'content_policy_violation:image_url',
      { type: 'moderation', about: 'picture', reason: 'Something about this request' },
    ],
    ['image_load_error:image_url', { type: 'bad-input', about: 'picture', reason: 'Something about this request' }],
    ['no_media_generated', { type: 'try-another', reason: 'Something about this request' }],
  ])(
    'tells why a request failed, whose status is no other than that of one that did not: %s',
    async (code, failure) => {
      const { provider, standIn } = await start();
      const job = await accepted(provider);
      standIn.tell({ do: 'fail', code });
      expect(await provider.poll(job, signal())).toMatchObject({ outcome: 'failed', failure });
    },
  );

  it.each([
    { status: 503, body: undefined },
    { status: 500, body: { detail: 'x', error_type: 'internal_error' } },
    { status: 503, body: { detail: 'x', error_type: 'runner_disconnected' } },
    { status: 504, body: { detail: faults('generation_timeout') } },
    { status: 429, body: { detail: 'x', error_type: 'rate_limited' } },
    { status: 403, body: { detail: 'x', error_type: 'forbidden' } },
    { status: 401, body: undefined },
  ])('takes a look at a result that fails for no word on the request: $status $body', async ({ status, body }) => {
    const { provider, standIn } = await start();
    const job = await accepted(provider);
    standIn.tell({ do: 'finish' });
    standIn.misbehave('result', { how: 'status', status, body });
    expect(await provider.poll(job, signal())).toMatchObject({ outcome: 'unreachable' });
    expect((await provider.poll(job, signal())).outcome).toBe('succeeded');
  });

  it('never says of a request that fails with 5xx that it is free, so that none is made anew unasked', async () => {
    const { provider, standIn } = await start();
    const job = await accepted(provider);
    standIn.tell({ do: 'fail', code: 'runner_disconnected' });
    for (let look = 0; look < 3; look++) expect((await provider.poll(job, signal())).outcome).toBe('unreachable');
  });

  it.each([401, 403, 404])('reads why a request failed also where the answer’s status is %i', async (status) => {
    const { provider, standIn, lines } = await start();
    const job = await accepted(provider);
    standIn.tell({ do: 'fail', code: 'no_media_generated' });
    const body = { detail: faults('content_policy_violation') };
    standIn.misbehave('result', { how: 'status', status, body });
    const failure = { type: 'moderation', about: 'scene', reason: 'Something about this request' };
    expect(await provider.poll(job, signal())).toEqual({ outcome: 'failed', failure });
    expect(lines.join()).not.toContain('refused');
  });

  it('says that a request is lost whose result is not there', async () => {
    const { provider, standIn } = await start();
    const job = await accepted(provider);
    standIn.tell({ do: 'finish' });
    standIn.misbehave('result', { how: 'status', status: 404, body: { detail: 'Request not found' } });
    expect(await provider.poll(job, signal())).toEqual({ outcome: 'lost' });
  });

  it.each(['constructor', 'toString', '__proto__'])('knows no fault and no model by the name of %s', async (name) => {
    const { provider, standIn } = await start();
    const job = await accepted(provider);
    standIn.tell({ do: 'fail', code: name });
    const failure = { type: 'bad-input', about: 'scene', reason: 'Something about this request' };
    expect(await provider.poll(job, signal())).toEqual({ outcome: 'failed', failure });
    expect(rowNamed(name, 'kling-2.5-turbo')).toBe(rowOf('kling-2.5-turbo'));
  });

  it('tells that its balance is spent from that a key is no good', async () => {
    const { provider } = await start({ keys: { [KEY]: 20 } });
    expect(await provider.submit(await landscape(), signal())).toMatchObject({ failure: { type: 'no-credits' } });
    const { provider: other } = await start({ keys: { other: 100 } });
    expect(await other.submit(await landscape(), signal())).toMatchObject({ failure: { type: 'auth' } });
    const locked = await start();
    const body = { detail: 'User is locked. Reason: Admin lock. Please contact support@fal.ai.' };
    locked.standIn.misbehave('submit', { how: 'status', status: 403, body });
    expect(await locked.provider.submit(await landscape(), signal())).toMatchObject({ failure: { type: 'auth' } });
  });

  it('knows the job that a callback names by the model that makes it', async () => {
    const { provider, standIn } = await start();
    const job = await accepted(provider, { model: 'seedance-1.5-pro' });
    const request = standIn.report().accepted[0]?.id ?? '';
    expect(requestIn(job)).toBe(request);
    expect(provider.jobOfCallback?.(request, keyName(KEY), 'seedance-1.5-pro')).toBe(job);
    const forged = provider.jobOfCallback?.('../../x?y', keyName(KEY)) ?? '';
    expect(await provider.poll(forged, signal())).toEqual({ outcome: 'lost' });
  });
});
