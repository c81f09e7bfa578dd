import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Provider, SubmitInput, Verdict } from '../../../src/providers/provider.ts';

export const never = () => new AbortController().signal;

/** Submits, and throws where that is not accepted. */
export async function start(provider: Provider, input: SubmitInput): Promise<string> {
  const submitted = await provider.submit(input, never());
  if (submitted.outcome !== 'accepted') throw new Error(`was not accepted: ${JSON.stringify(submitted)}`);
  return submitted.jobId;
}

/** Polls until the verdict is one that was asked for; gives every progress told on the way. */
export async function pollUntil(
  provider: Provider,
  jobId: string,
  enough: (verdict: Verdict) => boolean = ({ state }) => state !== 'rendering',
): Promise<{ verdict: Verdict; told: number[] }> {
  const told: number[] = [];
  for (;;) {
    const verdict = await provider.poll(jobId, never());
    if (verdict.state === 'rendering') told.push(verdict.progress ?? 0);
    if (enough(verdict)) return { verdict, told };
    if (verdict.state !== 'rendering') throw new Error(`is ${verdict.state}`);
    await delay(20);
  }
}

/** The bytes of a clip that is made now. */
export async function render(provider: Provider, input: SubmitInput): Promise<{ clip: Buffer; told: number[] }> {
  const jobId = await start(provider, input);
  const { verdict, told } = await pollUntil(provider, jobId);
  if (verdict.state !== 'succeeded') throw new Error(`is ${verdict.state}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await verdict.open(never())) chunks.push(chunk);
  await provider.release?.(jobId);
  return { clip: Buffer.concat(chunks), told };
}

/** Writes a shell script that stands in for ffmpeg. */
export async function script(dir: string, name: string, lines: string): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, `#!/bin/sh\n${lines}\n`);
  await chmod(path, 0o755);
  return path;
}
