import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { agentFor } from '../../net/agents.ts';
import type { Network } from '../../net/network.ts';
import { type BucketConfig, nameOf, originOf } from '../../settings/object-storage.ts';
import { withDeadline } from '../../util/with-deadline.ts';
import { StoreUnavailable } from '../store.ts';
import { isGone, plain } from './errors.ts';

const CONNECT_MS = 5_000;
/** Nothing moves on a connection for so long: it is dead. */
const SILENT_MS = 15_000;
/** A call with its repetitions. A part takes as long as the way out is slow: 8 MB at half a megabit a second. */
const CALL_MS = 20_000;
const PART_MS = 150_000;
/** A person waits for it, and what was not removed is removed later. */
const REMOVE_MS = 4_000;
/** Of one call, with a back-off between. */
const TRIES = 3;
/** At once; what comes after waits. */
const CONNECTIONS = 64;

/** What an object is said to be, for whoever opens it. */
export interface ObjectType {
  type: string;
  /** As `Content-Disposition` has it. */
  disposition: string;
}

/** Bytes of an object. */
export interface Read {
  bytes: Uint8Array;
  /** The bucket keeps what is overwritten or deleted there, under versions. */
  isVersion: boolean;
}

/** A page of what is there, and where the next one begins. */
interface Listed<T> {
  found: T[];
  next?: string;
}

export type Bucket = ReturnType<typeof openBucket>;

/** A part of an upload that was taken. */
export type Part = { PartNumber: number; ETag: string | undefined };

/**
 * One bucket, as calls with an end each. What they throw is `StoreUnavailable`, in a sentence without any secret. Keys are
 * those below the prefix. Opening calls nothing.
 */
