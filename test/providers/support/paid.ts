import pino from 'pino';
import sharp from 'sharp';
import { createAivideoapi } from '../../../src/providers/aivideoapi/aivideoapi.ts';
import { createFal } from '../../../src/providers/fal/fal.ts';
import type { CallTimeouts } from '../../../src/providers/http/client.ts';
import { readJobId } from '../../../src/providers/http/key-ring.ts';
import type { Provider, SubmitInput } from '../../../src/providers/provider.ts';
import { createRunway } from '../../../src/providers/runway/runway.ts';
import { startAivideoapi } from '../../fakes/aivideoapi.ts';
import { startFal } from '../../fakes/fal.ts';
import { startRunway } from '../../fakes/runway.ts';
import type { StandIn } from '../../fakes/stand-in.ts';
import { decoder } from '../../helpers/decoder.ts';

/** Two keys; what they look like must turn up nowhere. */
export const SECRETS = ['key_first-0123456789abcdef', 'key_second-fedcba9876543210'] as const;
/** Short, so that nothing is waited for. */
export const TIMEOUTS: CallTimeouts = { connectMs: 500, headersMs: 150, bodyMs: 150, totalMs: 400, closeMs: 100 };

/** For a machine that is busy: what is not spoiled is answered well before. */
export const PATIENT: CallTimeouts = {
  connectMs: 5_000,
  headersMs: 3_000,
  bodyMs: 3_000,
  totalMs: 6_000,
  closeMs: 500,
};

export interface PaidSetup {
  provider: Provider;
  standIn: StandIn;
  /** Every line that was logged. */
  lines: string[];
  close(): Promise<void>;
}

/** Log lines as they come, without what the program's own log does to keep secrets out. */
export function captureLog() {
  const lines: string[] = [];
  return { log: pino({ base: null }, { write: (line: string) => void lines.push(line) }), lines };
}

async function paired(standIn: StandIn, create: (log: pino.Logger) => Provider): Promise<PaidSetup> {
  const { log, lines } = captureLog();
  const provider = create(log);
  return {
    provider,
    standIn,
    lines,
    async close() {
      await provider.close();
      await standIn.close();
    },
  };
}

/** Each hosted provider with its stand-in, a key with so many clips' worth of credits and one with as many. */
export const PAID: {
  name: 'aivideoapi' | 'runway' | 'fal';
  start: (clips?: number, timeouts?: CallTimeouts) => Promise<PaidSetup>;
}[] = [
  {
    name: 'aivideoapi',
    start: async (clips = 1000, timeouts = TIMEOUTS) => {
      const standIn = await startAivideoapi({ keys: creditsOf(clips) });
      const options = { baseUrl: standIn.url, secrets: SECRETS, timeouts, clips: { timeouts: SHORT_DOWNLOAD } };
      return paired(standIn, (log) => createAivideoapi({ ...options, decoder, log }));
    },
  },
  {
    name: 'runway',
    start: async (clips = 1000, timeouts = TIMEOUTS) => {
      const standIn = await startRunway({ keys: creditsOf(clips * 25), daily: 10_000 });
      const options = {
        baseUrl: standIn.url,
        secrets: SECRETS,
        timeouts,
        clips: { timeouts: SHORT_DOWNLOAD },
      };
      return paired(standIn, (log) => createRunway({ ...options, model: 'gen4_turbo', decoder, log }));
    },
  },
  {
    name: 'fal',
    start: async (clips = 1000, timeouts = TIMEOUTS) => {
      const standIn = await startFal({ keys: creditsOf(clips * 21) });
      const options = { baseUrl: standIn.url, secrets: SECRETS, timeouts, clips: { timeouts: SHORT_DOWNLOAD } };
      return paired(standIn, (log) => createFal({ ...options, offered: ['kling-2.5-turbo'], decoder, log }));
    },
  },
];

const SHORT_DOWNLOAD = { connectMs: 500, headersMs: 150, bodyMs: 150, spanMs: 200, minBytes: 1024 };
const creditsOf = (credits: number) => Object.fromEntries(SECRETS.map((secret) => [secret, credits]));

/** The service's own id in a job's: fal's has the application before it. */
export const requestIn = (jobId: string): string | undefined => readJobId(jobId)?.externalId.split('~').at(-1);

/** A small JPEG of the right size. */
export const jpeg = (width = 1280, height = 720): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#3366aa' } })
    .jpeg()
    .toBuffer();

export const landscape = async (): Promise<SubmitInput> => ({
  ...{ picture: await jpeg(), size: { width: 1280, height: 720 }, scene: 'waves roll in' },
  motion: 5,
  seed: 42,
  duration: 5,
});

export const signal = (): AbortSignal => new AbortController().signal;

/** What of these must never be written: keys, pictures, signatures of addresses. */
export function secretsIn(texts: readonly string[]): string[] {
  const forbidden = [...SECRETS, ...SECRETS.map((secret) => secret.slice(4)), 'base64', '/9j/', '_jwt', 'signed-'];
  return texts.filter((text) => forbidden.some((secret) => text.includes(secret)));
}
