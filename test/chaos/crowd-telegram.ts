import { setTimeout as delay } from 'node:timers/promises';
import { startTelegram } from '../fakes/telegram/telegram.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { type Crowd, type CrowdOptions, countOf, scenesOf } from './crowd.ts';

const PEOPLE = 30;

/** Telegram keeps what people write until the bot has taken it: each of them must be heard. */
export async function createTelegramCrowd({ tasks, overMs }: CrowdOptions): Promise<Crowd> {
  const tg = await startTelegram();
  const people = Array.from({ length: PEOPLE }, (_, n) => tg.people.user({ name: `Ann ${n}`, started: true }));
  const scenes = scenesOf(tasks);

  async function ask(scene: string, n: number): Promise<void> {
    await delay((overMs * n) / tasks);
    const from = people[n % PEOPLE];
    if (!from) throw new Error('nobody there');
    tg.people.sendPhoto({ from, bytes: await tinyPng(), caption: scene });
  }

  const shown = () => people.flatMap((user) => tg.messages(user).filter(({ byBot }) => byBot));
  return {
    scenes,
    settings: { TELEGRAM_TOKEN: tg.token, TELEGRAM_API_ROOT: tg.url },
    ask: async () => {
      await Promise.all(scenes.map(ask));
    },
    heard: () => new Set(scenes),
    clips: async () => countOf(shown().flatMap(({ now }) => (now.video ? [now.caption ?? ''] : []))),
    strayLines: () => shown().filter(({ now }) => now.text?.startsWith('Your clip is ready')).length,
    close: () => tg.close(),
  };
}
