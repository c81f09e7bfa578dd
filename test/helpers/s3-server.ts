import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import type { BucketConfig } from '../../src/settings/object-storage.ts';
import { freePort } from '../bench/free-port.ts';
import { watchOver } from './guard.ts';

/** An object storage of one's own, with one bucket, on a folder and a port that it keeps through kills and starts. */
export interface S3Server {
  bucket: BucketConfig;
  /** For the program that uses it. */
  settings: Record<string, string>;
  /** As a power cut would. */
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Starts it anew; resolves once it answers. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

const READY_MS = 30_000;
const BUCKET = 'kinora';
const KEY = { accessKeyId: 'AKIATESTOFKINORA', secretAccessKey: 'secret-of-the-test/with+signs=' };

/**
 * versitygw, which keeps objects as files and is as strict with signatures, clocks and ranges as S3: on the PATH, or where
 * `go install` puts it. Undefined: there is none.
 */
export async function findS3Program(): Promise<string | undefined> {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), join(homedir(), 'go', 'bin')]) {
    const path = join(folder, 'versitygw');
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

/** Throws where no program can be had, or it does not answer. */
export async function startS3Server(how: { program?: string; versions?: boolean } = {}): Promise<S3Server> {
  const program = how.program ?? (await findS3Program());
  if (program === undefined) throw new Error('There is no S3 server on this machine.');
  const dir = await mkdtemp(join(tmpdir(), 'kinora-s3-'));
  // What it knows of objects lies in files beside them: not every folder for temporary files takes extended attributes.
  const [objects, beside] = [join(dir, 'objects'), join(dir, 'beside')];
  await mkdir(join(objects, BUCKET), { recursive: true });
  await mkdir(beside);
  const kept = how.versions ? ['--versioning-dir', join(dir, 'versions')] : ['--sidecar', beside];
  if (how.versions) await mkdir(join(dir, 'versions'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const guard = watchOver(dir);
  let child: ChildProcess | undefined;

  const server: S3Server = {
    bucket: { bucket: BUCKET, prefix: 'test/', region: 'us-east-1', endpoint, pathStyle: true, credentials: KEY },
    settings: {
      BLOBS: `s3://${BUCKET}/test`,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: KEY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
    },
    async start() {
      const { accessKeyId, secretAccessKey } = KEY;
      const own = ['--port', `127.0.0.1:${port}`, '--access', accessKeyId, '--secret', secretAccessKey];
      const started = spawn(program, [...own, '--keep-alive', '--quiet', 'posix', ...kept, objects], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child = started;
      guard.over(started.pid);
      let said = '';
      started.stderr.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-2000);
      });
      await answers(endpoint, () => {
        if (started.exitCode !== null) throw new Error(`${program} ended:\n${said}`);
      });
    },
    async kill() {
      const killed = child;
      child = undefined;
      guard.over(undefined);
      if (!killed || killed.exitCode !== null) return;
      const ended = once(killed, 'exit');
      killed.kill('SIGKILL');
      await ended;
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async close() {
      await server.kill();
      await guard.end();
    },
  };
  try {
    await server.start();
    if (how.versions) await keepVersions(server.bucket);
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}

async function keepVersions({ bucket: Bucket, endpoint, region, credentials }: BucketConfig): Promise<void> {
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  client.destroy();
}

async function answers(endpoint: string, check: () => void): Promise<void> {
  for (const end = performance.now() + READY_MS; ; await delay(50)) {
    check();
    const answer = await fetch(endpoint).catch((error: unknown) => {
      if (performance.now() > end) throw error;
      return undefined;
    });
    if (answer) return;
  }
}
