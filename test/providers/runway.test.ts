import { afterEach, describe, expect, it } from 'vitest';
import { keyName } from '../../src/providers/http/key-ring.ts';
import type { Provider, SubmitInput } from '../../src/providers/provider.ts';
import { failureOf } from '../../src/providers/runway/answers.ts';
import { runwayModels } from '../../src/providers/runway/models.ts';
import { createRunway, type RunwayOptions } from '../../src/providers/runway/runway.ts';
import { type RunwayFakeOptions, startRunway } from '../fakes/runway.ts';
import { decoder } from '../helpers/decoder.ts';
import { captureLog, jpeg, landscape, SECRETS, signal, TIMEOUTS } from './support/paid.ts';

const [KEY] = SECRETS;
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start(fake: Partial<RunwayFakeOptions> = {}, options: Partial<RunwayOptions> = {}) {
  const standIn = await startRunway({ keys: { [KEY]: 1_000 }, ...fake });
  const { log, lines } = captureLog();
  const common = { baseUrl: standIn.url, secrets: [KEY], log, timeouts: TIMEOUTS } as const;
  const provider = createRunway({ ...common, model: 'gen4_turbo', decoder, ...options });
  ends.push(
    () => provider.close(),
    () => standIn.close(),
  );
  return { standIn, provider, lines };
}

const accepted = async (provider: Provider, part: Partial<SubmitInput> = {}): Promise<string> => {
  const submitted = await provider.submit({ ...(await landscape()), ...part }, signal());
  if (submitted.outcome !== 'accepted') throw new Error(JSON.stringify(submitted));
  return submitted.jobId;
};
const stateOf = async (provider: Provider, job: string) => (await provider.poll(job, signal())).outcome;

describe('what Runway is sent', () => {
  it('agrees with the vendor’s description, for both models, shapes and lengths', async () => {
    for (const model of ['gen4_turbo', 'gen4.5'] as const) {
      const { provider, standIn } = await start({}, { model });
      await accepted(provider, { duration: 10, seed: 0 });
      await accepted(provider, {
        picture: await jpeg(720, 1280),
        size: { width: 720, height: 1280 },
        seed: 4294967295,
      });
      const [first, second] = standIn.report().accepted;
      expect(first).toMatchObject({ duration: 10, size: '1280x720', scene: 'waves roll in' });
      expect(second).toMatchObject({ duration: 5, size: '720x1280' });
    }
  });

  it('has no text where there are no words; gen4.5 must have some, and is not asked', async () => {
    const turbo = await start();
    await accepted(turbo.provider, { scene: ' ' });
    const { provider, standIn } = await start({}, { model: 'gen4.5' });
    const submitted = await provider.submit({ ...(await landscape()), scene: '' }, signal());
    expect(submitted).toEqual({ outcome: 'refused', failure: { type: 'bad-input' } });
    expect(standIn.report().calls.submit).toBeUndefined();
  });

  it('may have a thousand UTF-16 units of text', async () => {
    const { provider } = await start();
    await accepted(provider, { scene: '🌊'.repeat(500) });
    await expect(accepted(provider, { scene: `${'🌊'.repeat(500)}.` })).rejects.toThrow(RangeError);
  });
});

describe('each model that Runway has here', () => {
  const ALL = runwayModels({ usual: 'gen4_turbo', offered: [] });
  const inputFor = async (part: Partial<SubmitInput>) => {
    const { width, height } = part.size ?? { width: 1280, height: 720 };
    return { picture: await jpeg(width, height), size: { width, height }, ...part };
  };

  it.each(ALL)(
    '$name is what the vendor describes: each size and length, first and last picture, sound, seed',
    async (model) => {
      const { capabilities: can, credits } = model;
      const { provider, standIn } = await start({ keys: { [KEY]: 100_000 } });
      const asked: Partial<SubmitInput>[] = [
        ...can.sizes.map((size) => ({ size, duration: can.durations[0] })),
        ...can.durations.map((duration) => ({ duration })),
        ...(can.sound ? [{ sound: true, duration: can.durations.at(-1) }] : []),
        { seed: 0xffffffff, duration: can.durations[0] },
        ...(can.lastFrame ? [{ lastPicture: await jpeg(), duration: can.durations[0] }] : []),
        ...(can.wordless ? [{ scene: '', duration: can.durations[0] }] : []),
      ];
      for (const part of asked) {
        const input = { ...(await landscape()), ...(await inputFor(part)), model: model.name };
        const submitted = await provider.submit(input, signal());
        // The price that is told before is the one that is charged.
        const price = credits({ duration: input.duration, sound: input.sound });
        expect(submitted, JSON.stringify(part)).toMatchObject({ outcome: 'accepted', credits: price });
      }
      expect(standIn.report().refused).toEqual([]);
    },
  );

  it.each(ALL)(
    '$name says no to what it has not, before anything is sent',
    async ({ name: model, capabilities: can }) => {
      const { provider, standIn } = await start();
      const beyond: Partial<SubmitInput>[] = [
        { duration: 11 },
        ...(can.durations.includes(5) ? [] : [{ duration: 5 }]),
        ...(can.sound ? [] : [{ sound: true }]),
        ...(can.lastFrame ? [] : [{ lastPicture: await jpeg() }]),
      ];
      for (const part of beyond) {
        const usual = { ...(await landscape()), duration: can.durations[0] ?? 0, model };
        await expect(provider.submit({ ...usual, ...part }, signal())).rejects.toThrow(RangeError);
      }
      expect(standIn.report().calls.submit).toBeUndefined();
    },
  );
});

