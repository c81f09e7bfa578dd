import { mkdir, mkdtemp } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import type { BucketConfig } from '../../src/settings/object-storage.ts';
import { freePort } from '../bench/free-port.ts';
import { programOnPath } from './program-on-path.ts';
import { createServerProcess, type ServerProcess } from './server-process.ts';

/** An object storage of one's own, with one bucket, on a folder and a port that it keeps through kills and starts. */
export interface S3Server extends Pick<ServerProcess, 'kill' | 'pause' | 'resume' | 'start' | 'close'> {
  bucket: BucketConfig;
  /** For the program that uses it. */
  settings: Record<string, string>;
}

const BUCKET = 'kinora';
const KEY = { accessKeyId: 'AKIATESTOFKINORA', secretAccessKey: 'secret-of-the-test/with+signs=' };

/**
 * versitygw, which keeps objects as files and is as strict with signatures, clocks and ranges as S3: on the PATH, or where
 * `go install` puts it. Undefined: there is none.
 */
export const findS3Program = (): string | undefined => programOnPath(['versitygw'], [join(homedir(), 'go', 'bin')]);

/** Throws where no program can be had, or it does not answer. */
export async function startS3Server(how: { program?: string; versions?: boolean } = {}): Promise<S3Server> {
  const program = how.program ?? findS3Program();
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
  const { accessKeyId, secretAccessKey } = KEY;
  const own = ['--port', `127.0.0.1:${port}`, '--access', accessKeyId, '--secret', secretAccessKey];
  const args = [...own, '--keep-alive', '--quiet', 'posix', ...kept, objects];

  const server: S3Server = {
    ...createServerProcess({ program, args, dir, greet: () => fetch(endpoint) }),
    bucket: { bucket: BUCKET, prefix: 'test/', region: 'us-east-1', endpoint, pathStyle: true, credentials: KEY },
    settings: {
      BLOBS: `s3://${BUCKET}/test`,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: KEY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
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
