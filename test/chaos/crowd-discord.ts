import { en } from '../../src/messages/en/index.ts';
import { startDiscord } from '../fakes/discord/discord.ts';
import { isClip, sha256Of } from '../helpers/discord.ts';
import { type Crowd, type CrowdOptions, createSeen, scenesOf, tinyPicture, turn } from './crowd.ts';

/** As busy as a server's channels may be without its rate limits being all there is to see. */
const TASKS_PER_CHANNEL = 10;

/** So long people look at an answer that does not say yet that their request is taken. */
const TOLD_MS = 20_000;

/** On Discord a request that was not acknowledged "did not respond"; whoever asked does not count on it. */
export async function createDiscordCrowd(options: CrowdOptions): Promise<Crowd> {
  const { tasks, picture, framing } = options;
  const discord = await startDiscord({ framing });
  const guild = discord.guild();
  const channels = Array.from({ length: Math.ceil(tasks / TASKS_PER_CHANNEL) }, () => discord.channel(guild));
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);
  const scenes = scenesOf(options);
  const heard = new Set<string>();
  const seen = createSeen();

  async function ask(scene: string, n: number): Promise<void> {
    if (!(await turn(options, n))) return;
    const channel = channels[n % channels.length];
    if (!channel) throw new Error('no channel');
    const { type, ...file } = picture?.(n) ?? (await tinyPicture());
    const attachment = { ...file, name: 'cat', content_type: type };
    try {
      const deed = discord.slash({ user: ann, channel, command: 'animate', options: { scene }, attachment });
      const answer = await deed.answer();
      // It may say at first that it is not on record yet.
      await discord.until(() => answer.content.startsWith(en.discord.taken), TOLD_MS);
      heard.add(scene);
    } catch {
      // "This application did not respond": nobody was there to hear it, or to say that it is on record.
    }
  }

  return {
    scenes,
    settings: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api, DISCORD_CDN_URL: discord.cdn },
    async ask() {
      await discord.ready(60_000);
      await Promise.all(scenes.map(ask));
    },
    heard: () => heard,
    async look() {
      for (const clip of discord.clips().filter((message) => isClip(message) && !seen.has(message.id))) {
        const [scene = '', ...others] = scenes.filter((scene) => clip.content.includes(scene));
        if (others.length > 0) throw new Error(`one clip for ${others.length + 1} scenes`);
        seen.add(clip.id, scene, sha256Of(clip).join());
        discord.letGo(clip);
      }
      return seen.byScene();
    },
    strayLines: () => 0,
    close: () => discord.close(),
  };
}
