import { afterEach, describe, expect, it } from 'vitest';
import { keyName } from '../../src/providers/http/key-ring.ts';
import { type AivideoapiFakeOptions, startAivideoapi } from '../fakes/aivideoapi.ts';
import { spawnStandIn } from '../fakes/child.ts';
import { validate } from '../fakes/json-schema.ts';
import type { Fault } from '../fakes/misbehave.ts';
import { startRunway } from '../fakes/runway.ts';
import { answerIssues } from '../fakes/runway-rules.ts';
import type { Command } from '../fakes/stand-in.ts';
import { jpeg, SECRETS } from './support/paid.ts';

// What the tests lean on must not be laxer than the real thing.

const [KEY, OTHER] = SECRETS;
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const dataUri = async (width = 1280, height = 720) =>
  `data:image/jpeg;base64,${(await jpeg(width, height)).toString('base64')}`;

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}
async function call(url: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...content,
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
}

describe('the stand-in for aivideoapi', () => {
  async function start(options: Partial<AivideoapiFakeOptions> = {}) {
    const standIn = await startAivideoapi({ keys: { [KEY]: 3, [OTHER]: 3 }, ...options });
    ends.push(() => standIn.close());
    const submit = (body: unknown, authorization: string = KEY, kind = 'imageDescription') =>
      call(`${standIn.url}/runway/generate/${kind}`, { method: 'POST', headers: { authorization }, body });
    return { standIn, submit, good: { img_prompt: await dataUri(), text_prompt: 'waves', model: 'gen4' } };
  }

  it('refuses what the real one refuses, and charges nothing for it', async () => {
    const { standIn, submit, good } = await start();
    const wrong = [
      { ...good, text_prompt: '' },
      { ...good, text_prompt: undefined },
      { ...good, ratio: '16:9' },
      { ...good, model: 'gen2' },
      { ...good, motion: 11 },
      { ...good, motion: 1.5 },
      { ...good, seed: -1 },
      { ...good, time: 7 },
      { ...good, flip: 'true' },
      { ...good, callback_url: 'nowhere' },
      { ...good, img_prompt: 'data:image/jpeg;base64,AAAA' },
      { ...good, img_prompt: good.img_prompt.replace('jpeg', 'png') },
      { ...good, img_prompt: await dataUri(1281, 720) },
      { ...good, img_prompt: await dataUri(720, 1280) },
      { ...good, flip: true },
      [],
      undefined,
    ];
    for (const body of wrong)
      expect(await submit(body)).toMatchObject({ status: 422, json: { detail: expect.any(Array) } });
    expect((await submit(good, KEY, 'image')).status).toBe(422); // text where none is taken
    expect((await submit(good, 'somebody')).status).toBe(401);
    expect((await submit(good, `Bearer ${KEY}`)).status).toBe(401);
    expect((await submit(good, KEY, 'description')).status).toBe(404);
    expect(standIn.report()).toMatchObject({ accepted: [], charged: {} });
    expect(standIn.report().refused).toHaveLength(wrong.length + 4);
  });

  it('takes what the real one takes, charges for it, and shows a job to its key alone', async () => {
    const { standIn, submit, good } = await start();
    const { json } = await submit(good);
    await submit({ ...good, flip: true, img_prompt: await dataUri(720, 1280), time: 10, callback_url: '' });
    const { text_prompt: _, ...wordless } = good;
    await submit(wordless, KEY, 'image');
    expect((await submit(good)).status).toBe(402);
    expect(standIn.report()).toMatchObject({
      charged: { [keyName(KEY)]: 3 },
      left: { [keyName(KEY)]: 0, [keyName(OTHER)]: 3 },
      calls: { submit: 4 },
    });
    const status = `${standIn.url}/status?uuid=${json.uuid}`;
    expect(await call(status, { headers: { authorization: KEY } })).toMatchObject({ json: { status: 'in queue' } });
    expect((await call(status, { headers: { authorization: OTHER } })).status).toBe(404);
    expect((await call(`${standIn.url}/status`, { headers: { authorization: KEY } })).status).toBe(422);
  });

  it('serves a clip by its signed address only, and to nobody who shows a key', async () => {
    const { standIn, submit, good } = await start();
    const { json } = await submit(good);
    standIn.tell({ do: 'finish' });
    const headers = { authorization: KEY };
    const { url } = (await call(`${standIn.url}/status?uuid=${json.uuid}`, { headers })).json;
    expect((await fetch(url)).headers.get('content-type')).toBe('video/mp4');
    expect((await fetch(url, { headers })).status).toBe(400);
    expect((await fetch(url.replace(/_jwt=.*/, '_jwt=other'))).status).toBe(403);
  });
});

