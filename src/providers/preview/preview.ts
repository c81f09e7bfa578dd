import { randomUUID } from 'node:crypto';
import { accessSync, constants, createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../task/failure.ts';
import type { Capabilities, Provider, SubmitInput, Submitted, Verdict } from '../provider.ts';
import { ffmpegArgs } from './command.ts';
import { drawMark } from './mark.ts';
import { decodePicture } from './picture.ts';
import { type Render, startRender } from './render.ts';

export interface PreviewDeps {
  /** The ffmpeg to run (see `findFfmpeg`). */
  ffmpeg: string;
  /** For unfinished and unfetched clips. Belongs to this process alone: what lies in it is deleted. */
  scratchDir: string;
  log?: { warn(fields: object, message: string): void };
  /** Renders at once; the machine's cores by default. */
  cores?: number;
  /** A render that finishes no frame for so long is killed, in milliseconds. */
  stallMs?: number;
}

const RENDER_STALL_MS = 120_000;
const RETRY_WHEN_BUSY_MS = 1_000;

type Job =
  | { state: 'rendering'; render: Render; ended: Promise<void> }
  | { state: 'done' }
  | { state: 'failed'; failure: Failure };

/**
 * The provider that needs no key and no network: moves a camera over the picture as the scene says and marks the clip
 * as a preview. The same picture, scene, motion, seed and length make the same bytes on the same machine. A job that
 * this process does not know, or that was interrupted from outside, is `lost`.
 */
export function createPreview({ ffmpeg, scratchDir, log, cores, stallMs = RENDER_STALL_MS }: PreviewDeps): Provider {
  mkdirSync(scratchDir, { recursive: true });
  for (const left of readdirSync(scratchDir)) rmSync(join(scratchDir, left), { recursive: true, force: true });
  // A folder that is there already may be somebody else's.
  accessSync(scratchDir, constants.W_OK);

  const capabilities: Capabilities = {
    sizes: [
      { width: 1280, height: 720 },
      { width: 720, height: 1280 },
    ],
    durations: [5, 10],
    maxSceneChars: 1000,
    minPollMs: 250,
    concurrency: Math.max(1, cores ?? availableParallelism()),
    paid: false,
    local: true,
  };
  const jobs = new Map<string, Job>();
  let busy = 0;
  let closed = false;
  let mark: Promise<Buffer> | undefined;

  const pictureFile = (jobId: string) => join(scratchDir, `${jobId}.rgb`);
  const clipFile = (jobId: string) => join(scratchDir, `${jobId}.mp4`);
  const remove = async (...files: string[]) => {
    for (const file of files) {
      await rm(file, { force: true }).catch((error) =>
        log?.warn({ error: String(error) }, 'scratch could not be deleted'),
      );
    }
  };

  async function begin(input: SubmitInput, signal: AbortSignal): Promise<Submitted> {
    const pixels = await decodePicture(input.picture, input.size);
    if (!pixels) return { outcome: 'refused', failure: { class: 'bad-picture', picture: { problem: 'truncated' } } };
    const jobId = randomUUID();
    try {
      mark ??= drawMark();
      const feed = await mark;
      await writeFile(pictureFile(jobId), pixels);
      if (closed || signal.aborted) throw new Error('stopped before it began');
      const { args, frames } = ffmpegArgs(input, { picture: pictureFile(jobId), clip: clipFile(jobId) });
      const render = startRender({ ffmpeg, args, frames, feed, stallMs });
      jobs.set(jobId, { state: 'rendering', render, ended: settle(jobId, render) });
      return { outcome: 'accepted', jobId };
    } catch (error) {
      await remove(pictureFile(jobId));
      if (closed || signal.aborted) return { outcome: 'refused', failure: { class: 'transient' } };
      log?.warn({ error: String(error) }, 'the preview could not begin to render');
      return { outcome: 'refused', failure: brokenBy(String(error)) };
    }
  }

  /** Waits for a render's end and notes it. Never rejects. */
  async function settle(jobId: string, render: Render): Promise<void> {
    const failed = await render.ended;
    busy -= 1;
    await remove(pictureFile(jobId), ...(failed ? [clipFile(jobId)] : []));
    if (!failed) jobs.set(jobId, { state: 'done' });
    else if (failed.reason === 'killed' || failed.reason === 'interrupted') jobs.delete(jobId);
    else {
      jobs.set(jobId, { state: 'failed', failure: brokenBy(failed.detail) });
      log?.warn({ jobId, reason: failed.reason, detail: failed.detail }, 'a preview could not be rendered');
    }
  }

  async function drop(jobId: string): Promise<void> {
    const job = jobs.get(jobId);
    if (job?.state === 'rendering') {
      job.render.kill();
      await job.ended;
    }
    if (jobs.delete(jobId)) await remove(clipFile(jobId));
  }

  return {
    name: 'preview',
    capabilities,
    async submit(input, signal) {
      check(input, capabilities);
      if (closed || signal.aborted) return { outcome: 'refused', failure: { class: 'transient' } };
      if (busy >= capabilities.concurrency) {
        return { outcome: 'refused', failure: { class: 'transient' }, retryAfterMs: RETRY_WHEN_BUSY_MS };
      }
      busy += 1;
      let accepted = false;
      try {
        const submitted = await begin(input, signal);
        accepted = submitted.outcome === 'accepted';
        return submitted;
      } finally {
        if (!accepted) busy -= 1;
      }
    },
    async poll(jobId): Promise<Verdict> {
      const job = jobs.get(jobId);
      if (!job) return { state: 'lost' };
      if (job.state === 'rendering') return { state: 'rendering', progress: job.render.progress() };
      if (job.state === 'failed') return { state: 'failed', failure: job.failure };
      return { state: 'succeeded', open: async (signal) => createReadStream(clipFile(jobId), { signal }) };
    },
    /** Stops the render and drops whatever there is of the clip. */
    cancel: drop,
    release: drop,
    async close() {
      closed = true;
      await Promise.all([...jobs.keys()].map(drop));
    },
  };
}

/** What this machine could not do, from what it said. */
function brokenBy(said: string): Failure {
  return /ENOSPC|No space left/.test(said) ? { class: 'broken', why: 'disk-full' } : { class: 'broken' };
}

function check(input: SubmitInput, { sizes, durations, maxSceneChars }: Capabilities): void {
  const { size, duration, scene, motion, seed } = input;
  const wrong = [
    !sizes.some(({ width, height }) => width === size.width && height === size.height) && 'size',
    !durations.includes(duration) && 'duration',
    scene.length > maxSceneChars && 'scene',
    !(motion >= 1 && motion <= 10) && 'motion',
    !(Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff) && 'seed',
  ].filter(Boolean);
  if (wrong.length > 0) throw new RangeError(`Beyond what the preview can do: ${wrong.join(', ')}.`);
}
