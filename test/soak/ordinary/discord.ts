import { setTimeout as delay } from 'node:timers/promises';
import { tinyPicture } from '../../chaos/crowd.ts';
import { textOf } from '../../fakes/discord/components.ts';
import { startDiscord } from '../../fakes/discord/discord.ts';
import type { Fault } from '../../fakes/misbehave.ts';
import { isClip, pressUnder } from '../../helpers/discord.ts';
import { FAILING, type People } from './people.ts';
import { ownClips, type Seen, timesIn } from './table.ts';

/** Of so many requests one is in a direct message. */
const EACH_IN_DM = 4;
const CHANNELS = 6;
const EACH_PRESSED = 12;
const CLIP_WITHIN_MS = 240_000;
const LOOK_MS = 2_000;
const SPENDING = ['createMessage', 'editMessage'];
const FAILED_ROUTES = [...SPENDING, 'deleteMessage', 'startThread', 'callback', 'editAnswer', 'listMessages'];

const FAULTS: Fault[] = [
  { how: 'status', status: 502 },
  { how: 'reset', when: 'read' },
  { how: 'reset', when: 'worked' },
];

/** A person with a direct message, and six channels of a server. */
export async function createDiscordPeople(): Promise<People> {
  const discord = await startDiscord();
  const guild = discord.guild();
  const channels = Array.from({ length: CHANNELS }, () => discord.channel(guild));
  const picture = await tinyPicture();
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);
  const dm = discord.dm(ann);
  const requests: { at: number; wordMs?: number; scene: string; place: Seen['place'] }[] = [];
  const again = { told: 0, pressed: [] as string[], clips: [] as string[] };
  const deleted: string[] = [];

  const said = () => discord.report().messages.filter(({ ephemeralFor }) => ephemeralFor === undefined);
  const clipsOf = (scene: string) => discord.clips().filter((it) => isClip(it) && wordsOf(it).includes(scene));

  async function ask(n: number): Promise<void> {
    const place = n % EACH_IN_DM === 0 ? 'private' : 'group';
    const channel = place === 'private' ? dm : channels[n % CHANNELS];
    if (!channel) throw new Error('no channel');
    const scene = `scene ${n} of ordinary people`;
    const request: (typeof requests)[number] = { at: discord.now(), scene, place };
    requests.push(request);
    const { type, ...file } = picture;
    const attachment = { ...file, name: 'cat', content_type: type };
    try {
      const deed = discord.slash({ user: ann, channel, command: 'animate', options: { scene }, attachment });
      await deed.answer();
      request.wordMs = discord.now() - request.at;
      if (n % EACH_PRESSED === 1) await pressAgain(scene);
      if (n % EACH_PRESSED === 2) await pressDelete(scene);
    } catch {
      // "This application did not respond", or no clip: the table says so.
    }
  }

  const clipOf = (scene: string, n = 0) => discord.until(() => clipsOf(scene)[n], CLIP_WITHIN_MS);

  async function pressAgain(scene: string): Promise<void> {
    const clip = await clipOf(scene);
    await delay(LOOK_MS);
    again.pressed.push(scene);
    await discord.press(ann, clip, 'Again').acknowledged();
    again.told++;
    again.clips.push(scene);
    await clipOf(scene, 1);
  }

  async function pressDelete(scene: string): Promise<void> {
    const clip = await clipOf(scene);
    await delay(LOOK_MS);
    const answer = await (await pressUnder(discord, ann, clip, 'Delete')).answer();
    if (answer.content.startsWith('Deleted')) deleted.push(scene);
  }

  return {
    settings: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api, DISCORD_CDN_URL: discord.cdn },
    async ready() {
      await discord.ready(60_000);
      const faults = Object.fromEntries(FAILED_ROUTES.map((route) => [route, FAULTS]));
      discord.storm({ seed: 7, chance: FAILING, faults });
    },
    ask,
    calm: () => discord.storm(undefined),
    account() {
      const { requests: calls } = discord.report();
      const isPrivate = (path: string) => path.startsWith(`/channels/${dm.id}/`);
      const all = said();
      const clips = (scene: string) =>
        all.filter(
          ({ text, files }) => text.includes(scene) && files.some(({ contentType }) => contentType === 'video/mp4'),
        );
      const cards = all.filter(({ components, deletedAt }) => deletedAt === undefined && components[0]?.type === 17);
      const asked = (scene: string) => timesIn(again.clips, scene);
      const seen = requests.map(({ place, wordMs, scene }) => ({
        place,
        wordMs,
        signMs: wordMs,
        clips: ownClips(clips(scene).length, { told: asked(scene), pressed: timesIn(again.pressed, scene) }),
      }));
      return {
        platform: 'Discord',
        seen,
        odd: requests.flatMap(({ scene }, n) => {
          if (seen[n]?.clips === 1) return [];
          const lines = all.filter(({ text }) => text.includes(scene)).map(({ text }) => text.replaceAll('\n', ' | '));
          return [`${scene}: ${seen[n]?.clips} clips\n  ${lines.join('\n  ')}`];
        }),
        spent: calls
          .filter(({ route, status }) => SPENDING.includes(route) && status === 200)
          .map(({ path, at }) => ({
            chat: path.split('/')[2] ?? '',
            at,
            place: isPrivate(path) ? ('private' as const) : ('group' as const),
          })),
        strays: 0,
        doubledCards: requests.filter(
          ({ scene }) => cards.filter(({ text }) => text.includes(scene)).length > 1 + asked(scene),
        ).length,
        again: {
          told: again.told,
          missing: again.clips.filter((scene) => clips(scene).length < 1 + asked(scene)).length,
        },
        deleted: { told: deleted.length, standing: deleted.filter((scene) => clipsOf(scene).length > 0).length },
        tooMany: calls.filter(({ status }) => status === 429).length,
      };
    },
    close: () => discord.close(),
  };
}

const wordsOf = ({ content, components }: { content: string; components: Parameters<typeof textOf>[0] }): string =>
  `${content}${textOf(components)}`;
