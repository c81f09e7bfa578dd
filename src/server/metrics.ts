import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Messenger, Sent } from '../chat/chat.ts';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';

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

    /** Tasks by state, and how late the latest is; asked of the store at each scrape. */
    store(store: Pick<Store, 'now' | 'tasks'>): void {
      new Gauge({
        name: 'kinora_tasks',
        help: 'Tasks on record, by state.',
        labelNames: ['state'],
        registers,
        async collect() {
          for (const [state, count] of Object.entries(await store.tasks.counts())) this.set({ state }, count);
        },
      });
      new Gauge({
        name: 'kinora_oldest_overdue_seconds',
        help: 'How long the task has been due that nobody has taken for longest; 0 where none waits.',
        registers,
        async collect() {
          const due = await store.tasks.oldestDue();
          this.set(due === undefined ? 0 : Math.max(0, store.now() - due) / 1000);
        },
      });
    },

    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
