import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyName } from '../../src/providers/http/key-ring.ts';
import type { SubmitInput, Submitted } from '../../src/providers/provider.ts';
import type { Fault } from '../fakes/misbehave.ts';
import { landscape, PAID, type PaidSetup, SECRETS, secretsIn, signal } from './support/paid.ts';

const UNKNOWN = { outcome: 'unknown', reason: expect.any(String) };
const refused = (failure: string, retryAfterMs?: number) => ({
  outcome: 'refused',
  failure: { type: failure },
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

const ODD_IDS = { uuid: '../organization', id: '../organization', request_id: '../organization' };

/** What goes wrong, and what the adapter must make of it. `took`: the service took the job all the same. */
const SAME: { fault: Fault; expected: object; took?: true }[] = [
  { fault: { how: 'status', status: 429 }, expected: refused('transient') },
  { fault: { how: 'status', status: 429, retryAfter: '7' }, expected: refused('transient', 7_000) },
  { fault: { how: 'status', status: 429, retryAfter: '0' }, expected: refused('transient', 1_000) },
  { fault: { how: 'status', status: 429, retryAfter: 'later' }, expected: refused('transient') },
  {
    fault: { how: 'status', status: 429, body: { error: 'Your daily task limit has been reached.' } },
    expected: refused('quota'),
  },
  { fault: { how: 'status', status: 429, body: '<h1>Slow down</h1>' }, expected: refused('transient') },
  { fault: { how: 'status', status: 408 }, expected: refused('transient') },
  { fault: { how: 'status', status: 401 }, expected: refused('auth') },
  { fault: { how: 'status', status: 403 }, expected: refused('auth') },
  { fault: { how: 'status', status: 413 }, expected: refused('bad-input') },
  { fault: { how: 'status', status: 418 }, expected: refused('broken') },
  { fault: { how: 'status', status: 500 }, expected: UNKNOWN },
  { fault: { how: 'status', status: 500, worked: true }, expected: UNKNOWN, took: true },
  { fault: { how: 'status', status: 504 }, expected: UNKNOWN },
  { fault: { how: 'status', status: 504, worked: true }, expected: UNKNOWN, took: true },
  { fault: { how: 'status', status: 507 }, expected: UNKNOWN },
  { fault: { how: 'status', status: 302, location: 'https://elsewhere.example/' }, expected: UNKNOWN },
  { fault: { how: 'status', status: 308, location: '/status' }, expected: UNKNOWN },
  { fault: { how: 'reset', when: 'unread' }, expected: UNKNOWN },
  { fault: { how: 'reset', when: 'read' }, expected: UNKNOWN },
  { fault: { how: 'reset', when: 'worked' }, expected: UNKNOWN, took: true },
  { fault: { how: 'silence' }, expected: UNKNOWN },
  { fault: { how: 'silence', worked: true }, expected: UNKNOWN, took: true },
  { fault: { how: 'garbage' }, expected: UNKNOWN, took: true },
  { fault: { how: 'html', worked: false }, expected: UNKNOWN },
  { fault: { how: 'huge' }, expected: UNKNOWN, took: true },
  { fault: { how: 'drip', everyMs: 20 }, expected: UNKNOWN, took: true },
  { fault: { how: 'cut' }, expected: UNKNOWN, took: true },
  { fault: { how: 'patch', omit: ['uuid', 'id', 'request_id'] }, expected: UNKNOWN, took: true },
  { fault: { how: 'patch', set: { uuid: 7, id: 7, request_id: 7 } }, expected: UNKNOWN, took: true },
  { fault: { how: 'patch', set: ODD_IDS }, expected: UNKNOWN, took: true },
];
/** Runway publishes 502 and 503 as load shed before any work. */
const shed = (status: number): Record<string, { fault: Fault; expected: object; took?: true }[]> => ({
  aivideoapi: [
    { fault: { how: 'status', status, retryAfter: '3' }, expected: UNKNOWN },
    { fault: { how: 'status', status, worked: true }, expected: UNKNOWN, took: true },
  ],
  fal: [{ fault: { how: 'status', status }, expected: UNKNOWN }],
  runway: [
    { fault: { how: 'status', status }, expected: refused('transient') },
    { fault: { how: 'status', status, retryAfter: '3' }, expected: refused('transient', 3_000) },
    { fault: { how: 'status', status, body: '<h1>Bad gateway</h1>' }, expected: refused('transient') },
  ],
});

describe.each(PAID)('submitting to $name', ({ name, start }) => {
  let setup: PaidSetup;
  let input: SubmitInput;
  const seen: Submitted[] = [];
  const submit = async (part: Partial<SubmitInput> = {}, until = signal()): Promise<Submitted> => {
    const submitted = await setup.provider.submit({ ...input, ...part }, until);
    seen.push(submitted);
    return submitted;
  };
  const taken = () => setup.standIn.report().accepted.length;

  beforeAll(async () => {
    setup = await start();
    input = await landscape();
  });
  afterAll(() => setup.close());

  // fal's models are part of the address.
  const missing = {
    fault: { how: 'status', status: 404 },
    expected: refused(name === 'fal' ? 'no-model' : 'broken'),
  } as const;
  const cases: typeof SAME = [...SAME, missing, ...(shed(502)[name] ?? []), ...(shed(503)[name] ?? [])];
  it.each(cases.map((each) => ({ title: JSON.stringify(each.fault), ...each })))(
    'takes $title for what it is',
    async ({ fault, expected, took }) => {
      const before = taken();
      setup.standIn.misbehave('submit', fault);
      expect(await submit()).toMatchObject(expected);
      expect(taken() - before).toBe(took ? 1 : 0);
    },
  );

  it('calls once, whatever happens', async () => {
    const before = setup.standIn.report().calls.submit ?? 0;
    setup.standIn.misbehave('submit', { how: 'status', status: 500 }, { how: 'reset', when: 'unread' });
    await submit();
    expect(setup.standIn.report().calls.submit).toBe(before + 1);
    await submit();
    expect(setup.standIn.report().calls.submit).toBe(before + 2);
  });

  it('waits for an answer that comes slowly, as long as it comes', async () => {
    setup.standIn.misbehave('submit', { how: 'drip', bytes: 100, everyMs: 10 });
    expect((await submit()).outcome).toBe('accepted');
  });

  it('knows nothing of a submit that was stopped on its way, and that nothing was sent of one stopped before', async () => {
    setup.standIn.misbehave('submit', { how: 'silence', worked: true });
    const before = taken();
    expect(await submit({}, AbortSignal.timeout(60))).toEqual(UNKNOWN);
    expect(taken()).toBe(before + 1);
    expect(await submit({}, AbortSignal.abort())).toEqual(refused('transient'));
    const stopped = new AbortController();
    const submitted = submit({}, stopped.signal);
    stopped.abort();
    expect(await submitted).toEqual(refused('transient'));
    expect(taken()).toBe(before + 1);
  });

  it('asks once there is a connection whether the call may still be made, and else sends nothing', async () => {
    const before = setup.standIn.report().calls.submit ?? 0;
    const asked: number[] = [];
    const answer = (may: boolean) => () => {
      asked.push(setup.standIn.report().calls.submit ?? 0);
      return may;
    };
    expect(await setup.provider.submit(input, signal(), answer(false))).toEqual(refused('transient'));
    expect(setup.standIn.report().calls.submit ?? 0).toBe(before);
    expect(await setup.provider.submit(input, signal(), answer(true))).toMatchObject({ outcome: 'accepted' });
    expect(setup.standIn.report().calls.submit).toBe(before + 1);
    expect(asked).toEqual([before, before]);
  });

  it('submits with the key that is named, with the first one otherwise', async () => {
    const [first, second] = SECRETS.map(keyName);
    await submit();
    expect(setup.standIn.report().accepted.at(-1)?.key).toBe(first);
    const submitted = await submit({ key: second ?? '' });
    expect(setup.standIn.report().accepted.at(-1)?.key).toBe(second);
    expect(submitted).toMatchObject({ outcome: 'accepted', jobId: expect.stringMatching(`^${second}:`) });
  });

  it('says when credits have run out, whatever the scene is about', async () => {
    setup.standIn.tell({ do: 'credits', key: SECRETS[1], credits: 0 });
    expect(await submit({ key: keyName(SECRETS[1]) })).toEqual(refused('no-credits'));
    const scene = 'a credit card on a balance beam, the daily quota per day';
    const quote = (status: number): Fault => ({ how: 'status', status, body: { error: `Cannot make of ${scene}` } });
    setup.standIn.misbehave('submit', quote(400), quote(429));
    const wrong = await submit({ scene });
    expect(wrong).toMatchObject(refused('bad-input'));
    expect(JSON.stringify(wrong)).not.toContain('balance beam');
    expect(await submit({ scene })).toEqual(refused('transient'));
  });

  it('refuses a picture that is none before it costs', async () => {
    const submitted = await submit({ picture: Buffer.from('not a picture') });
    expect(submitted).toMatchObject({ outcome: 'refused', failure: { type: 'bad-picture' } });
  });

  it('sends a portrait as one', async () => {
    const { picture } = input;
    const sharp = (await import('sharp')).default;
    const turned = await sharp(picture).rotate(90).png().toBuffer();
    expect((await submit({ picture: turned, size: { width: 720, height: 1280 } })).outcome).toBe('accepted');
    expect(setup.standIn.report().accepted.at(-1)?.size).toBe('720x1280');
  });

  it('lets no key, picture or signature out, in logs or reasons', () => {
    expect(secretsIn([...setup.lines, JSON.stringify(seen)])).toEqual([]);
    expect(setup.lines.join()).toContain(keyName(SECRETS[0])); // something was logged, with the key's name
  });
});