describe('Runway', () => {
  it('costs by the second and by the model', async () => {
    for (const [model, each] of [
      ['gen4_turbo', 5],
      ['gen4.5', 12],
    ] as const) {
      const { provider, standIn } = await start({}, { model });
      await accepted(provider, { duration: 5 });
      await accepted(provider, { duration: 10 });
      expect([provider.credits?.(5), provider.credits?.(10)]).toEqual([5 * each, 10 * each]);
      expect(standIn.report().charged).toEqual({ [keyName(KEY)]: 15 * each });
    }
  });

  it('says when a key is out of credits, which is a 400 there, or over its day', async () => {
    const poor = await start({ keys: { [KEY]: 24 } });
    const noCredits = { outcome: 'refused', failure: { type: 'no-credits' } };
    expect(await poor.provider.submit(await landscape(), signal())).toEqual(noCredits);
    const busy = await start({ daily: 1 });
    await accepted(busy.provider);
    const quota = { outcome: 'refused', failure: { type: 'quota' } };
    expect(await busy.provider.submit(await landscape(), signal())).toEqual(quota);
  });

  it.each([
    [403, 'Model variant gen4_turbo is not available', 'no-model'],
    [403, 'You have exceeded your monthly spend limit.', 'quota'],
    [403, 'Forbidden', 'auth'],
    [402, 'Payment required', 'no-credits'],
    [429, 'Your daily task limit has been reached.', 'quota'],
    [429, 'You have reached the maximum monthly spend of your tier.', 'quota'],
    [429, 'Usage limit reached for this organization.', 'quota'],
    [429, "Your account's spending cap was hit; raise it in the billing settings.", 'quota'],
    [429, 'Rate limit exceeded for your account. Try again in 20 seconds.', 'transient'],
    [429, 'Your plan is limited to a maximum of 2 concurrent tasks.', 'transient'],
    [429, 'Too many requests', 'transient'],
    [400, 'Monthly credit limit reached.', 'quota'],
    [400, 'The monthly cap of this organization has been reached ($100).', 'quota'],
    [400, 'Quota exceeded', 'quota'],
    [400, 'You do not have enough credits to run this task.', 'no-credits'],
    [400, 'promptText is too long: the maximum is 1000', 'bad-input'],
    // The scene, which the sentence quotes, says nothing of an account.
    [400, 'Cannot make waves of a monthly budget', 'bad-input'],
  ])('reads %i %j as %s', async (status, error, type) => {
    const { provider, standIn } = await start();
    standIn.misbehave('submit', { how: 'status', status, body: { error } });
    const submitted = await provider.submit({ ...(await landscape()), scene: 'waves of a monthly budget' }, signal());
    expect(submitted).toMatchObject({ outcome: 'refused', failure: { type } });
  });

  it('is told that a request is wrong, not that credits are out, by a 400 with issues', async () => {
    const { provider, standIn } = await start();
    const body = { error: 'Validation of body failed', issues: [{ code: 'x', path: [], message: 'credits' }] };
    standIn.misbehave('submit', { how: 'status', status: 400, body });
    const submitted = await provider.submit(await landscape(), signal());
    expect(submitted).toEqual({ outcome: 'refused', failure: { type: 'bad-input' } });
  });

  it('waits while a task is throttled', async () => {
    const { provider, standIn } = await start({ schedule: 'manual', atOnce: 1 });
    const [first, second] = [await accepted(provider), await accepted(provider)];
    standIn.misbehave('poll', { how: 'patch', set: { status: 'RUNNING', progress: 0.2 } });
    expect(await provider.poll(first, signal())).toEqual({ outcome: 'rendering', progress: 0.2 });
    expect(await provider.poll(second, signal())).toEqual({ outcome: 'waiting' });
    standIn.tell({ do: 'finish' });
    expect([await stateOf(provider, first), await stateOf(provider, second)]).toEqual(['succeeded', 'succeeded']);
  });

  it.each([
    ['SAFETY.INPUT.TEXT', 'moderation'],
    ['SAFETY.OUTPUT.VIDEO', 'moderation'],
    ['INPUT_PREPROCESSING.SAFETY.TEXT', 'moderation'],
    ['INTERNAL.BAD_OUTPUT.CODE01', 'try-another'],
    ['INTERNAL.BAD_OUTPUT', 'try-another'],
    ['ASSET.INVALID', 'bad-input'],
    ['INTERNAL', 'transient'],
    ['INTERNAL.SOMETHING', 'transient'],
    ['THIRD_PARTY.UNAVAILABLE', 'transient'],
    ['INPUT_PREPROCESSING.INTERNAL', 'transient'],
    ['', 'transient'],
    [undefined, 'transient'],
    ['INTERNALS', undefined],
    ['THIRD_PARTY.OTHER', undefined],
    ['WEATHER', undefined],
  ])('knows the failure %j as %s', (code, failure) => {
    expect(failureOf(code)).toBe(failure);
  });

  it('tells the failure of a task and what it cost all the same', async () => {
    const { provider, standIn, lines } = await start({ schedule: 'manual' });
    const job = await accepted(provider);
    standIn.tell({ do: 'fail', code: 'SAFETY.INPUT.IMAGE' });
    standIn.misbehave('poll', 'well', { how: 'patch', set: { cost: { credits: 25 } } });
    standIn.misbehave('poll', { how: 'patch', set: { failureCode: 'WEATHER.RAIN' }, omit: ['cost'] });
    const reason = 'Something about this request';
    const failed = { outcome: 'failed', failure: { type: 'moderation', about: 'picture', reason }, credits: 0 };
    expect(await provider.poll(job, signal())).toEqual(failed);
    expect(await provider.poll(job, signal())).toEqual({ ...failed, credits: 25 });
    const other = { outcome: 'failed', failure: { type: 'try-another', reason } };
    expect(await provider.poll(job, signal())).toEqual(other);
    expect(lines.join()).toContain('WEATHER.RAIN');
  });

  it('is lost where a task was cancelled from elsewhere', async () => {
    const { provider, standIn } = await start();
    const job = await accepted(provider);
    standIn.misbehave('poll', { how: 'patch', set: { status: 'CANCELLED', cost: { credits: 0 } } });
    expect(await provider.poll(job, signal())).toEqual({ outcome: 'lost' });
  });
});

