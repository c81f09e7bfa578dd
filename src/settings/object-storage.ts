import { z } from 'zod';
import { word } from './fields.ts';
import { setting, type Values } from './setting.ts';

/** Where pictures and clips are kept in object storage, and how it is reached. */
export interface BucketConfig {
  bucket: string;
  /** What the names of all objects begin with: empty, or with a slash at its end. */
  prefix: string;
  region: string;
  /** Its service, as a URL. */
  endpoint: string;
  /** The bucket's name stands in the path, and not in the host's name. */
  pathStyle: boolean;
  /** Absent: what the machine has by itself, as a role or a file of credentials. Secret. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** As https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html has it; older ones may have capitals. */
const BLOBS = /^s3:\/\/([A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9])(?:\/([\w!*'().-]+(?:\/[\w!*'().-]+)*)?\/?)?$/;
const BLOBS_RULE = 'must be `s3://bucket` or `s3://bucket/prefix`';

/** Pictures and clips in object storage: nothing of this is looked at where BLOBS is not set. */
export const objectStorage = {
  BLOBS: setting(word().regex(BLOBS, BLOBS_RULE).optional(), {
    says: "`s3://bucket/prefix`: new pictures and clips are kept in that bucket, at Amazon or whatever else speaks S3; several processes share it. The bucket's prefix belongs to one record: a copy of the record wants another",
    unset: 'they are with the record',
  }),
  CLIP_URLS: setting(z.enum(['bot', 'signed']).default('bot'), {
    says: "`signed`: a clip's own page has the video come straight from the bucket, by an address that ends after ten minutes; `bot`: by this program",
  }),
  BLOBS_PATH_STYLE: setting(z.enum(['yes', 'no']).optional(), {
    says: "whether the bucket's name stands in the path of addresses, and not in the host's name",
    unset: '`yes` where an endpoint is set, else `no`',
  }),
  AWS_REGION: setting(word().optional(), {
    says: 'the region of the bucket',
    unset: '`us-east-1` where an endpoint is set',
  }),
  AWS_ENDPOINT_URL_S3: setting(word().optional(), {
    says: 'the service that the bucket is at, where it is not Amazon: `https://s3.example.org`',
  }),
  AWS_ENDPOINT_URL: setting(word().optional(), { says: 'the same, under the name that other programs share' }),
  AWS_ACCESS_KEY_ID: setting(word().optional(), {
    says: 'the key that may read, write, list and delete in the bucket',
    unset: 'the role of the machine, or the file of credentials that is usual with AWS',
    secret: true,
  }),
  AWS_SECRET_ACCESS_KEY: setting(word().optional(), { says: 'its secret', secret: true }),
  AWS_SESSION_TOKEN: setting(word().optional(), { says: 'the token of a key that is for a while', secret: true }),
};

type Given = Values<typeof objectStorage>;

/** What the settings say of the bucket; undefined where there is none. What is amiss goes to `wrong`. */
export function bucketOf(given: Given, publicUrl: string | undefined, wrong: string[]): BucketConfig | undefined {
  const [, bucket, prefix] = BLOBS.exec(given.BLOBS ?? '') ?? [];
  const isSigned = given.CLIP_URLS === 'signed';
  if (bucket === undefined) {
    if (isSigned)
      wrong.push('CLIP_URLS: signed is for clips in object storage: set BLOBS=s3://bucket/prefix, or take it out');
    return undefined;
  }
  const endpoint = given.AWS_ENDPOINT_URL_S3 ?? given.AWS_ENDPOINT_URL;
  const region = given.AWS_REGION ?? (endpoint === undefined ? undefined : 'us-east-1');
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = given;
  if (endpoint !== undefined && !isService(endpoint))
    wrong.push('AWS_ENDPOINT_URL_S3: must be an address like https://s3.example.org');
  else if (region === undefined)
    wrong.push('AWS_REGION: is needed where BLOBS is set: the region that the bucket is in');
  else if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    wrong.push('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: set both, or neither');
  else if (isSigned && publicUrl?.startsWith('https:') && endpoint?.startsWith('http:'))
    wrong.push(
      'CLIP_URLS: signed wants an AWS_ENDPOINT_URL_S3 that begins with https, as PUBLIC_URL does: browsers mix no others in',
    );
  else
    return {
      bucket,
      prefix: prefix === undefined ? '' : `${prefix}/`,
      region,
      endpoint: endpoint ?? `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`,
      pathStyle: (given.BLOBS_PATH_STYLE ?? (endpoint === undefined ? 'no' : 'yes')) === 'yes',
      credentials:
        accessKeyId === undefined || secretAccessKey === undefined
          ? undefined
          : { accessKeyId, secretAccessKey, sessionToken },
    };
  return undefined;
}

const isService = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Where a bucket's objects are: signed addresses begin so. As the client makes them, it is the host's name if that can be one. */
export function originOf({ bucket, endpoint, pathStyle }: BucketConfig): string {
  const url = new URL(endpoint);
  if (!pathStyle && /^[a-z0-9-]+$/.test(bucket)) url.host = `${bucket}.${url.host}`;
  return url.origin;
}

/** A bucket and what is before the names in it, for people. */
export const nameOf = ({ bucket, prefix, endpoint }: BucketConfig): string =>
  `s3://${bucket}/${prefix} at ${new URL(endpoint).host}`;
