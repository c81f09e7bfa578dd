import { afterEach, describe, expect, test } from 'vitest';
import type { RunningBot } from '../../helpers/bot.ts';
import { mongoUrl, noMongo } from '../../helpers/mongo.ts';
import { startPassingOn } from '../../helpers/pass-on.ts';
import { accepted, clipsIn, startSeveralBots, tellAt, untilClips } from '../../helpers/several-bots.ts';
import { wordsOf } from '../../helpers/telegram.ts';

let stage: Awaited<ReturnType<typeof startSeveralBots>> | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});
const open = async () => {
  stage = await startSeveralBots({ webhookBackoffMs: 50 });
  return stage;
};

describe.skipIf(noMongo)('webhooks behind two gateways', () => {
  test('any of them takes any update for any bot: told twice it is one request, and a stop takes nothing away', async () => {
    const { a, b, forAll, provider, dir, start, ends, photo } = await open();
    const ada = forAll((people) => people.user({ started: true }));
    const url = mongoUrl();
    const gateways: RunningBot[] = [];
    let turn = 0;
    const balancer = await startPassingOn(() => gateways[turn++ % Math.max(1, gateways.length)]?.url);
    ends(balancer.close);
    const common = { MONGO_URL: url, ALLOW: '*', PUBLIC_URL: balancer.url, TELEGRAM_WEBHOOK: '1', DATA_DIR: dir };
    gateways.push(...(await Promise.all([start(common), start(common)])));
    const set = () => [a, b].map((tg) => tg.report().counts.setWebhook ?? 0);
    await a.until(() => set().every((count) => count > 0));

    await Promise.all([a, b].map((tg, i) => tg.people.sendPhoto({ from: ada, bytes: photo, caption: `pushed ${i}` })));
    await Promise.all([a, b].map((tg) => untilClips(tg, ada, 1)));
    // Each update once more, at both gateways at the same moment.
    const paths = new Map([
      [a, '/telegram/webhook'],
      [b, '/telegram-5550002222/webhook'],
    ]);
    const again = [...paths].flatMap(([tg, path]) =>
      tg.updates().flatMap((update) => gateways.map((gateway) => tellAt(`${gateway.url}${path}`, tg.token, update))),
    );
    expect(await Promise.all(again)).toEqual(again.map(() => 200));

    // The pictures of an album at different gateways, and a press at each.
    const album = await a.people.sendAlbum({ from: ada, pictures: [photo, photo], caption: 'an album' });
    expect(album).toHaveLength(2);
    const clip = await a.until(() => clipsIn(a, ada).find((message) => wordsOf(message).startsWith('an album')));
    await Promise.all([1, 2].map(() => a.people.press(clip, 'Again')));
    await a.until(() => clipsIn(a, ada).length === 3);
    expect(accepted(provider)).toEqual(['an album', 'an album', 'pushed 0', 'pushed 1']);

    // One stops, and another start sets nothing anew.
    const before = set();
    expect(before.every((count) => count <= 2)).toBe(true);
    await gateways[0]?.stop('SIGTERM');
    expect([a, b].map((tg) => tg.report().counts.deleteWebhook ?? 0)).toEqual([0, 0]);
    gateways.splice(0, 1);
    await b.people.sendPhoto({ from: ada, bytes: photo, caption: 'by the other' });
    await b.until(() => clipsIn(b, ada).length === 2);
    const infos = () => [a, b].map((tg) => tg.report().counts.getWebhookInfo ?? 0);
    const asked = infos();
    gateways.push(await start(common));
    await a.until(() => infos().every((count, i) => count > (asked[i] ?? 0)));
    expect(set()).toEqual(before);
  });
});