export function openBucket(config: BucketConfig, network: Network) {
  const { bucket: Bucket, prefix, region, endpoint, pathStyle: forcePathStyle, credentials } = config;
  const origin = originOf(config);
  const place = { bucket: Bucket, host: new URL(endpoint).host };
  const pool = { keepAlive: true, maxSockets: CONNECTIONS };
  const agent = agentFor(network, new URL(origin), pool) ?? pool;
  const client = new S3Client({
    region,
    endpoint,
    forcePathStyle,
    credentials,
    maxAttempts: TRIES,
    // Many services that speak S3 know no checksums at the end of a body. Each body is in memory, so its hash is signed.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      httpAgent: agent,
      httpsAgent: agent,
      // A pool that is full says so by itself: calls wait for it with a deadline.
      socketAcquisitionWarningTimeout: PART_MS,
    },
    logger: NO_LOG,
  });
  const at = (key: string) => ({ Bucket, Key: prefix + key });
  const below = (key: string): string => key.slice(prefix.length);

  async function call<T>(work: (signal: AbortSignal) => Promise<T>, ms = CALL_MS): Promise<T> {
    try {
      // Raced, since not all of a call heeds the signal: where a role gives the key, that is asked for without any end.
      return await withDeadline(ms, undefined, (signal) => Promise.race([work(signal), aborted(signal)]));
    } catch (error) {
      throw plain(error, place);
    }
  }

  /** The same; undefined where there is no such thing. */
  const callIfThere = <T>(work: (signal: AbortSignal) => Promise<T>, ms?: number): Promise<T | undefined> =>
    call((signal) => work(signal).catch((error) => (isGone(error) ? undefined : Promise.reject(error))), ms);

  return {
    where: nameOf(config),

    /** Says whether the bucket keeps versions. */
    async put(key: string, bytes: Uint8Array, { type, disposition }: ObjectType): Promise<boolean> {
      const what = { ...at(key), Body: bytes, ContentType: type, ContentDisposition: disposition };
      const { VersionId } = await call(
        (abortSignal) => client.send(new PutObjectCommand(what), { abortSignal }),
        PART_MS,
      );
      return isVersion(VersionId);
    },

    /** An upload in parts, of which nothing stands before `complete`. */
    async begin(key: string, { type, disposition }: ObjectType): Promise<string> {
      const what = { ...at(key), ContentType: type, ContentDisposition: disposition };
      const begun = await call((abortSignal) => client.send(new CreateMultipartUploadCommand(what), { abortSignal }));
      return begun.UploadId ?? '';
    },
    async part(key: string, UploadId: string, PartNumber: number, Body: Uint8Array): Promise<Part> {
      const what = { ...at(key), UploadId, PartNumber, Body };
      const { ETag } = await call((abortSignal) => client.send(new UploadPartCommand(what), { abortSignal }), PART_MS);
      return { PartNumber, ETag };
    },
    async complete(key: string, UploadId: string, Parts: Part[]): Promise<void> {
      const what = { ...at(key), UploadId, MultipartUpload: { Parts } };
      await call((abortSignal) => client.send(new CompleteMultipartUploadCommand(what), { abortSignal }), PART_MS);
    },
    async abort(key: string, UploadId: string): Promise<void> {
      const what = { ...at(key), UploadId };
      await callIfThere((abortSignal) => client.send(new AbortMultipartUploadCommand(what), { abortSignal }));
    },

    /** Bytes `start` to `end`, exclusive, as far as there are so many, which has to be one at least; undefined where it is gone. */
    get: (key: string, { start, end }: { start: number; end: number }): Promise<Read | undefined> =>
      callIfThere(async (abortSignal) => {
        const what = { ...at(key), Range: `bytes=${start}-${end - 1}` };
        const got = await client.send(new GetObjectCommand(what), { abortSignal });
        const giveUp = () => endBody(got);
        abortSignal.addEventListener('abort', giveUp, { once: true });
        const isRange = got.$metadata.httpStatusCode === 206 || start === 0;
        if (!isRange || (got.ContentLength ?? 0) > end - start) {
          giveUp();
          throw new StoreUnavailable(
            `${place.host} gives other bytes than it is asked for: it has to know the header Range, as S3 does.`,
          );
        }
        const bytes = await got.Body?.transformToByteArray();
        return bytes && { bytes, isVersion: isVersion(got.VersionId) };
      }),

    async remove(key: string): Promise<void> {
      await callIfThere((abortSignal) => client.send(new DeleteObjectCommand(at(key)), { abortSignal }), REMOVE_MS);
    },

    /** Keys that begin so. */
    async list(start: string, { next, limit }: { next?: string; limit?: number } = {}): Promise<Listed<string>> {
      const what = { Bucket, Prefix: prefix + start, ContinuationToken: next, MaxKeys: limit };
      const page = await call((abortSignal) => client.send(new ListObjectsV2Command(what), { abortSignal }));
      const found = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : below(Key)));
      return { found, next: page.IsTruncated ? page.NextContinuationToken : undefined };
    },

    /** Uploads that were begun and not completed, whose keys begin so; the first thousand. */
    async unfinished(start: string): Promise<{ key: string; id: string }[]> {
      const what = { Bucket, Prefix: prefix + start };
      const page = await call((abortSignal) => client.send(new ListMultipartUploadsCommand(what), { abortSignal }));
      return (page.Uploads ?? []).flatMap(({ Key, UploadId }) =>
        Key === undefined || UploadId === undefined ? [] : { key: below(Key), id: UploadId },
      );
    },

    /** An address that anybody may read the object at for so long. */
    sign: (key: string, { type, disposition }: ObjectType, expiresIn: number): Promise<string> =>
      call(() => {
        const what = { ...at(key), ResponseContentType: type, ResponseContentDisposition: disposition };
        // The service's time, as far as calls have told it: where this machine's is off, it would take no address.
        const signingDate = new Date(Date.now() + client.config.systemClockOffset);
        return getSignedUrl(client, new GetObjectCommand(what), { expiresIn, signingDate });
      }),

    close: () => client.destroy(),
  };
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/** Of what was put where versions are not kept any more, there is one alone, and it goes. */
const isVersion = (id: string | undefined): boolean => id !== undefined && id !== 'null';

/** A body that nobody reads holds its connection. */
function endBody({ Body }: GetObjectCommandOutput): void {
  if (Body instanceof Readable) Body.destroy();
}

const nothing = () => {};
const NO_LOG = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
