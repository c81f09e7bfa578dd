import { afterEach, beforeEach, expect } from 'vitest';
import { alarms as words } from '../../src/messages/operators.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/discord.ts';
import type { User } from '../fakes/discord/world.ts';
import type { FakeTelegram } from '../fakes/telegram/telegram.ts';
import { startStage, type TelegramStage, wordsOf } from '../helpers/telegram.ts';

/** The unmodified program on Telegram and Discord, with an owner on each, and what they hear in private. */
export function useOwners() {
  let discord: FakeDiscord;
  let stage: TelegramStage;
  let ann: User;
  let olga: ReturnType<FakeTelegram['people']['user']>;
  let settings: Record<string, string>;
  beforeEach(async () => {
    discord = await startDiscord();
    ann = discord.user({ name: 'ann' });
  });
  afterEach(async () => {
    await stage.close();
    await discord.close();
  });

  const toAnn = (): string[] => discord.messages(discord.dm(ann)).map(({ content }) => content);
  const toOlga = (): string[] => stage.said(olga).map(wordsOf);

  /** Both hear what begins so; the sentence. */
  async function heard(beginning: string): Promise<string> {
    const said = await stage.tg.until(() => toOlga().find((text) => text.startsWith(beginning)), {
      withinMs: 60_000,
      what: beginning,
    });
    await discord.until(() => toAnn().includes(said));
    return said;
  }

  return {
    /** Starts it; it looks after itself often. */
    async start(more: Record<string, string> = {}): Promise<TelegramStage> {
      stage = await startStage({
        imports: ['./dist/test/helpers/short-turns.js'],
        settings(tg) {
          olga = tg.people.user({ name: 'Olga', started: true });
          settings = {
            DISCORD_TOKEN: discord.token,
            DISCORD_API_URL: discord.api,
            DISCORD_CDN_URL: discord.cdn,
            OWNER: `discord:${ann.id},telegram:${olga.id}`,
            ...more,
          };
          return settings;
        },
      });
      return stage;
    },
    /** What it was started with, beside the stage's own. */
    settings: () => settings,
    olgaSays: (text: string): void => void stage.tg.people.sendText({ from: olga, text }),
    ask: (from = stage.tg.people.user()) => stage.tg.people.sendPhoto({ from, bytes: stage.photo, caption: 'waves' }),
    heard,
    over: (sentence: string): Promise<string> => heard(words.over(sentence)),
    /** Of all that either heard, this once, and its end once. */
    expectOnce(sentence: string): void {
      for (const all of [toAnn(), toOlga()])
        expect(all.filter((text) => text.includes(sentence))).toEqual([sentence, words.over(sentence)]);
    },
  };
}
