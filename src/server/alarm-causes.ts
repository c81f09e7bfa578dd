import { countedToday } from '../../commands/counted-today.ts';
import type { AdmissionLimits } from '../../commands/limits.ts';
import { alarms as words } from '../messages/operators.ts';
import { missingModel, outageOf, setupTrouble } from '../providers/key-parking.ts';
import { cheapestCredits } from '../providers/models.ts';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';
import type { Alarm } from './alarms.ts';

const HOUR_MS = 3_600_000;
/** A task that nobody has taken for so long after it was due. */
const OVERDUE_MS = 5 * 60_000;
/** One place may have shut the bot out for its own reasons. */
const MANY_SHUT = 3;
const MAX_LOOKED_AT = 200;

/** What those who run the bot are told of, a row each. */
export function alarmCauses(deps: { store: Store; provider: Provider; limits: AdmissionLimits }): readonly Alarm[] {
  const { store, provider, limits } = deps;
  const { dailyBudget, minFreeBytes = 0 } = limits;
  return [
    {
      cause: 'no-key',
      async look() {
        const { cooldowns } = store;
        const missing = (await missingModel(provider, cooldowns)) === undefined ? undefined : 'no-model';
        const trouble = (await setupTrouble(provider, cooldowns)) ?? missing;
        return trouble && words.noKey(trouble);
      },
    },
    {
      cause: 'service-down',
      async look() {
        const outage = await outageOf(provider, store.cooldowns);
        return outage && words.serviceDown(provider.name, outage.reason);
      },
    },
    {
      cause: 'budget',
      async look() {
        if (dailyBudget === undefined || !provider.capabilities.paid) return undefined;
        const { credits } = await countedToday({ store, now: store.now() }, { provider: provider.name });
        const cheapest = cheapestCredits(provider);
        return credits + cheapest > dailyBudget ? words.budget(credits, dailyBudget) : undefined;
      },
    },
    {
      cause: 'deliveries',
      async look() {
        const [shut, lately] = await Promise.all([
          store.shutOut.list(MAX_LOOKED_AT),
          store.tasks.since(store.now() - HOUR_MS, MAX_LOOKED_AT),
        ]);
        const failed = lately.filter(({ failure }) => failure?.type === 'undeliverable').length;
        // Not clips: one person could ask for many to where nobody lets the bot write.
        const places = new Set(shut.map(({ platform, chat }) => `${platform} ${chat}`));
        return places.size + failed >= MANY_SHUT ? words.deliveries : undefined;
      },
    },
    {
      cause: 'overdue',
      async look() {
        const due = await store.tasks.oldestDue();
        const lateMs = due === undefined ? 0 : store.now() - due;
        return lateMs > OVERDUE_MS ? words.overdue(lateMs) : undefined;
      },
    },
    {
      cause: 'disk',
      async look() {
        const free = minFreeBytes > 0 ? await store.freeBytes() : undefined;
        return free !== undefined && free < minFreeBytes ? words.disk(free) : undefined;
      },
    },
  ];
}
