import pino from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import type { GatewayInformation } from '../../../src/chat/discord/receive/gateway-information.ts';
import { createIdentify, locksOfOne } from '../../../src/chat/discord/receive/identify.ts';
import { keepShare } from '../../../src/chat/discord/receive/keep-share.ts';
import type { Plan } from '../../../src/chat/discord/receive/share-out.ts';
import type { Plans } from '../../../src/store/values.ts';
import type { Guild } from '../../fakes/discord/world.ts';
import { manualClock } from '../../helpers/clock.ts';
import { type DiscordGateways, discordGateways } from '../../helpers/discord-gateways.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const log = pino({ level: 'silent' });

/** Gateways of one record, whose connections are sets of numbers. */
function setup() {
  const clock = manualClock(settled);
  let plan: string | undefined;
  let isAway = false;
  const calls = { gets: 0, replaces: 0 };
  const open = new Map<string, Set<number>>();
  const twice: string[] = [];
  const opened: string[] = [];

  function start(name: string, recommended = 16) {
    let waits: Promise<void> = Promise.resolve();
    const answer = async <T>(work: () => T): Promise<T> => {
      await waits;
      if (isAway) throw new Error('no database');
      return work();
    };
    const plans: Plans = {
      get: () =>
        answer(() => {
          calls.gets++;
          return plan === undefined ? undefined : JSON.parse(plan);
        }),
      replace: (_name, { seen, by }) =>
        answer(() => {
          calls.replaces++;
          if (plan !== (seen === undefined ? undefined : JSON.stringify(seen))) return false;
          plan = JSON.stringify(by);
          return true;
        }),
    };
    const mine = new Set<number>();
    open.set(name, mine);
    const kept = keepShare({
      store: { plans, now: clock.now },
      name: 'discord:1',
      recommended,
      async hear({ shards }) {
        for (const shard of mine) if (!shards.includes(shard)) mine.delete(shard);
        for (const shard of shards) {
          if (mine.has(shard)) continue;
          mine.add(shard);
          opened.push(`${name}:${shard}`);
          for (const [other, theirs] of open)
            if (other !== name && theirs.has(shard)) twice.push(`${shard}: ${name}, ${other}`);
        }
      },
      clock,
      log,
    });
    return {
      ...kept,
      /** Its calls of the record wait; it goes on when the function is called. */
      standStill(): () => void {
        let goOn = (): void => {};
        waits = new Promise((resolve) => {
          goOn = resolve;
        });
        return goOn;
      },
      /** It never does anything any more, and its connections are gone. */
      kill(): void {
        waits = new Promise(() => {});
        open.delete(name);
      },
    };
  }
  const parts = () => [...open.values()].map(({ size }) => size);
  return {
    ...{ clock, start, calls, open, twice, opened, parts },
    areShared: (total: number) => parts().reduce((sum, size) => sum + size, 0) === total,
    total: (): number => (JSON.parse(plan ?? '{"total":0}') as Plan).total,
    setAway(is: boolean): void {
      isAway = is;
    },
  };
}

