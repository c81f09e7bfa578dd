import { z } from 'zod';
import { keyName } from '../../src/providers/http/key-ring.ts';
import { createBooks } from './books.ts';
import { type ClipOptions, createClips } from './clips.ts';
import { createJobs, type Job, type Phase, type Schedule } from './jobs.ts';
import type { Answer } from './misbehave.ts';
import { sizeOfDataUri } from './picture.ts';
import { type Asked, type StandIn, startStandIn } from './stand-in.ts';

export interface AivideoapiFakeOptions {
  /** Credits by key. */
  keys: Record<string, number>;
  /** How the key must stand in the header. */
  auth?: 'raw' | 'bearer' | 'either';
  schedule?: Schedule;
  /** Whether it calls back when a job ends. */
  callbacks?: boolean;
  /** What it answers when a key has no credits left; unpublished, so tests try several. */
  noCredits?: { status: number; body: unknown };
  clips?: ClipOptions;
}

const common = {
  img_prompt: z.string(),
  model: z.literal('gen4'),
  image_as_end_frame: z.boolean().default(false),
  flip: z.boolean().default(false),
  motion: z.int().min(1).max(10).default(5),
  seed: z.int().min(0).max(0xffffffff).default(0),
  time: z.literal([5, 10]).default(5),
  callback_url: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
};
/** Stricter than the service is known to be: nothing that is not published. */
const bodies = {
  image: z.strictObject(common),
  imageDescription: z.strictObject({ ...common, text_prompt: z.string().min(1) }),
};

/** Stands in for aivideoapi: routes `submit`, `poll` and `clip`. */
export async function startAivideoapi(options: AivideoapiFakeOptions): Promise<StandIn> {
  const { keys, auth = 'raw', schedule = { polls: 4 }, callbacks = true } = options;
  const noCredits = options.noCredits ?? { status: 402, body: { detail: 'Not enough credits' } };
  const books = createBooks(keys);
  const jobs = createJobs({ schedule, onEnd: (job) => callbacks && void callBack(job) });

  const callBack = async ({ id, callbackUrl }: Job): Promise<void> => {
    if (callbackUrl === undefined) return;
    const url = new URL(callbackUrl);
    url.searchParams.set('uuid', id);
    const status = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.status,
      () => 0, // nobody there
    );
    books.report.callbacks.push({ job: id, status });
  };

  function keyOf({ headers }: Asked): string | undefined {
    const given = headers.authorization ?? '';
    const raw = given.replace(/^Bearer /, '');
    const fits = auth === 'either' || (auth === 'bearer') === given.startsWith('Bearer ');
    return fits && books.credits.has(raw) ? raw : undefined;
  }

  function submit(asked: Asked): Answer {
    const key = keyOf(asked);
    if (key === undefined) return { status: 401, json: { detail: 'Invalid API key' } };
    const kind = asked.part === 'image' ? 'image' : 'imageDescription';
    const parsed = bodies[kind].safeParse(readJson(asked));
    if (!parsed.success) return unprocessable(parsed.error.issues.map(({ path, message }) => ({ path, message })));
    const { img_prompt: image, flip, time: duration, callback_url: callbackUrl } = parsed.data;
    const found = sizeOfDataUri(image);
    const wanted = flip ? '720x1280' : '1280x720';
    if ('wrong' in found) return unprocessable([{ path: ['img_prompt'], message: found.wrong }]);
    if (found.size !== wanted) return unprocessable([{ path: ['img_prompt'], message: `is ${found.size}` }]);
    if (!books.charge(key, 1)) return { status: noCredits.status, json: noCredits.body };
    const job = jobs.add({
      key: keyName(key),
      scene: 'text_prompt' in parsed.data ? String(parsed.data.text_prompt) : '',
      size: wanted,
      duration,
      credits: 1,
      asked: { endFrame: parsed.data.image_as_end_frame },
      ...(callbackUrl === '' ? {} : { callbackUrl }),
      ...(asked.spoiled === undefined ? {} : { spoiled: asked.spoiled }),
    });
    books.report.accepted.push(job);
    return { status: 200, json: { status: 'Task is in queue', uuid: job.id } };
  }

  return startStandIn(
    (url) => {
      const clips = createClips(url, options.clips);
      const poll = (asked: Asked): Answer => {
        const key = keyOf(asked);
        if (key === undefined) return { status: 401, json: { detail: 'Invalid API key' } };
        const uuid = asked.url.searchParams.get('uuid');
        if (!uuid) return unprocessable([{ path: ['uuid'], message: 'field required' }]);
        const job = jobs.get(uuid);
        const phase = job?.key === keyName(key) ? jobs.look(uuid) : undefined;
        if (!job || !phase) return { status: 404, json: { detail: 'Task not found' } };
        return { status: 200, json: { uuid, ...told(phase, () => clips.urlOf(job)) } };
      };
      return [
        { name: 'submit', method: 'POST', path: /^\/runway\/generate\/(image|imageDescription)$/, handle: submit },
        { name: 'poll', method: 'GET', path: /^\/status$/, handle: poll },
        clips.route,
      ];
    },
    { books, jobs },
  );
}

function told(phase: Phase, url: () => string): object {
  switch (phase.is) {
    case 'held':
    case 'waiting':
      return { status: 'in queue' };
    case 'rendering':
      return { status: 'submitted', progress: phase.progress };
    case 'done':
      return { status: 'success', progress: 1, url: url(), gif_url: url().replace('.mp4', '.gif') };
    case 'failed':
      return { status: 'failed', error: 'Something about this request', error_code: phase.code };
  }
}

const unprocessable = (issues: { path: PropertyKey[]; message: string }[]): Answer => ({
  status: 422,
  json: { detail: issues.map(({ path, message }) => ({ loc: ['body', ...path], msg: message, type: 'value_error' })) },
});

function readJson({ headers, body }: Asked): unknown {
  if (headers['content-type'] !== 'application/json') return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