describe('the stand-in for Runway', () => {
  async function start() {
    const standIn = await startRunway({ keys: { [KEY]: 1000 }, schedule: 'manual', atOnce: 1 });
    ends.push(() => standIn.close());
    const headers = { authorization: `Bearer ${KEY}`, 'x-runway-version': '2024-11-06' };
    const submit = (body: unknown, more: Record<string, string> = {}) =>
      call(`${standIn.url}/v1/image_to_video`, { method: 'POST', headers: { ...headers, ...more }, body });
    return { standIn, headers, submit, good: { model: 'gen4_turbo', promptImage: await dataUri(), ratio: '1280:720' } };
  }

  it('refuses what the vendor’s description does not allow, and charges nothing for it', async () => {
    const { standIn, submit, good } = await start();
    const wrong = [
      { ...good, promptText: '' },
      { ...good, promptText: 'x'.repeat(1001) },
      { ...good, ratio: '16:9' },
      { ...good, ratio: '720:1280' },
      { ...good, model: 'gen3' },
      { ...good, model: 'gen4.5' }, // needs a text and a length
      { ...good, duration: 1 },
      { ...good, duration: 5.5 },
      { ...good, seed: 2 ** 32 },
      { ...good, motion: 5 },
      { ...good, promptImage: 'http://insecure.example/x.jpg' },
      { ...good, promptImage: `data:image/jpeg;base64,${'A'.repeat(5_242_880)}` },
      { model: 'gen4_turbo' },
      7,
    ];
    for (const body of wrong) {
      const answer = await submit(body);
      expect(answer).toMatchObject({ status: 400, json: { issues: expect.any(Array) } });
      expect(answerIssues('/v1/image_to_video', 'post', 400, answer.json)).toEqual([]);
    }
    expect((await submit(good, { 'x-runway-version': '2023-01-01' })).status).toBe(400);
    expect((await submit(good, { authorization: KEY })).status).toBe(401);
    expect((await submit({ ...good, promptText: 'x'.repeat(9_000_000) })).status).toBe(413);
    expect(standIn.report()).toMatchObject({ accepted: [], charged: {} });
  });

  it('answers as the vendor’s description says, in every state', async () => {
    const { standIn, headers, submit, good } = await start();
    const created = await submit({ ...good, duration: 5 });
    expect(answerIssues('/v1/image_to_video', 'post', 200, created.json)).toEqual([]);
    const statuses: string[] = [];
    const look = async (id: string) => {
      const { status, json } = await call(`${standIn.url}/v1/tasks/${id}`, { headers });
      expect(answerIssues('/v1/tasks/{id}', 'get', status, json)).toEqual([]);
      statuses.push(json.status ?? status);
    };
    const other = await submit({ ...good, duration: 5 });
    await look(created.json.id);
    await look(other.json.id);
    standIn.tell({ do: 'finish', job: created.json.id });
    standIn.tell({ do: 'fail', code: 'INTERNAL' });
    await look(created.json.id);
    await look(other.json.id);
    const gone = await call(`${standIn.url}/v1/tasks/${other.json.id}`, { method: 'DELETE', headers });
    expect(gone.status).toBe(204);
    await look(other.json.id);
    expect(statuses).toEqual(['PENDING', 'THROTTLED', 'SUCCEEDED', 'FAILED', 404]);
    expect((await call(`${standIn.url}/v1/tasks/no-uuid`, { headers })).status).toBe(400);
    const organization = await call(`${standIn.url}/v1/organization`, { headers });
    expect(answerIssues('/v1/organization', 'get', 200, organization.json)).toEqual([]);
    expect(organization.json.creditBalance).toBe(975); // the failed one was given back
  });

  it('understands every keyword of the schemas, or says so', () => {
    expect(() => validate({ type: 'string', contentEncoding: 'base64' }, 'x')).toThrow('contentEncoding');
    expect(validate({ oneOf: [{ type: 'string' }, { minLength: 1 }] }, 'x')).toHaveLength(1);
    expect(validate({ type: 'array', items: { type: 'integer' }, minItems: 3 }, [1, 'x'])).toHaveLength(2);
  });
});

describe('a stand-in in a process of its own', () => {
  it('is told what to do and tells what it saw, calls back, and goes wrong at random but the same each time', async () => {
    const child = await spawnStandIn({
      kind: 'aivideoapi',
      options: { keys: { [KEY]: 50 }, schedule: { ms: [5, 10] } },
    });
    ends.push(() => child.close());
    const body = {
      img_prompt: await dataUri(),
      text_prompt: 'waves',
      model: 'gen4',
      callback_url: `${child.url}/back`,
    };
    const submit = () =>
      call(`${child.url}/runway/generate/imageDescription`, { method: 'POST', headers: { authorization: KEY }, body });
    const faults: Fault[] = [{ how: 'status', status: 500, worked: true }];
    const storm: Command = { do: 'storm', seed: 4, chance: 0.5, faults: { submit: faults } };
    const rounds: number[][] = [];
    for (let round = 0; round < 2; round++) {
      await child.tell(storm);
      const statuses: number[] = [];
      for (let i = 0; i < 12; i++) statuses.push((await submit()).status);
      rounds.push(statuses);
    }
    expect(rounds[0]).toEqual(rounds[1]);
    expect(new Set(rounds[0])).toEqual(new Set([200, 500]));
    await child.tell({ do: 'calm' });
    await expect.poll(async () => (await child.report()).callbacks.length).toBe(24);
    const report = await child.report();
    expect(report.charged).toEqual({ [keyName(KEY)]: 24 });
    const spoiled = report.accepted.filter((job) => job.spoiled === 'status');
    expect(spoiled).toHaveLength(rounds.flat().filter((status) => status === 500).length);
  });
});
