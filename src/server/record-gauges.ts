import { Gauge, type Registry } from 'prom-client';
import { countedToday } from '../../commands/counted-today.ts';
import { outageOf, parkingName } from '../providers/key-parking.ts';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';

export interface GaugeDeps {
  store: Pick<Store, 'now' | 'tasks' | 'count' | 'cooldowns'>;
  /** What renders new requests. */
  provider: Provider;
  /** Everything that can render. */
  providers: readonly Provider[];
  /** Credits a day. */
  dailyBudget?: number;
}

/** Figures of the record, asked of it at each scrape: every process on one record tells the same. */
export function addRecordGauges(registry: Registry, deps: GaugeDeps): void {
  const { store, provider, providers, dailyBudget } = deps;
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number | undefined | Promise<number | undefined>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const found = await value();
        if (found !== undefined) this.set(found);
      },
    });

  new Gauge({
    name: 'kinora_tasks',
    help: 'Tasks that something is left to do for, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const [state, count] of Object.entries(await store.tasks.counts())) this.set({ state }, count);
    },
  });
  gauge(
    'kinora_oldest_overdue_seconds',
    'How long the task has been due that nobody has taken for longest; 0 where none waits.',
    async () => secondsSince(await store.tasks.oldestDue()),
  );
  gauge(
    'kinora_oldest_waiting_seconds',
    'How long ago the clip was asked for that has waited longest for its turn; 0 where none waits.',
    async () => secondsSince(await store.tasks.oldestIn('queued')),
  );
  gauge(
    'kinora_credits_today',
    'Credits spent or promised today (UTC) with what renders new requests.',
    async () => (await countedToday({ store, now: store.now() }, { provider: provider.name })).credits,
  );
  gauge('kinora_budget_credits', 'Credits a day, where there is a budget.', () => dailyBudget);
  new Gauge({
    name: 'kinora_key_parked',
    help: 'Whether a key is left alone for now.',
    labelNames: ['provider', 'key'],
    registers,
    async collect() {
      for (const each of providers)
        for (const key of each.keys ?? []) {
          const parking = await store.cooldowns.get(parkingName(each, key));
          this.set({ provider: each.name, key }, parking ? 1 : 0);
        }
    },
  });
  new Gauge({
    name: 'kinora_service_down',
    help: 'Whether a service refused the last submit through no fault of key or model.',
    labelNames: ['provider'],
    registers,
    async collect() {
      for (const each of providers) this.set({ provider: each.name }, (await outageOf(each, store.cooldowns)) ? 1 : 0);
    },
  });

  const secondsSince = (instant: number | undefined): number =>
    instant === undefined ? 0 : Math.max(0, store.now() - instant) / 1000;
}
