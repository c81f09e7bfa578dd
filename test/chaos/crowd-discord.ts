import { setTimeout as delay } from 'node:timers/promises';
import { en } from '../../src/messages/en.ts';
import { startDiscord } from '../fakes/discord/discord.ts';
import { isClip } from '../helpers/discord.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { type Crowd, type CrowdOptions, countOf, scenesOf } from './crowd.ts';

/** As busy as a server's channels may be without its rate limits being all there is to see. */
const TASKS_PER_CHANNEL = 10;

/** So long people look at an answer that does not say yet that their request is taken. */
const TOLD_MS = 20_000;

/** On Discord a request that was not acknowledged "did not respond"; whoever asked does not count on it. */
export async function createDiscordCrowd({ tasks, overMs }: CrowdOptions): Promise<Crowd> {
  const discord = await startDiscord();
  const guild = discord.guild();
  const channels = Array.from({ length: Math.ceil(tasks / TASKS_PER_CHANNEL) }, () => discord.channel(guild));
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);
  const scenes = scenesOf(tasks);
  const heard = new Set<string>();

  async function ask(scene: string, n: number): Promise<void> {
    await delay((overMs * n) / tasks);
    const channel = channels[n % channels.length];
    if (!channel) throw new Error('no channel');
    const attachment = { bytes: await tinyPng(), name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 };
    try {
      const deed = discord.slash({ user: ann, channel, command: 'animate', options: { scene }, attachment });
      const answer = await deed.answer();
      // It may say at first that it is not on record yet.
      await discord.until(() => answer.content === en.discord.taken, TOLD_MS);
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
    async clips() {
      const texts = discord
        .clips()
        .filter(isClip)
        .map(({ content }) => content);
      return countOf(texts.flatMap((text) => scenes.filter((scene) => text.includes(scene))));
    },
    strayLines: () => 0,
    close: () => discord.close(),
  };
}
