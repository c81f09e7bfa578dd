import { keyName } from '../../src/providers/http/key-ring.ts';
import { sha256 } from '../../src/util/hash.ts';
import { createBooks } from './books.ts';
import { createClips } from './clips.ts';
import { createJobs, type Job, type Phase, type Schedule } from './jobs.ts';
import type { Answer } from './misbehave.ts';
import { sizeOfDataUri } from './picture.ts';
import { bodyIssues, type Issue, parameterIssues, readBody } from './runway-rules.ts';
import { type Asked, type StandIn, startStandIn } from './stand-in.ts';

export interface RunwayFakeOptions {
  /** Credits by key; each key is an organization of its own. */
  keys: Record<string, number>;
  schedule?: Schedule;
  /** Tasks that run at once; more are THROTTLED. */
  atOnce?: number;
  /** Tasks a day for each key. */
  daily?: number;
  /** Origin of its clips' addresses, where it is another: a front of it. */
  clipsAt?: string;
}

/** Silent, and with sound. */
const CREDITS_PER_SECOND: Record<string, [number, number]> = {
  gen4_turbo: [5, 5],
  'gen4.5': [12, 12],
  'veo3.1': [20, 40],
  'veo3.1_fast': [10, 15],
};
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Stands in for Runway, by the vendor's own description: routes `submit`, `poll`, `cancel`, `organization`, `clip`. */
export async function startRunway(options: RunwayFakeOptions): Promise<StandIn> {
  const { keys, schedule = { polls: 4 }, atOnce, daily = 200, clipsAt } = options;
  const books = createBooks(keys);
  const secretOf = (name: string) => [...books.credits.keys()].find((key) => keyName(key) === name) ?? '';
  const jobs = createJobs({
    schedule,
    ...(atOnce === undefined ? {} : { atOnce }),
    onEnd: (job, code) => code !== undefined && books.refund(secretOf(job.key), job.credits),
  });

  /** Runs a handler for a known key and a call that the description allows. */
  const checked = (path: string, method: string, handle: (key: string, asked: Asked) => Answer) => (asked: Asked) => {
    const key = /^Bearer (.+)$/.exec(asked.headers.authorization ?? '')?.[1] ?? '';
    if (!books.credits.has(key)) return { status: 401, json: { error: 'Unauthorized' } };
    const issues = parameterIssues(path, method, asked);
    return issues.length > 0 ? invalid('parameters', issues) : handle(key, asked);
  };

  const submit = checked('/v1/image_to_video', 'post', (key, asked) => {
    if (asked.body.length > MAX_BODY_BYTES) return { status: 413, json: { error: 'Too large' } };
    const issues = bodyIssues('/v1/image_to_video', 'post', asked);
    if (issues.length > 0) return invalid('body', issues);
    const { model, promptImage, promptText = '', ratio, duration = 10, audio = true } = readBody(asked);
    const size = ratio.replace(':', 'x');
    const images = typeof promptImage === 'string' ? [{ uri: promptImage, position: 'first' }] : promptImage;
    const positions = images.map(({ position }) => position).toSorted();
    // "This model does not support generating with only a last frame."
    if (!['first', 'first,last'].includes(positions.join()))
      return invalid('body', [{ code: 'custom', path: ['promptImage'], message: positions.join() }]);
    for (const { uri } of images) {
      const found = sizeOfDataUri(uri);
      // The real one would cut it to the ratio; ours must already have it.
      if ('wrong' in found) return invalid('body', [{ code: 'custom', path: ['promptImage'], message: found.wrong }]);
      if (found.size !== size) return invalid('body', [{ code: 'custom', path: ['promptImage'], message: found.size }]);
    }
    if (books.report.accepted.filter((job) => job.key === keyName(key)).length >= daily)
      return { status: 429, json: { error: 'Your daily task limit has been reached.' } };
    const [silent, loud] = CREDITS_PER_SECOND[model] ?? [0, 0];
    const credits = (audio ? loud : silent) * duration;
    if (!books.charge(key, credits))
      return { status: 400, json: { error: 'You do not have enough credits to run this task.' } };
    const job = jobs.add({
      key: keyName(key),
      scene: promptText,
      size,
      duration,
      credits,
      asked: { model, audio, pictures: images.map(({ uri }) => sha256(uri)) },
      ...(asked.spoiled === undefined ? {} : { spoiled: asked.spoiled }),
    });
    books.report.accepted.push(job);
    return { status: 200, json: { id: job.id, estimatedCost: { credits } } };
  });

  /** The task, where it is this organization's. */
  const taskOf = (key: string, id: string): Job | undefined => {
    const job = jobs.get(id);
    return job?.key === keyName(key) ? job : undefined;
  };
  const gone: Answer = { status: 404, json: { error: 'Not found' } };

  const cancel = checked('/v1/tasks/{id}', 'delete', (key, { part: id }) => {
    const job = taskOf(key, id);
    if (!job) return gone;
    jobs.drop(id);
    books.report.cancelled.push(id);
    return { status: 204 };
  });

  const organization = checked('/v1/organization', 'get', (key) => {
    const limits = { maxConcurrentGenerations: atOnce ?? 2, maxDailyGenerations: daily };
    const used = books.report.accepted.filter((job) => job.key === keyName(key)).length;
    return {
      status: 200,
      json: {
        tier: { maxMonthlyCreditSpend: 10_000, models: { gen4_turbo: limits, 'gen4.5': limits } },
        creditBalance: books.credits.get(key),
        usage: { models: { gen4_turbo: { dailyGenerations: used } } },
      },
    };
  });

  return startStandIn(
    (url) => {
      const clips = createClips(() => clipsAt ?? url());
      const poll = checked('/v1/tasks/{id}', 'get', (key, { part: id }) => {
        const job = taskOf(key, id);
        const phase = job && jobs.look(id);
        if (!job || !phase) return gone;
        return { status: 200, json: { id, createdAt: job.acceptedAt, ...told(phase, job, () => clips.urlOf(job)) } };
      });
      return [
        { name: 'submit', method: 'POST', path: /^\/v1\/image_to_video$/, handle: submit },
        { name: 'poll', method: 'GET', path: /^\/v1\/tasks\/([^/]+)$/, handle: poll },
        { name: 'cancel', method: 'DELETE', path: /^\/v1\/tasks\/([^/]+)$/, handle: cancel },
        { name: 'organization', method: 'GET', path: /^\/v1\/organization$/, handle: organization },
        clips.route,
      ];
    },
    { books, jobs },
  );
}

function told(phase: Phase, { credits }: Job, url: () => string): object {
  const estimatedCost = { credits };
  switch (phase.is) {
    case 'held':
      return { status: 'THROTTLED', estimatedCost };
    case 'waiting':
      return { status: 'PENDING', estimatedCost };
    case 'rendering':
      return { status: 'RUNNING', progress: phase.progress, estimatedCost };
    case 'done':
      return { status: 'SUCCEEDED', output: [url()], cost: { credits } };
    case 'failed':
      return {
        ...{ status: 'FAILED', failure: 'Something about this request', cost: { credits: 0 } },
        ...(phase.code === '' ? {} : { failureCode: phase.code }),
      };
  }
}

const invalid = (what: string, issues: Issue[]): Answer => ({
  status: 400,
  json: { error: `Validation of ${what} failed`, issues, docUrl: 'https://docs.dev.runwayml.com/api' },
});