describe('gateways on one record', () => {
  test('share the shards as they come and go, and no shard is heard by two', async () => {
    const at = setup();
    const one = at.start('one');
    await at.clock.until(() => at.areShared(16));
    const two = at.start('two');
    await at.clock.until(() => at.parts().every((size) => size === 8), 15_000);
    const three = at.start('three', 32);
    await at.clock.until(() => Math.max(...at.parts()) === 6 && at.areShared(16), 15_000);

    two.kill();
    await at.clock.until(() => at.areShared(16), 15_000);
    await at.clock.until(() => at.parts().every((size) => size === 8), 15_000);

    await three.stop();
    await at.clock.until(() => at.areShared(16), 4_000);
    expect(at.total()).toBe(16);
    expect(at.twice).toEqual([]);

    // Nobody holds any: those that come next ask anew how many there are to be.
    await one.stop();
    at.start('four', 32);
    await at.clock.until(() => at.areShared(32));
    expect(at.total()).toBe(32);
  });

  test('look once in three seconds, however many shards they have', async () => {
    const at = setup();
    at.start('one', 1_000);
    await at.clock.until(() => at.areShared(1_000));
    const { gets, replaces } = at.calls;
    await at.clock.advance(30_000);
    expect(at.calls).toEqual({ gets: gets + 10, replaces: replaces + 10 });
  });

  test('keep what they have while the record is away, and when it is back', async () => {
    const at = setup();
    at.start('one');
    await at.clock.until(() => at.areShared(16));
    at.start('two');
    await at.clock.until(() => at.parts().every((size) => size === 8));
    const before = at.opened.length;
    at.setAway(true);
    await at.clock.advance(60_000);
    expect(at.parts()).toEqual([8, 8]);
    at.setAway(false);
    await at.clock.advance(60_000);
    expect(at.parts()).toEqual([8, 8]);
    expect(at.opened.length).toBe(before);
  });

  test('that stood still pass nothing on of what others hear by now, and what is still theirs', async () => {
    const at = setup();
    const one = at.start('one');
    await at.clock.until(() => at.areShared(16));
    const goOn = one.standStill();
    at.open.get('one')?.clear();
    at.start('two');
    await at.clock.until(() => at.open.get('two')?.size === 16, 15_000);
    const heard: string[] = [];
    one.pass(0, () => void heard.push('late'));
    goOn();
    await at.clock.until(() => at.parts().every((size) => size === 8), 30_000);
    for (const shard of [0, 15]) one.pass(shard, () => void heard.push(String(shard)));
    expect(heard).toHaveLength(2);
    expect(heard).not.toContain('late');
  });
});

describe('a bot that connects many shards', () => {
  const information = (remaining: number, buckets = 2): GatewayInformation => ({
    ...{ url: 'ws://discord', shards: 6 },
    session_start_limit: { total: 1000, remaining, reset_after: 3_600_000, max_concurrency: buckets },
  });
  const { signal } = new AbortController();

  test('identifies once in five seconds for each bucket, whichever process does', async () => {
    const clock = manualClock(settled);
    const locks = locksOfOne(clock);
    const told = async () => ({ information: information(1000), at: clock.now() });
    const processes = [0, 1].map(() => createIdentify({ bot: '1', information: told, locks, clock, log }));
    const at: [number, number][] = [];
    const all = Array.from({ length: 12 }, (_, shard) =>
      processes[shard % 3 === 0 ? 0 : 1]?.waitForIdentify(shard, signal).then(() => at.push([shard, clock.now()])),
    );
    await clock.until(() => at.length === 12);
    await Promise.all(all);
    for (const bucket of [0, 1]) {
      const instants = at.filter(([shard]) => shard % 2 === bucket).map(([, when]) => when);
      for (const [n, when] of instants.entries())
        if (n > 0) expect(when - (instants[n - 1] ?? 0)).toBeGreaterThanOrEqual(5_000);
    }
  });

  test('does not use them by many buckets at once either', async () => {
    const clock = manualClock(settled);
    const told = async () => ({ information: information(28, 16), at: 0 });
    const identify = createIdentify({ bot: '1', information: told, locks: locksOfOne(clock), clock, log });
    let identified = 0;
    for (let shard = 0; shard < 16; shard++)
      void identify.waitForIdentify(shard, new AbortController().signal).then(() => identified++);
    await clock.advance(600_000);
    expect(identified).toBe(2);
  });

  test('never uses the last times of a day: it waits for the reset, and says so', async () => {
    const clock = manualClock(settled);
    const resetAt = clock.now() + 3_600_000;
    let left = 14;
    const told = async () => ({ information: information(clock.now() < resetAt ? left : 1000), at: clock.now() });
    const identify = createIdentify({ bot: '1', information: told, locks: locksOfOne(clock), clock, log });
    let identified = 0;
    for (let shard = 0; shard < 6; shard++)
      void identify.waitForIdentify(shard, signal).then(() => {
        identified++;
        left--;
      });
    await clock.advance(600_000);
    expect(identified).toBe(2);
    expect(identify.trouble()).toMatch(/no new connections until \d\d:\d\d UTC/);
    await clock.advance(3_600_000);
    expect(identified).toBe(6);
    expect(identify.trouble()).toBeUndefined();
  });
});

