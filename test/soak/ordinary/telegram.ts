import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../../fakes/misbehave.ts';
import { startTelegram } from '../../fakes/telegram/telegram.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { FAILING, type People } from './people.ts';
import { ownClips, type Seen, timesIn } from './table.ts';

const PEOPLE = 30;
/** Of so many requests one is in a group. */
const EACH_IN_GROUP = 4;
const GROUPS = 2;
/** Of so many clips one has Again pressed under it, and one Delete. */
const EACH_PRESSED = 12;
const CLIP_WITHIN_MS = 240_000;
/** So long people look at a clip before they press. */
const LOOK_MS = 2_000;
/** A first word that comes later than this is told of. */
const LATE_MS = 1_000;
/** A call that began this long before a request may be what held it up. */
const BEFORE_MS = 3_000;
const SPENDING = /^(send(?!ChatAction)|edit)/;
const SIGNS = /^(sendChatAction|setMessageReaction)$/;

const FAULTS: Fault[] = [
  { how: 'status', status: 429, retryAfter: '2' },
  { how: 'status', status: 502 },
  { how: 'reset', when: 'read' },
  { how: 'reset', when: 'worked' },
];

/** Thirty people in private chats and two groups of theirs. */
export async function createTelegramPeople(): Promise<People> {
  const tg = await startTelegram();
  const photo = await tinyPng();
  const people = Array.from({ length: PEOPLE }, (_, n) => tg.people.user({ name: `Ann ${n}`, started: true }));
  const groups = Array.from({ length: GROUPS }, () => tg.people.supergroup({ members: people }));
  const requests: { id: number; chat: number; at: number; scene: string; place: Seen['place'] }[] = [];
  const again = { told: 0, pressed: [] as string[], clips: [] as string[] };
  const deleted: { chat: number; scene: string }[] = [];
  tg.storm({ seed: 7, chance: FAILING, faults: { '*': FAULTS, getUpdates: FAULTS } });

  const recorded = (chat: number) => tg.report().chats.find(({ id }) => id === chat)?.messages ?? [];
  const clipsOf = (chat: number, scene: string) =>
    tg.messages(chat).filter(({ byBot, now }) => byBot && now.video && now.caption?.includes(scene));

  async function ask(n: number): Promise<void> {
    const from = people[n % PEOPLE];
    const group = n % EACH_IN_GROUP === 0 ? groups[(n / EACH_IN_GROUP) % GROUPS] : undefined;
    const chat = group ?? from;
    if (!from || !chat) throw new Error('nobody there');
    const scene = `scene ${n} of ordinary people`;
    const { id } = await tg.people.sendPhoto({
      from,
      chat,
      bytes: photo,
      caption: group ? `/animate ${scene}` : scene,
    });
    requests.push({ id, chat: chat.id, at: tg.clock.now(), scene, place: group ? 'group' : 'private' });
    try {
      if (n % EACH_PRESSED === 1) await pressAgain(chat.id, scene, from);
      if (n % EACH_PRESSED === 2) await pressDelete(chat.id, scene, from);
    } catch {
      // Neither clip nor answer came: the table says so.
    }
  }

  const clipOf = (chat: number, scene: string) =>
    tg.until(() => clipsOf(chat, scene)[0], { withinMs: CLIP_WITHIN_MS, what: scene });

  async function pressAgain(chat: number, scene: string, from: { id: number }): Promise<void> {
    const clip = await clipOf(chat, scene);
    await delay(LOOK_MS);
    for (let n = 0; n < 2; n++) {
      again.pressed.push(scene);
      await tg.people.press(clip, 'Again', { from });
      again.told++;
      again.clips.push(scene);
      await tg.until(() => clipsOf(chat, scene).length > n + 1, { withinMs: 60_000 });
    }
  }

  async function pressDelete(chat: number, scene: string, from: { id: number }): Promise<void> {
    const clip = await clipOf(chat, scene);
    await delay(LOOK_MS);
    const { text } = await tg.people.press(clip, 'Delete', { from });
    if (text?.startsWith('Deleted')) deleted.push({ chat, scene });
  }

  return {
    settings: { TELEGRAM_TOKEN: tg.token, TELEGRAM_API_ROOT: tg.url },
    ready: async () => void (await tg.until(() => tg.polling())),
    ask,
    calm: () => tg.storm(undefined),
    account() {
      const { calls, chats, flood } = tg.report();
      const placeOf = (chat: string) => (chat.startsWith('-') ? 'group' : 'private');
      const known = new Set([...people, ...groups].map(({ id }) => String(id)));
      const done = calls.filter(({ chat }) => chat !== undefined && known.has(chat));
      const ours = chats.flatMap(({ messages }) => messages).filter(({ byBot }) => byBot);
      const cards = ours.filter(({ now, history }) => [now, ...history].some(({ text }) => isCard(text)));
      const seen = requests.map(({ id, chat, at, scene, place }): Seen => {
        const words = recorded(chat).filter(({ byBot, now }) => byBot && now.reply_to_message?.message_id === id);
        const word = Math.min(...words.map(({ sentAt }) => sentAt)) - at;
        const signs = done.filter((call) => SIGNS.test(call.method) && call.chat === String(chat) && call.at >= at);
        const sign = Math.min(word, ...signs.slice(0, 1).map((call) => call.at - at));
        const clips = recorded(chat).filter(({ now }) => now.video && now.caption?.includes(scene)).length;
        const asked = { told: timesIn(again.clips, scene), pressed: timesIn(again.pressed, scene) };
        return { place, wordMs: finite(word), signMs: finite(sign), clips: ownClips(clips, asked) };
      });
      const odd = requests.flatMap(({ id, chat, at, scene }, n) => {
        if (seen[n]?.clips === 1) return [];
        const said = recorded(chat).filter(({ byBot, now }) => byBot && now.reply_to_message?.message_id === id);
        const lines = said.map(({ sentAt, now, history, deletedAt }) =>
          [
            `+${sentAt - at} ms`,
            ...[...history, now].map((each) => (each.video ? `[clip] ${each.caption}` : each.text)),
            deletedAt === undefined ? '' : `deleted +${deletedAt - at} ms`,
          ].join(' → '),
        );
        return [`${scene} in ${chat}: ${seen[n]?.clips} clips\n  ${lines.join('\n  ')}`];
      });
      const late = requests.flatMap(({ chat, at, scene }, n) => {
        const { wordMs = Number.POSITIVE_INFINITY } = seen[n] ?? {};
        if (wordMs <= LATE_MS) return [];
        const here = calls.filter(
          (call) =>
            (call.chat === String(chat) || call.status !== 200) && call.at > at - BEFORE_MS && call.at <= at + wordMs,
        );
        const lines = here.map(
          (call) =>
            `${Math.round(call.at - at)} ${call.method} ${call.status}${call.chat === String(chat) ? '' : ' elsewhere'}`,
        );
        return [`${scene} in ${chat}: ${Math.round(wordMs)} ms (${lines.join(', ')})`];
      });
      const missing = [...new Set(again.clips)].map((scene) => {
        const clips = ours.filter(({ now }) => now.video && now.caption?.includes(scene)).length;
        return Math.max(0, 1 + again.clips.filter((each) => each === scene).length - clips);
      });
      return {
        platform: 'Telegram',
        seen,
        odd,
        late,
        spent: done
          .filter(({ method, status }) => SPENDING.test(method) && status === 200)
          .map(({ chat = '', at }) => ({ chat, at, place: placeOf(chat) })),
        strays: ours.filter(({ now, deletedAt }) => deletedAt === undefined && !now.video).length,
        doubledCards: requests.filter(
          ({ id, chat, scene }) =>
            cards.filter(
              (card) => card.chat === chat && card.now.reply_to_message?.message_id === id && shows(card, scene),
            ).length >
            1 + again.clips.filter((each) => each === scene).length,
        ).length,
        again: { told: again.told, missing: missing.reduce((all, each) => all + each, 0) },
        deleted: {
          told: deleted.length,
          standing: deleted.filter(({ chat, scene }) => clipsOf(chat, scene).length > 0).length,
        },
        tooMany: flood.length,
      };
    },
    close: () => tg.close(),
  };
}

const finite = (ms: number): number | undefined => (Number.isFinite(ms) ? Math.max(0, ms) : undefined);
const isCard = (text: string | undefined): boolean => text?.includes('scene ') === true;
const shows = ({ now, history }: { now: { text?: string }; history: { text?: string }[] }, scene: string): boolean =>
  [now, ...history].some(({ text }) => text?.includes(scene));
