import { afterEach, describe, expect, test } from 'vitest';
import { textOf } from '../../fakes/discord/components.ts';
import type { Message } from '../../fakes/discord/world.ts';
import { type DiscordStage, discordStage, isClip, pressUnder } from '../../helpers/discord.ts';

let stage: DiscordStage;
afterEach(() => stage.close());

const MINUTES = 60_000;

describe('hours later, after a restart', () => {
  test('every button works', async () => {
    stage = await discordStage();
    const { discord, ann, channel } = stage;
    await stage.animate({ seed: 42 });
    const card = await stage.card();
    const { thread, clip } = await stage.delivered(card);
    await discord.until(() => textOf(card.components).includes('Done'), 20_000);
    await stage.stop('SIGKILL');
    discord.advance(24 * 60 * MINUTES);
    await stage.start();
    const cards = () => stage.shown(thread).filter((it) => it.components[0]?.type === 17);

    expect((await discord.press(ann, clip, 'Again').answer()).content).toContain('Got it');
    await discord.until(() => cards().length === 1, 30_000);
    await discord.until(() => isRenewed(clip));
    const clips = () => stage.shown(thread).filter(isClip).length;
    // Of a submit that the kill cuts short nobody would know what became.
    await discord.until(() => clips() === 2, 30_000);
    await stage.stop('SIGKILL');
    await stage.start();
    expect((await discord.press(ann, clip, 'Again').answer()).content).toContain('Got it');
    await discord.until(() => cards().length === 2, 30_000);
    await (await discord.submit(discord.press(ann, clip, 'Edit scene'), { scene: 'snow falls' })).acknowledged();
    await discord.until(() => cards().length === 3, 30_000);
    await discord.until(() => clips() === 4, 30_000);
    expect((await (await pressUnder(discord, ann, clip, 'Delete')).answer()).content).toBe('Deleted.');
    await discord.until(() => clip.deletedAt !== undefined && card.deletedAt !== undefined);
    expect(stage.shown(channel)).toEqual([]);
  }, 90_000);

  test('a form that was open takes the scene', async () => {
    stage = await discordStage();
    const { discord, ann, channel } = stage;
    const file = discord.file(channel, await picture());
    const message = discord.says(ann, channel, { attachments: [file] });
    const form = discord.menu({ user: ann, message, command: 'Animate this picture' });
    await form.acknowledged();
    await stage.stop('SIGKILL');
    await stage.start();
    await (await discord.submit(form, { scene: 'snow falls' })).acknowledged();
    await stage.delivered(await stage.card());
  }, 90_000);

  test('a clip is delivered long after the interaction’s token has died', async () => {
    stage = await discordStage({ schedule: 'manual' });
    await stage.animate();
    const card = await stage.card();
    await accepted();
    await stage.stop('SIGKILL');
    stage.discord.advance(16 * MINUTES);
    await stage.start();
    stage.service.tell({ do: 'finish' });
    await stage.delivered(card);
  }, 90_000);
});

/** Its **Again** carries another number. */
const isRenewed = ({ components }: Message): boolean => /again:[0-9a-f]+:v1"/.test(JSON.stringify(components));

/** The job is on record: of a submit that a kill cuts short nobody knows what became, and the person is asked. */
const accepted = () => expect.poll(() => stage.log(), { timeout: 20_000 }).toContain('"to":"rendering"');

async function picture() {
  const { tinyPng } = await import('../../helpers/pictures.ts');
  return { bytes: await tinyPng(), name: 'cat.png', type: 'image/png' };
}