describe('a part of the shards', () => {
  let at: DiscordGateways;
  afterEach(() => at.close());

  /** Servers that belong to shards 0, 1, 2, …, with a channel where ann is. */
  const serversOf = (count: number) =>
    Array.from({ length: count }, (_, shard) => {
      const guild = at.discord.guild({ id: String((360_000_000_000n + BigInt(shard)) << 22n) });
      at.discord.join(guild, at.ann);
      return { guild, channel: at.discord.channel(guild) };
    });

  const scopeOf = ({ id }: Pick<Guild, 'id'>) => ({ platform: 'discord', chat: id, community: id });

  test('is heard, and nothing else; servers of other shards are not thought to be left', async () => {
    at = await discordGateways({ gateway: { shards: 4 }, shards: { shards: [1, 2], total: 4 } });
    const servers = serversOf(4);
    for (const { guild } of servers) {
      const by = { id: 'discord:1', name: 'boss' };
      await at.store.chatSettings.change(scopeOf(guild), { name: 'isOn', value: true, by, at: 0 });
    }
    const [, , left] = servers;
    if (left) at.discord.kick(left.guild);
    await at.listen();
    expect(at.discord.gateway.connectedShards().toSorted()).toEqual([
      [1, 4],
      [2, 4],
    ]);
    const deeds = servers
      .slice(0, 2)
      .map(({ channel }) => at.discord.slash({ user: at.ann, channel, command: 'cancel' }));
    expect((await deeds[1]?.answer())?.content).toBeTruthy();
    expect(deeds[0]?.interaction.ack).toBeUndefined();
    await expect
      .poll(async () => {
        await at.store.chatSettings.removeLeft(at.store.now());
        return Promise.all(
          servers.map(async ({ guild }) => (await at.store.chatSettings.get(scopeOf(guild))).changes.length),
        );
      })
      .toEqual([1, 1, 0, 1]);
  });

  test('that is let go while its connections are broken is not connected again', async () => {
    at = await discordGateways({ count: 2, gateway: { shards: 2 } });
    await at.listen();
    const { gateway } = at.discord;
    gateway.drop();
    const [first] = at.gateways;
    await expect.poll(() => first?.trouble(), { interval: 5 }).toMatch(/shards 0-1 of 2/);
    await first?.stop();
    // The other connects again after the same half a second, and then once more: by that time the first would have.
    await expect.poll(() => gateway.seen.resumes, { timeout: 10_000 }).toBe(2);
    gateway.drop();
    await expect.poll(() => gateway.seen.resumes, { timeout: 10_000 }).toBe(4);
    expect(gateway.connected()).toBe(2);
    expect(gateway.seen).toMatchObject({ identifies: 4, resumes: 4 });
  });

  test('all of them in one process: each event is heard once', async () => {
    at = await discordGateways({ gateway: { shards: 3 } });
    const servers = serversOf(3);
    await at.listen();
    const deeds = servers.map(({ channel }) => at.discord.slash({ user: at.ann, channel, command: 'cancel' }));
    for (const deed of deeds) await deed.answer();
    const dm = at.discord.slash({ user: at.ann, channel: at.discord.dm(at.ann), command: 'cancel' });
    await dm.answer();
    const told = at.discord.gateway.heardBy.filter(({ event }) => event === 'INTERACTION_CREATE');
    expect(told.map(({ sessions }) => sessions)).toEqual([1, 1, 1, 1]);
    expect(at.lines).toEqual([]);
  });
});
