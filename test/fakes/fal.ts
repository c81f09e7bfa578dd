import { z } from 'zod';
import { keyName } from '../../src/providers/http/key-ring.ts';
import { createBooks } from './books.ts';
import { createClips } from './clips.ts';
import { createJobs, type Job, type Phase, type Schedule } from './jobs.ts';
import type { Answer } from './misbehave.ts';
import { sizeOfDataUri } from './picture.ts';
import { type Asked, type StandIn, startStandIn } from './stand-in.ts';

export interface FalFakeOptions {
  /** US cents by key; each key is an account of its own. */
  keys: Record<string, number>;
  schedule?: Schedule;
  /** Whether it calls back when a request has ended. */
  callbacks?: boolean;
}

const image = z.string().startsWith('data:image/');
const seconds = (...lengths: number[]) => z.enum(lengths.map(String));
/**
 * The models that we use, with the inputs of their pages (`https://fal.ai/models/<endpoint>/llms.txt`, and the types of
 * `@fal-ai/client` 1.10.1). Strict: a field that is not there is refused, though the service may pass it over.
 */
const MODELS: Record<string, { input: z.ZodType<Input>; cents(input: Input): number }> = {
  'fal-ai/kling-video/v2.5-turbo/standard/image-to-video': {
    input: z.strictObject({
      prompt: z.string().min(1),
      image_url: image,
      duration: seconds(5, 10).default('5'),
      negative_prompt: z.string().optional(),
      cfg_scale: z.number().min(0).max(1).optional(),
    }),
    cents: ({ duration }) => Math.ceil(4.2 * Number(duration) - 1e-9),
  },
  'fal-ai/bytedance/seedance/v1.5/pro/image-to-video': {
    input: z.strictObject({
      prompt: z.string().min(1),
      image_url: image,
      end_image_url: image.optional(),
      aspect_ratio: z.enum(['21:9', '16:9', '4:3', '1:1', '3:4', '9:16', 'auto']).default('16:9'),
      resolution: z.enum(['480p', '720p', '1080p']).default('720p'),
      duration: seconds(4, 5, 6, 7, 8, 9, 10, 11, 12).default('5'),
      generate_audio: z.boolean().default(true),
      camera_fixed: z.boolean().optional(),
      enable_safety_checker: z.boolean().optional(),
      seed: z.int().min(-1).optional(),
    }),
    cents: ({ duration, generate_audio }) => Math.ceil((generate_audio ? 5.2 : 2.6) * Number(duration) - 1e-9),
  },
};
type Input = { prompt: string; image_url: string; duration: string; end_image_url?: string; generate_audio?: boolean };

/** What failed requests answer, by the code that a test names: a fault of the errors page, or a type of request error. */
const REQUEST_ERRORS: Record<string, number> = {
  request_timeout: 504,
  startup_timeout: 504,
  runner_disconnected: 503,
  runner_server_error: 500,
};

