import { startTelegram } from '../fakes/telegram/telegram.ts';
import { type Crowd, type CrowdOptions, createSeen, scenesOf, tinyPicture, turn } from './crowd.ts';

const PEOPLE = 30;

/** Telegram keeps what people write until the bot has taken it: each of them must be heard. */
export async function createTelegramCrowd(options: CrowdOptions): Promise<Crowd> {
  const { picture, framing } = options;
  const tg = await startTelegram({ framing });
  const people = Array.from({ length: PEOPLE }, (_, n) => tg.people.user({ name: `Ann ${n}`, started: true }));
  const scenes = scenesOf(options);
  const heard = new Set<string>();
  const seen = createSeen();

  async function ask(scene: string, n: number): Promise<void> {
    if (!(await turn(options, n))) return;
    const from = people[n % PEOPLE];
    if (!from) throw new Error('nobody there');
    heard.add(scene);
    const own = picture?.(n);
    if (!own) return void (await tg.people.sendPhoto({ from, bytes: (await tinyPicture()).bytes, caption: scene }));
    // As a file it stays as large as it is.
    const { bytes, type: mime } = own;
    await tg.people.sendDocument({ from, bytes, mime, caption: scene });
  }

  const shown = () => people.flatMap((user) => tg.messages(user).filter(({ byBot }) => byBot));
  return {
    scenes,
    settings: { TELEGRAM_TOKEN: tg.token, TELEGRAM_API_ROOT: tg.url },
    ask: async () => {
      await Promise.all(scenes.map(ask));
    },
    heard: () => heard,
    async look() {
      for (const { chat, id, now, sha256 = '' } of shown()) {
        if (!now.video || seen.has(`${chat}:${id}`)) continue;
        seen.add(`${chat}:${id}`, now.caption?.split('\n')[0] ?? '', sha256);
        tg.letGo(now.video.file_id);
      }
      return seen.byScene();
    },
    strayLines: () => shown().filter(({ now }) => now.text?.startsWith('Your clip is ready')).length,
    close: () => tg.close(),
  };
}
