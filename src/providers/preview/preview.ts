import { randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Decoder } from '../../media/pictures/decoder/decoder.ts';
import type { Failure } from '../../task/failure.ts';
import { removeFolder } from '../../util/remove-folder.ts';
import { NoRoom } from '../../util/semaphore.ts';
import { checkInput } from '../check-input.ts';
import type { Capabilities, Provider, SubmitInput, Submitted, Verdict } from '../provider.ts';
import { CAPABILITIES } from './capabilities.ts';
import { ffmpegArgs } from './command.ts';
import { readMark } from './mark.ts';
import { parseScene } from './parse-scene.ts';
import { decodePicture } from './picture.ts';
import { type Render, startRender } from './render.ts';

export interface PreviewDeps {
  /** The ffmpeg to run (see `findFfmpeg`). */
  ffmpeg: string;
  /** For unfinished and unfetched clips. Belongs to this process alone: what lies in it is deleted. */
  scratchDir: string;
  decoder: Pick<Decoder, 'convert'>;
  log?: { warn(fields: object, message: string): void };
  /** Renders at once; the machine's cores by default. */
  cores?: number;
  /** A render that finishes no frame for so long is killed, in milliseconds. */
  stallMs?: number;
}

const RENDER_STALL_MS = 120_000;
/** Many renders go on, or many pictures wait to be decoded. */
const BUSY: Submitted = { outcome: 'refused', failure: { type: 'transient' }, retryAfterMs: 1_000 };

type Job =
  | { type: 'rendering'; render: Render; ended: Promise<void> }
  | { type: 'done' }
  | { type: 'failed'; failure: Failure };

/**
 * The provider that needs no key and no network: moves a camera over the picture as the scene says and marks the clip
 * as a preview. The same picture, scene, motion, seed and length make the same bytes on the same machine. A job that
 * this process does not know, or that was interrupted from outside, is `lost`.
 */
export async function createPreview(deps: PreviewDeps): Promise<Provider> {
  const { ffmpeg, scratchDir, decoder, log, cores, stallMs = RENDER_STALL_MS } = deps;
  await mkdir(scratchDir, { recursive: true });
  for (const left of await readdir(scratchDir)) await removeFolder(join(scratchDir, left));
  // A folder that is there already may belong to another user.
  await access(scratchDir, constants.W_OK);

  const capabilities: Capabilities = { ...CAPABILITIES, concurrency: cores ?? CAPABILITIES.concurrency };
  const jobs = new Map<string, Job>();
  let busy = 0;
  let closed = false;
  let mark: Promise<Uint8Array> | undefined;

  const clipFile = (jobId: string) => join(scratchDir, `${jobId}.mp4`);
  // What nobody needs once it is rendered: an ffmpeg that outlives us for a moment finds it gone, and leaves nothing behind.
  const workDir = (jobId: string) => join(scratchDir, jobId);
  const glimpseFile = (jobId: string) => join(workDir(jobId), 'glimpse.jpg');
  const remove = async (...files: string[]) => {
    for (const file of files) {
      await rm(file, { force: true, recursive: true }).catch((error) =>
        log?.warn({ error: String(error) }, 'scratch could not be deleted'),
      );
    }
  };

  async function begin(input: SubmitInput, signal: AbortSignal): Promise<Submitted> {
    const { size, lastPicture } = input;
    const picture = await decodePicture(input.picture, { size, decoder });
    if (!picture) return unreadable();
    const last = lastPicture && (await decodePicture(lastPicture, { size, decoder }));
    if (lastPicture && !last) return unreadable('last');
    const jobId = randomUUID();
    try {
      mark ??= readMark(decoder).catch((error: unknown) => {
        mark = undefined;
        throw error;
      });
      const feed = await mark;
      const files = {
        picture: join(workDir(jobId), 'picture.rgb'),
        last: join(workDir(jobId), 'last.rgb'),
        clip: clipFile(jobId),
        glimpse: glimpseFile(jobId),
      };
      await mkdir(workDir(jobId));
      await writeFile(files.picture, picture.bytes);
      if (last) await writeFile(files.last, last.bytes);
      if (closed || signal.aborted) throw new Error('stopped before it began');
      const { args, frames } = ffmpegArgs(input, { first: picture, last }, files);
      const render = startRender({ ffmpeg, args, frames, feed, stallMs });
      jobs.set(jobId, { type: 'rendering', render, ended: settle(jobId, render) });
      return { outcome: 'accepted', jobId };
    } catch (error) {
      await remove(workDir(jobId));
      if (closed || signal.aborted) return { outcome: 'refused', failure: { type: 'transient' } };
      if (error instanceof NoRoom) throw error;
      log?.warn({ error: String(error) }, 'the preview could not begin to render');
      return { outcome: 'refused', failure: brokenBy(String(error)) };
    }
  }

  /** Waits for a render's end and notes it. Never rejects. */
  async function settle(jobId: string, render: Render): Promise<void> {
    const failed = await render.ended;
    busy -= 1;
    await remove(workDir(jobId), ...(failed ? [clipFile(jobId)] : []));
    if (!failed) jobs.set(jobId, { type: 'done' });
    else if (failed.reason === 'killed' || failed.reason === 'interrupted') jobs.delete(jobId);
    else {
      jobs.set(jobId, { type: 'failed', failure: brokenBy(failed.detail) });
      log?.warn({ jobId, reason: failed.reason, detail: failed.detail }, 'a preview could not be rendered');
    }
  }

  async function drop(jobId: string): Promise<void> {
    const job = jobs.get(jobId);
    if (job?.type === 'rendering') {
      job.render.kill();
      await job.ended;
    }
    if (jobs.delete(jobId)) await remove(clipFile(jobId));
  }

  return {
    name: 'preview',
    capabilities,
    understood: parseScene,
    async submit(input, signal) {
      checkInput(input, capabilities);
      if (closed || signal.aborted) return { outcome: 'refused', failure: { type: 'transient' } };
      if (busy >= capabilities.concurrency) return BUSY;
      busy += 1;
      let accepted = false;
      try {
        const submitted = await begin(input, signal);
        accepted = submitted.outcome === 'accepted';
        return submitted;
      } catch (error) {
        if (error instanceof NoRoom) return BUSY;
        throw error;
      } finally {
        if (!accepted) busy -= 1;
      }
    },
    async poll(jobId): Promise<Verdict> {
      const job = jobs.get(jobId);
      if (!job) return { outcome: 'lost' };
      if (job.type === 'rendering') return { outcome: 'rendering', progress: job.render.progress() };
      if (job.type === 'failed') return { outcome: 'failed', failure: job.failure };
      return { outcome: 'succeeded', open: async (signal) => createReadStream(clipFile(jobId), { signal }) };
    },
    async glimpse(jobId) {
      return jobs.get(jobId)?.type === 'rendering' ? readFile(glimpseFile(jobId)).catch(() => undefined) : undefined;
    },
    /** Stops the render and drops the clip, as far as there is one. */
    cancel: drop,
    release: drop,
    async close() {
      closed = true;
      await Promise.all([...jobs.keys()].map(drop));
    },
  };
}

const unreadable = (which?: 'last'): Submitted => ({
  outcome: 'refused',
  failure: { type: 'bad-picture', picture: { type: 'truncated' }, which },
});

/** A failure of this machine, from its own words. */
function brokenBy(said: string): Failure {
  return /ENOSPC|No space left/.test(said) ? { type: 'broken', why: 'disk-full' } : { type: 'broken' };
}