describe('cancelling at Runway', () => {
  it('stops a task that is under way', async () => {
    const { provider, standIn } = await start({ schedule: 'manual' });
    const job = await accepted(provider);
    await provider.cancel?.(job);
    expect(standIn.report().cancelled).toHaveLength(1);
    expect(await stateOf(provider, job)).toBe('lost');
  });

  it('looks first, and lets a clip be that has just been finished', async () => {
    const { provider, standIn, lines } = await start({ schedule: 'manual' });
    const job = await accepted(provider);
    standIn.tell({ do: 'finish' });
    await provider.cancel?.(job);
    expect(standIn.report()).toMatchObject({ cancelled: [], calls: { poll: 1 } });
    expect(standIn.report().calls.cancel).toBeUndefined();
    expect(await stateOf(provider, job)).toBe('succeeded');
    expect(lines).toEqual([]);
  });

  it.each(['poll', 'cancel'])('deletes nothing unseen, and says so, where %s is out of order', async (route) => {
    const { provider, standIn, lines } = await start({ schedule: 'manual' });
    const job = await accepted(provider);
    standIn.misbehave(route, { how: 'status', status: 500 });
    await provider.cancel?.(job);
    expect(standIn.report().cancelled).toEqual([]);
    expect(lines.join()).toContain('could not be cancelled');
    expect(await stateOf(provider, job)).toBe('waiting');
  });

  it('leaves a task alone whose status it does not understand: it may have ended', async () => {
    const { provider, standIn, lines } = await start({ schedule: 'manual' });
    const job = await accepted(provider);
    standIn.misbehave('poll', { how: 'patch', set: { status: 'COMPLETED' } });
    await provider.cancel?.(job);
    expect(standIn.report().cancelled).toEqual([]);
    expect(lines.join()).toContain('could not be cancelled');
  });

  it('does nothing about a task that is gone or was made with a key that is', async () => {
    const { provider, standIn } = await start();
    const job = await accepted(provider);
    await provider.cancel?.(job.replace(/:.*/, ':11111111-1111-4111-8111-111111111111'));
    await provider.cancel?.(job.replace(keyName(KEY), 'deadbeef'));
    await provider.cancel?.('nonsense');
    expect(standIn.report().cancelled).toEqual([]);
  });
});
