import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noteOutage } from '../../src/providers/key-parking.ts';
import type { Provider } from '../../src/providers/provider.ts';
import { alarmCauses } from '../../src/server/alarm-causes.ts';
import { type Alarm, startAlarms } from '../../src/server/alarms.ts';
import { createRig, type Rig, scriptedProvider } from '../helpers/rig.ts';

let rig: Rig;
let told: string[];
let isReached: boolean;
let stop: () => void;
beforeEach(async () => {
  rig = await createRig({ provider: scriptedProvider({}, ['aaaa1111']) });
  [told, isReached, stop] = [[], true, () => {}];
});
afterEach(async () => {
  stop();
  await rig.close();
});

const MINUTES = 60_000;
const log = pino({ level: 'silent' });

function start(alarms: readonly Alarm[]): void {
  const tell = async (text: string) => {
    if (isReached) told.push(text);
    return isReached;
  };
  stop = startAlarms({ alarms, tell, store: rig.store, clock: rig.clock, log });
}

describe('an alarm', () => {
  test('is told once, a blip never, once more when it comes again, and its end once', async () => {
    let wrong: string | undefined;
    start([{ cause: 'test', look: async () => wrong }]);
    wrong = 'It burns.';
    await rig.clock.advance(MINUTES + 1);
    wrong = undefined;
    await rig.clock.advance(3 * MINUTES);
    expect(told).toEqual([]);
    wrong = 'It burns.';
    await rig.clock.advance(10 * MINUTES);
    expect(told).toEqual(['It burns.']);
    wrong = undefined;
    await rig.clock.advance(10 * MINUTES);
    expect(told).toEqual(['It burns.', 'Over: It burns.']);
    wrong = 'It burns.';
    await rig.clock.advance(10 * MINUTES);
    expect(told).toHaveLength(3);
  });

  test('is not told again after a restart, and tried again until somebody is reached', async () => {
    const alarm = { cause: 'test', look: async () => 'It burns.' };
    isReached = false;
    start([alarm]);
    await rig.clock.advance(5 * MINUTES);
    expect(told).toEqual([]);
    isReached = true;
    await rig.clock.advance(MINUTES);
    expect(told).toEqual(['It burns.']);
    stop();
    start([alarm]);
    await rig.clock.advance(10 * MINUTES);
    expect(told).toEqual(['It burns.']);
  });

  test('that cannot be looked for keeps no other from being told', async () => {
    const broken = async () => {
      throw new Error('no answer');
    };
    start([
      { cause: 'broken', look: broken },
      { cause: 'test', look: async () => 'It burns.' },
    ]);
    await rig.clock.advance(5 * MINUTES);
    expect(told).toEqual(['It burns.']);
  });
});

describe('each cause is told by what causes it', () => {
  const causes = (provider: Provider = rig.provider) =>
    Object.fromEntries(
      alarmCauses({ store: rig.store, provider, limits: { dailyBudget: 1, minFreeBytes: 100 } }).map(
        ({ cause, look }) => [cause, look] as const,
      ),
    );
  const look = async (cause: string) => causes()[cause]?.();

  test('all keys are without credits', async () => {
    expect(await look('no-key')).toBeUndefined();
    await rig.store.cooldowns.park('scripted:aaaa1111', 3_600_000, 'no-credits');
    expect(await look('no-key')).toContain('no-credits');
  });

  test('the service takes nothing', async () => {
    expect(await look('service-down')).toBeUndefined();
    await noteOutage(rig.provider, rig.store.cooldowns, { ms: 60_000, reason: 'unreachable' });
    expect(await look('service-down')).toContain('unreachable');
  });

  test('the budget is reached', async () => {
    expect(await look('budget')).toBeUndefined();
    await rig.ask();
    expect(await look('budget')).toContain('1 of 1 credit');
  });

  test('no place takes what is sent', async () => {
    const put = (id: string, chat: string) =>
      rig.store.shutOut.put({ id, place: { platform: 'test', chat }, requester: { id: 'test:a', name: 'a' } });
    // One place may have reasons of its own, however much is to go there.
    for (const id of ['1', '2', '3', '4']) await put(id, 'c');
    await put('5', 'd');
    expect(await look('deliveries')).toBeUndefined();
    await put('6', 'e');
    expect(await look('deliveries')).toContain('could not be delivered');
  });

  test('nobody takes what is due', async () => {
    await rig.ask();
    expect(await look('overdue')).toBeUndefined();
    await rig.clock.advance(6 * MINUTES);
    expect(await look('overdue')).toContain('overdue by 6 min');
  });

  test('the disk is nearly full', async () => {
    expect(await look('disk')).toBeUndefined();
    const store = { ...rig.store, freeBytes: async () => 99 };
    const [disk] = alarmCauses({ store, provider: rig.provider, limits: { minFreeBytes: 100 } }).filter(
      ({ cause }) => cause === 'disk',
    );
    expect(await disk?.look()).toContain('0 MB are free');
  });
});
