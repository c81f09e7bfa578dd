import { StoreUnavailable } from '../store.ts';

/** Object storage that takes the settings for wrong: waiting helps nothing. */
export class BucketRefused extends StoreUnavailable {
  override name = 'BucketRefused';
}

/** What versions in a bucket lead to, and what to do. */
export const KEEPS_VERSIONS =
  'this bucket keeps versions, so that what is deleted stays there: turn versioning off and delete the old versions, or have a lifecycle rule delete them';

/** Which bucket, and where, for sentences. */
export interface BucketPlace {
  bucket: string;
  /** The service's name, perhaps with a port. */
  host: string;
}

const RIGHTS =
  's3:ListBucket, s3:ListBucketMultipartUploads, s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload';

/** Codes of S3, https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and of the client for what never left. */
const REFUSALS: Record<string, (place: BucketPlace, region?: string) => string> = {
  NoSuchBucket: ({ bucket, host }) =>
    `There is no bucket ${bucket} at ${host}. Make it there, or name another in BLOBS.`,
  InvalidAccessKeyId: ({ host }) => `${host} does not know the key of AWS_ACCESS_KEY_ID. Take it over from there anew.`,
  SignatureDoesNotMatch: ({ host }) =>
    `${host} does not take AWS_SECRET_ACCESS_KEY, which is not the secret of AWS_ACCESS_KEY_ID. Take both over from there anew.`,
  RequestTimeTooSkewed: ({ host }) =>
    `The clock of this machine is more than 15 minutes off, as ${host} sees it. Set it right, for instance by NTP.`,
  ExpiredToken: ({ host }) => `${host} says that AWS_SESSION_TOKEN has ended. Set a new one, with its key.`,
  InvalidToken: ({ host }) =>
    `${host} does not take AWS_SESSION_TOKEN. Take it out, or set the one that belongs to the key.`,
  AccessDenied: ({ bucket, host }) =>
    `${host} does not let the key of AWS_ACCESS_KEY_ID use the bucket ${bucket}. Give it these rights there: ${RIGHTS}.`,
  PermanentRedirect: otherRegion,
  AuthorizationHeaderMalformed: otherRegion,
  IllegalLocationConstraintException: otherRegion,
  CredentialsProviderError: () =>
    'There is no key for the bucket of BLOBS. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.',
};
/** Nothing is wrong with the settings, and still it does not work. */
const TROUBLES: Record<string, (place: BucketPlace) => string> = {
  InvalidObjectState: ({ bucket }) =>
    `Objects of the bucket ${bucket} were moved to an archive, where nobody can read them. Restore them there, and take out the lifecycle rule that moves them.`,
  QuotaExceeded: ({ bucket, host }) =>
    `The bucket ${bucket} at ${host} is full. Raise what it may hold there, or have Kinora keep less by KEEP_DAYS.`,
  AccountProblem: ({ host }) => `${host} has shut the account of the bucket. Ask there what is the matter.`,
};
/** What some services say. */
const ALIKE: Record<string, string> = {
  AllAccessDisabled: 'AccessDenied',
  Forbidden: 'AccessDenied',
  InvalidBucketName: 'NoSuchBucket',
  RequestExpired: 'RequestTimeTooSkewed',
  // As versitygw says it.
  XAdminUserNotFound: 'InvalidAccessKeyId',
  StorageCapExceeded: 'QuotaExceeded',
  XMinioStorageFull: 'QuotaExceeded',
  XMinioAdminBucketQuotaExceeded: 'QuotaExceeded',
};
/** Where there is no code, as in an answer without a body, the status says it. */
const BY_STATUS: Record<string, string> = { '301': 'PermanentRedirect', '403': 'AccessDenied' };
/** What the client calls an answer without a code. */
const NO_CODE = /^(Error|Unknown|UnknownError|undefined|\d+)$/;

function otherRegion({ bucket }: BucketPlace, region?: string): string {
  return region === undefined
    ? `The bucket ${bucket} is in another region than AWS_REGION says. Set the one that it is in.`
    : `The bucket ${bucket} is in the region ${region}. Set AWS_REGION=${region}.`;
}

/** The parts of the client's errors that are looked at. What else they carry (what was signed, a key's name) goes nowhere. */
interface ClientError extends Error {
  Code?: unknown;
  Region?: unknown;
  code?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string | undefined> };
}

/** The sentence about a call that failed. */
export function plain(error: unknown, place: BucketPlace): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  if (!(error instanceof Error)) return new StoreUnavailable(`The bucket ${place.bucket} at ${place.host} failed.`);
  const told: ClientError = error;
  const status = told.$metadata?.httpStatusCode;
  const named = [told.name, told.Code].map(String).filter((name) => !NO_CODE.test(name));
  const names = named.length > 0 ? named.map((name) => ALIKE[name] ?? name) : [BY_STATUS[`${status}`] ?? ''];
  const trouble = names.find((name) => Object.hasOwn(TROUBLES, name));
  if (trouble !== undefined) return new StoreUnavailable(TROUBLES[trouble]?.(place) ?? trouble);
  const code = names.find((name) => Object.hasOwn(REFUSALS, name));
  const region = told.Region ?? told.$response?.headers?.['x-amz-bucket-region'];
  const refusal = code === undefined ? undefined : REFUSALS[code];
  if (status === undefined && /FIPS|dual-?stack/i.test(told.message))
    return new BucketRefused(
      'AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT do not go with BLOBS. Take them out, and name such an endpoint by AWS_ENDPOINT_URL_S3.',
    );
  if (refusal) return new BucketRefused(refusal(place, typeof region === 'string' ? region : undefined));
  const why =
    status === undefined ? (typeof told.code === 'string' ? told.code : told.name) : `${told.name}, ${status}`;
  return new StoreUnavailable(`The bucket ${place.bucket} at ${place.host} cannot be used now (${why}).`);
}

/** Whether a call failed because there is no such thing. */
export const isGone = (error: unknown): boolean =>
  error instanceof Error && ['NoSuchKey', 'NotFound', 'NoSuchUpload', 'NoSuchVersion'].includes(error.name);
