import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Messenger, Sent } from '../chat/chat.ts';
import { BadPicture } from '../media/pictures/bad-picture.ts';
import type { Decoder } from '../media/pictures/decoder/decoder.ts';
import type { Provider } from '../providers/provider.ts';
import { createClipMetrics } from './clip-metrics.ts';
import { addRecordGauges, type GaugeDeps } from './record-gauges.ts';

/** From a local answer to a slow service, in seconds. */
const CALL_BUCKETS_S = [0.005, 0.02, 0.1, 0.3, 1, 3, 10, 30, 60];

export type Metrics = ReturnType<typeof createMetrics>;

/** The program's figures for Prometheus. Parts are watched from outside, by wrapping them. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const calls = new Histogram({
    name: 'kinora_gen4_call_seconds',
    help: 'Calls to the provider, by what came of them.',
    labelNames: ['provider', 'call', 'outcome'],
    buckets: CALL_BUCKETS_S,
    registers,
  });
  const sends = new Counter({
    name: 'kinora_sends_total',
    help: 'Cards, clips and notices, by what came of the call.',
    labelNames: ['platform', 'kind', 'outcome'],
    registers,
  });
  const failures = new Counter({
    name: 'kinora_failures_total',
    help: 'Tasks that ended without a clip in its place, by class.',
    labelNames: ['class'],
    registers,
  });

  const pictures = new Histogram({
    name: 'kinora_decoder_seconds',
    help: 'Work of the decoder of pictures, by what came of it; its wait for its turn is in it.',
    labelNames: ['work', 'outcome'],
    buckets: CALL_BUCKETS_S,
    registers,
  });
  const tooMany = new Counter({
    name: 'kinora_http_429_total',
    help: 'Answers of other hosts that they are asked too much.',
    labelNames: ['host'],
    registers,
  });

  async function decoded<T>(work: string, make: () => Promise<T>): Promise<T> {
    const end = pictures.startTimer({ work });
    try {
      const result = await make();
      end({ outcome: 'made' });
      return result;
    } catch (error) {
      end({ outcome: error instanceof BadPicture ? 'bad-picture' : 'threw' });
      throw error;
    }
  }

  /** Times a call that may throw. */
  async function timed<T extends { outcome: string }>(
    provider: string,
    call: string,
    make: () => Promise<T>,
  ): Promise<T> {
    const end = calls.startTimer({ provider, call });
    try {
      const result = await make();
      end({ outcome: result.outcome });
      return result;
    } catch (error) {
      end({ outcome: 'threw' });
      throw error;
    }
  }

  function counted(platform: string, kind: string, sent: Sent): Sent {
    sends.inc({ platform, kind, outcome: sent.outcome });
    return sent;
  }

  return {
    /** The same provider; its submits and polls are timed and counted. */
    provider: (provider: Provider): Provider => ({
      ...provider,
      submit: (...call) => timed(provider.name, 'submit', () => provider.submit(...call)),
      poll: (...call) => timed(provider.name, 'poll', () => provider.poll(...call)),
    }),

    /** The same chat; the messages it sends, and the failures it tells of, are counted. */
    messenger: (messenger: Messenger): Messenger => ({
      ...messenger,
      showCard: async (...call) => counted(messenger.platform, 'card', await messenger.showCard(...call)),
      async send(task, message, ledger, signal) {
        const sent = await messenger.send(task, message, ledger, signal);
        const failure = /^notice-failed-(.+)$/.exec(message.kind)?.[1];
        if (failure !== undefined && sent.outcome === 'shown') failures.inc({ class: failure });
        return counted(messenger.platform, message.kind === 'clip' ? 'clip' : 'notice', sent);
      },
    }),

    /** A task was saved by this process: what ended, and how long its steps took, is counted. */
    saved: createClipMetrics(registry),

    /** The same decoder; what it does is timed. */
    decoder: (decoder: Decoder): Decoder => ({
      ...decoder,
      fit: (...call) => decoded('fit', () => decoder.fit(...call)),
      convert: (...call) => decoded('convert', () => decoder.convert(...call)),
      sheet: (...call) => decoded('sheet', () => decoder.sheet(...call)),
    }),

    /** A host answered that it is asked too much. */
    tooMany: (host: string): void => tooMany.inc({ host }),

    /** Figures of the record; see `addRecordGauges`. */
    record: (deps: GaugeDeps): void => addRecordGauges(registry, deps),

    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