/** Stands in for fal's queue: routes `submit`, `poll` (status), `result`, `cancel` and `clip`. */
export async function startFal(options: FalFakeOptions): Promise<StandIn> {
  const { keys, schedule = { polls: 4 }, callbacks = true } = options;
  const books = createBooks(keys);
  const cancelled = new Set<string>();
  const apps = new Map<string, string>();
  const secretOf = (name: string) => [...books.credits.keys()].find((key) => keyName(key) === name) ?? '';
  const jobs = createJobs({
    schedule,
    onEnd(job, code) {
      // "Failed requests that return 5xx status codes are not billed."
      if (code !== undefined && Object.hasOwn(REQUEST_ERRORS, code)) books.refund(secretOf(job.key), job.credits);
      if (callbacks) void callBack(job, code);
    },
  });

  async function callBack({ id, callbackUrl }: Job, code?: string): Promise<void> {
    if (callbackUrl === undefined) return;
    const body = { request_id: id, gateway_request_id: id, status: code === undefined ? 'OK' : 'ERROR', payload: null };
    const status = await fetch(callbackUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(2_000),
    }).then(
      (answer) => answer.status,
      () => 0, // nobody there
    );
    books.report.callbacks.push({ job: id, status });
  }

  /** Runs a handler for a known key; what else is in the header is refused. */
  const checked = (handle: (key: string, asked: Asked) => Answer) => (asked: Asked) => {
    const key = /^Key (.+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? '';
    if (!books.credits.has(key))
      return { status: 401, json: { detail: 'Cannot access application. Authentication is required' } };
    return handle(key, asked);
  };

  const submit = checked((key, asked) => {
    const endpoint = asked.url.pathname.slice(1);
    const model = MODELS[endpoint];
    if (!model) return { status: 404, json: { detail: `Application ${endpoint} not found` } };
    // Without it a request whose runner failed would be run again, and perhaps charged again.
    if (asked.headers['x-fal-no-retry'] !== '1')
      return { status: 400, json: { detail: 'here every request is run once' } };
    // Without it another endpoint might make it, at another price.
    if (asked.headers['x-app-fal-disable-fallback'] !== 'true')
      return { status: 400, json: { detail: 'here every request is run where it was sent' } };
    const parsed = model.input.safeParse(readJson(asked));
    if (!parsed.success)
      return faults(
        parsed.error.issues.map(({ path, message }) => ({ loc: ['body', ...path], msg: message, type: 'value_error' })),
      );
    const input = parsed.data;
    for (const field of ['image_url', 'end_image_url'] as const) {
      const uri = input[field];
      const found = uri === undefined ? undefined : sizeOfDataUri(uri);
      if (found && 'wrong' in found)
        return faults([{ loc: ['body', field], msg: found.wrong, type: 'image_load_error' }]);
    }
    const credits = model.cents(input);
    if (!books.charge(key, credits))
      return {
        status: 403,
        json: { detail: 'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.' },
      };
    const first = sizeOfDataUri(input.image_url);
    const job = jobs.add({
      key: keyName(key),
      scene: input.prompt,
      size: 'wrong' in first ? '' : first.size,
      duration: Number(input.duration),
      credits,
      callbackUrl: asked.url.searchParams.get('fal_webhook') ?? undefined,
      ...(asked.spoiled === undefined ? {} : { spoiled: asked.spoiled }),
    });
    apps.set(job.id, endpoint.split('/').slice(0, 2).join('/'));
    books.report.accepted.push(job);
    return { status: 200, json: { request_id: job.id, gateway_request_id: job.id, ...addresses(job.id) } };
  });

  let origin = '';
  const addresses = (id: string) => {
    const response_url = `${origin}/${apps.get(id)}/requests/${id}`;
    return { response_url, status_url: `${response_url}/status`, cancel_url: `${response_url}/cancel` };
  };

  /** The request, where it is this account's and asked for at its own application. */
  const jobOf = (key: string, { part: id, url }: Asked): Job | undefined => {
    const job = jobs.get(id);
    return job?.key === keyName(key) && url.pathname.startsWith(`/${apps.get(id)}/requests/`) ? job : undefined;
  };
  const gone: Answer = { status: 404, json: { detail: 'Request not found' } };

  const cancel = checked((key, asked) => {
    const job = jobOf(key, asked);
    if (!job) return { status: 404, json: { status: 'NOT_FOUND' } };
    const phase = jobs.look(job.id);
    if (phase?.is === 'done' || phase?.is === 'failed') return { status: 400, json: { status: 'ALREADY_COMPLETED' } };
    cancelled.add(job.id);
    books.report.cancelled.push(job.id);
    jobs.fail('client_cancelled', job.id);
    return { status: 202, json: { status: 'CANCELLATION_REQUESTED' } };
  });

  return startStandIn(
    (url) => {
      const clips = createClips(url);
      const poll = checked((key, asked) => {
        origin = url();
        const job = jobOf(key, asked);
        const phase = job && jobs.look(job.id);
        if (!job || !phase) return gone;
        return {
          status: phase.is === 'done' || phase.is === 'failed' ? 200 : 202,
          json: { request_id: job.id, ...addresses(job.id), ...told(phase) },
        };
      });
      const result = checked((key, asked) => {
        const job = jobOf(key, asked);
        const phase = job && jobs.look(job.id);
        if (!job || !phase) return gone;
        if (phase.is === 'failed') return failed(phase.code);
        if (phase.is !== 'done') return { status: 400, json: { detail: 'Request is still in progress' } };
        return { status: 200, json: { video: { url: clips.urlOf(job), content_type: 'video/mp4' } } };
      });
      return [
        { name: 'poll', method: 'GET', path: /^\/.+\/requests\/([^/]+)\/status$/, handle: poll },
        { name: 'result', method: 'GET', path: /^\/.+\/requests\/([^/]+)$/, handle: result },
        { name: 'cancel', method: 'PUT', path: /^\/.+\/requests\/([^/]+)\/cancel$/, handle: cancel },
        {
          name: 'submit',
          method: 'POST',
          path: /^\/[\w-]+\/.+$/,
          handle(asked) {
            origin = url();
            return submit(asked);
          },
        },
        clips.route,
      ];
    },
    { books, jobs },
  );
}

function told(phase: Phase): object {
  switch (phase.is) {
    case 'held':
    case 'waiting':
      return { status: 'IN_QUEUE', queue_position: 1 };
    case 'rendering':
      return { status: 'IN_PROGRESS', logs: null };
    default:
      return { status: 'COMPLETED', logs: null, metrics: { inference_time: 12.5 } };
  }
}

function failed(code: string): Answer {
  if (code === 'client_cancelled') return { status: 499, json: { detail: 'Request was cancelled', error_type: code } };
  const status = Object.hasOwn(REQUEST_ERRORS, code) ? REQUEST_ERRORS[code] : undefined;
  if (status !== undefined) return { status, json: { detail: 'Something about this request', error_type: code } };
  const [type = code, field = 'prompt'] = code.split(':');
  return faults([{ loc: ['body', field], msg: 'Something about this request', type }]);
}

const faults = (detail: { loc: PropertyKey[]; msg: string; type: string }[]): Answer => ({
  status: 422,
  json: { detail },
});

function readJson({ headers, body }: Asked): unknown {
  if (headers['content-type'] !== 'application/json') return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
