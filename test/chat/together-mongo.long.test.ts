import { describe, expect, test } from 'vitest';
import { isClip } from '../helpers/discord.ts';
import { mongoUrl, noMongo } from '../helpers/mongo.ts';
import { useTogether } from './together.ts';

/** A lease of ten seconds, and those who wait for it look every few. */
const TAKEN_OVER_MS = 15_000;

const at = useTogether();

describe.skipIf(noMongo)('two gateways and a worker on one MongoDB', () => {
  test('each event is one task, and what one of them received is received by the other when it dies', async () => {
    const MONGO_URL = mongoUrl();
    const gateways = [await at.start({ MONGO_URL, ROLE: 'gateway' }), await at.start({ MONGO_URL, ROLE: 'gateway' })];
    await at.start({ MONGO_URL, ROLE: 'worker' });
    // Of its one shard one of them has the connection.
    await at.discord.until(() => at.discord.gateway.connected() === 1, 20_000);
    await at.discord.ready();
    const animate = at.onDiscord();
    const deeds = Array.from({ length: 8 }, (_, n) => animate(`number ${n}`));
    for (const deed of deeds) await deed.acknowledged();
    await at.discord.until(() => at.discord.clips().filter(isClip).length >= deeds.length, 40_000);
    const ann = at.tg.people.user({ name: 'Ann', started: true });
    for (const [n, gateway] of gateways.entries()) {
      await gateway.stop('SIGKILL');
      at.tg.people.sendPhoto({ from: ann, bytes: at.photo, caption: `after kill ${n}` });
      await at.tg.until(() => at.clipsOnTelegram(ann, `after kill ${n}`).length === 1, {
        what: `the clip after kill ${n}`,
        withinMs: TAKEN_OVER_MS + 30_000,
      });
      if (n === 0) await at.start({ MONGO_URL, ROLE: 'gateway' });
    }
    const scenes = at.provider.report().accepted.map(({ scene }) => scene);
    expect(scenes.toSorted()).toEqual([...new Set(scenes)].toSorted());
    expect(scenes).toHaveLength(deeds.length + 2);
    expect(at.discord.clips().filter(isClip)).toHaveLength(deeds.length);
  }, 240_000);
});
