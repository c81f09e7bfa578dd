import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type AivideoapiOptions, createAivideoapi } from '../../src/providers/aivideoapi/aivideoapi.ts';
import { failureOf } from '../../src/providers/aivideoapi/answers.ts';
import { keyName } from '../../src/providers/http/key-ring.ts';
import type { Provider, SubmitInput } from '../../src/providers/provider.ts';
import { type AivideoapiFakeOptions, startAivideoapi } from '../fakes/aivideoapi.ts';
import { decoder } from '../helpers/decoder.ts';
import { captureLog, jpeg, landscape, SECRETS, secretsIn, signal, TIMEOUTS } from './support/paid.ts';

const [KEY] = SECRETS;
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start(fake: Partial<AivideoapiFakeOptions> = {}, options: Partial<AivideoapiOptions> = {}) {
  const standIn = await startAivideoapi({ keys: { [KEY]: 5 }, ...fake });
  const { log, lines } = captureLog();
  const provider = createAivideoapi({
    baseUrl: standIn.url,
    secrets: [KEY],
    decoder,
    log,
    timeouts: TIMEOUTS,
    ...options,
  });
  ends.push(
    () => provider.close(),
    () => standIn.close(),
  );
  return { standIn, provider, lines };
}

/** What is really sent: the last request's path, headers and body. */
async function listen() {
  const got: { path?: string; headers?: NodeJS.Dict<string | string[]>; body?: Record<string, unknown> } = {};
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    Object.assign(got, {
      path: req.url,
      headers: req.headers,
      body: JSON.parse(Buffer.concat(chunks).toString() || '{}'),
    });
    res.end(JSON.stringify({ status: 'Task is in queue', uuid: 'job-1' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const accepted = async (provider: Provider, input: SubmitInput): Promise<string> => {
  const submitted = await provider.submit(input, signal());
  if (submitted.outcome !== 'accepted') throw new Error(JSON.stringify(submitted));
  return submitted.jobId;
};

describe('what aivideoapi is sent', () => {
  const sent = async (part: Partial<SubmitInput> = {}, options: Partial<AivideoapiOptions> = {}) => {
    const { got, url } = await listen();
    const provider = createAivideoapi({ baseUrl: url, secrets: [KEY], decoder, log: captureLog().log, ...options });
    ends.push(() => provider.close());
    await accepted(provider, { ...(await landscape()), ...part });
    return got;
  };

  it('is the published request, the key as it is', async () => {
    const { path, headers, body } = await sent();
    expect(path).toBe('/runway/generate/imageDescription');
    expect(headers?.authorization).toBe(KEY);
    expect(body).toEqual({
      ...{
        text_prompt: 'waves roll in',
        img_prompt: expect.stringMatching(/^data:image\/jpeg;base64,/),
        model: 'gen4',
      },
      flip: false,
      motion: 5,
      seed: 42,
      time: 5,
    });
  });

  it('has the words, the length, the shape and the way back that were asked for', async () => {
    const portrait = { picture: await jpeg(720, 1280), size: { width: 720, height: 1280 } };
    const callbackUrl = 'https://kinora.example/callbacks/token';
    const { body } = await sent({ ...portrait, scene: 'Ü "quoted" 🌊', motion: 10, duration: 10, callbackUrl });
    expect(body).toMatchObject({ flip: true, motion: 10, time: 10, callback_url: callbackUrl });
    expect(body?.text_prompt).toBe('Ü "quoted" 🌊');
  });

  it('keeps the seed 0 a fixed one, though 0 means any there', async () => {
    const { body } = await sent({ seed: 0 });
    expect(body?.seed).toBeGreaterThan(0);
  });

  it('goes to the call without words where there are none', async () => {
    const { path, body } = await sent({ scene: ' ' });
    expect(path).toBe('/runway/generate/image');
    expect(body).not.toHaveProperty('text_prompt');
  });

  it('has the prefix of the key that was configured', async () => {
    expect((await sent({}, { keyPrefix: 'Bearer ' })).headers?.authorization).toBe(`Bearer ${KEY}`);
  });
});

describe('aivideoapi', () => {
  it('takes a bearer or the raw key, as the service wants it', async () => {
    for (const [auth, keyPrefix, outcome] of [
      ['raw', '', 'accepted'],
      ['raw', 'Bearer ', 'refused'],
      ['bearer', 'Bearer ', 'accepted'],
      ['bearer', '', 'refused'],
      ['either', '', 'accepted'],
    ] as const) {
      const { provider } = await start({ auth }, { keyPrefix });
      expect((await provider.submit(await landscape(), signal())).outcome).toBe(outcome);
    }
  });

  it('costs a credit a clip, and is out of credits after the last', async () => {
    const { provider, standIn } = await start({ keys: { [KEY]: 2 } });
    expect([provider.credits?.(5), provider.credits?.(10)]).toEqual([1, 1]);
    for (let i = 0; i < 2; i++) await accepted(provider, await landscape());
    const over = await provider.submit(await landscape(), signal());
    expect(over).toEqual({ outcome: 'refused', failure: { type: 'no-credits' } });
    expect(standIn.report()).toMatchObject({ charged: { [keyName(KEY)]: 2 }, left: { [keyName(KEY)]: 0 } });
  });

  it.each([
    { status: 403, body: { error: 'Your balance is too low' }, failure: 'no-credits' },
    { status: 400, body: { detail: 'insufficient_credits' }, failure: 'no-credits' },
    { status: 429, body: 'monthly quota exceeded', failure: 'no-credits' },
    { status: 429, body: { error: 'Daily quota exceeded' }, failure: 'quota' },
    { status: 429, body: { error: 'You have reached your monthly limit' }, failure: 'quota' },
    { status: 400, body: { error: 'Your plan has hit its spending cap' }, failure: 'quota' },
    { status: 403, body: { error: 'Forbidden, as accredited nobody' }, failure: 'auth' },
    { status: 422, body: { detail: [{ msg: 'credits' }] }, failure: 'bad-input' },
  ])('reads $status $body as $failure', async ({ status, body, failure }) => {
    const { provider } = await start({ keys: { [KEY]: 0 }, noCredits: { status, body } });
    const submitted = await provider.submit(await landscape(), signal());
    expect(submitted).toEqual({ outcome: 'refused', failure: { type: failure } });
  });

  it.each([
    ['000', 'try-another'],
    [0, 'try-another'],
    ['0', 'try-another'],
    ['001', 'moderation'],
    [1, 'moderation'],
    [' 2 ', 'moderation'],
    ['002', 'moderation'],
    [null, 'try-another'],
    ['003', undefined],
    ['E17', undefined],
  ])('knows the failure %j as %s', (code, failure) => {
    expect(failureOf(code)).toBe(failure);
  });

  it('tells the failure of a job, and says once that it does not know a code', async () => {
    const { provider, standIn, lines } = await start();
    const reason = 'Something about this request';
    for (const [code, failure] of [
      ['001', { type: 'moderation', about: 'scene', reason }],
      ['002', { type: 'moderation', about: 'picture', reason }],
      ['077', { type: 'try-another', reason }],
      ['077', { type: 'try-another', reason }],
    ] as const) {
      const job = await accepted(provider, await landscape());
      standIn.tell({ do: 'fail', code });
      expect(await provider.poll(job, signal())).toEqual({ outcome: 'failed', failure });
    }
    expect(lines.filter((line) => line.includes('077'))).toHaveLength(1);
  });

  it('finds the job that a callback names, also for a submit whose answer was lost', async () => {
    const { got, url } = await listen();
    const { provider, standIn } = await start();
    standIn.misbehave('submit', { how: 'reset', when: 'worked' });
    const callbackUrl = `${url}/callbacks/token`;
    expect((await provider.submit({ ...(await landscape()), callbackUrl }, signal())).outcome).toBe('unknown');
    const [job] = standIn.report().accepted;
    expect(job?.callbackUrl).toBe(callbackUrl);
    const jobId = provider.jobOfCallback?.(job?.id ?? '', keyName(KEY)) ?? '';
    standIn.tell({ do: 'finish' });
    await expect.poll(() => got.path).toBe(`/callbacks/token?uuid=${job?.id}`);
    expect((await provider.poll(jobId, signal())).outcome).toBe('succeeded');
    expect(provider.jobOfCallback?.(job?.id ?? '', undefined)).toBe(jobId); // an attempt of before keys had names
    const forged = provider.jobOfCallback?.('../../x?y', keyName(KEY)) ?? '';
    expect((await provider.poll(forged, signal())).outcome).toBe('lost');
  });

  it('knows neither cancel nor release, and offers callbacks', async () => {
    const { provider } = await start();
    expect([provider.cancel, provider.release, provider.capabilities.callbacks]).toEqual([undefined, undefined, true]);
    await expect(provider.submit({ ...(await landscape()), key: 'deadbeef' }, signal())).rejects.toThrow(RangeError);
  });

  it('goes without keys: jobs of before wait, and nothing is submitted', async () => {
    const { provider, lines } = await start({}, { secrets: [] });
    const submitted = await provider.submit(await landscape(), signal());
    expect(submitted).toEqual({ outcome: 'refused', failure: { type: 'auth' } });
    expect((await provider.poll(`${keyName(KEY)}:job`, signal())).outcome).toBe('unreachable');
    expect(secretsIn(lines)).toEqual([]);
  });
});

it('ends on the picture where that is asked for, with words and without', async () => {
  const { got, url } = await listen();
  const { standIn } = await start();
  for (const baseUrl of [url, standIn.url]) {
    const { provider } = await start({}, { baseUrl });
    for (const scene of ['waves roll in', ''])
      await accepted(provider, { ...(await landscape()), scene, endsOnPicture: true });
  }
  expect(got.body).toMatchObject({ image_as_end_frame: true });
  expect(standIn.report().refused).toEqual([]);
});
