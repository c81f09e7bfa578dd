import { afterEach, describe, expect, test } from 'vitest';
import { textOf } from '../../fakes/discord/components.ts';
import { type DiscordStage, discordStage, isClip } from '../../helpers/discord.ts';

let stage: DiscordStage;
afterEach(() => stage.close());

// Hours later: restart.long.test.ts.
describe('killed between a send and its save', () => {
  test.each([
    ['while Discord remembers the nonce', false],
    ['after Discord has forgotten it', true],
  ])(
    'the clip is shown once: %s',
    async (_when, forgotten) => {
      stage = await discordStage();
      const { discord, channel } = stage;
      // Posted, and the answer never comes: then the kill.
      discord.misbehave('createMessage', 'well', { how: 'silence', worked: true });
      await stage.animate();
      const { thread, clip } = await stage.delivered(await stage.card());
      await stage.stop('SIGKILL');
      if (forgotten) {
        discord.forgetNonces();
        // Others talk meanwhile.
        for (let n = 0; n < 130; n++) discord.says(stage.ann, thread, { content: `nice, ${n}` });
      }
      await stage.start();
      const [card] = stage.shown(channel);
      await discord.until(() => card && textOf(card.components).includes('Done'), 60_000);
      expect(stage.shown(thread).filter(isClip)).toEqual([clip]);
      expect(stage.shown(channel)).toHaveLength(1);
      expect(discord.report().pings).toHaveLength(1);
    },
    90_000,
  );

  test('of several takes each is shown once', async () => {
    stage = await discordStage();
    const { discord, channel } = stage;
    discord.misbehave('createMessage', 'well', { how: 'silence', worked: true });
    await stage.animate({ takes: 3 });
    const { thread } = await stage.delivered(await stage.card());
    await stage.stop('SIGKILL');
    discord.forgetNonces();
    await stage.start();
    const [card] = stage.shown(channel);
    await discord.until(() => card && textOf(card.components).includes('All 3 are here'), 60_000);
    expect(stage.shown(thread).filter(isClip)).toHaveLength(3);
    expect(stage.shown(thread)).toHaveLength(3);
    expect(stage.shown(channel)).toHaveLength(1);
    expect(stage.service.report().accepted).toHaveLength(3);
  }, 90_000);

  test('the card is shown once, too, and the clip hangs on it', async () => {
    stage = await discordStage({ schedule: 'manual' });
    const { discord, channel } = stage;
    discord.misbehave('createMessage', { how: 'silence', worked: true });
    await (await stage.animate()).acknowledged();
    const card = await stage.card();
    await accepted();
    await stage.stop('SIGKILL');
    discord.forgetNonces();
    await stage.start();
    stage.service.tell({ do: 'finish' });
    await stage.delivered(card);
    expect(stage.shown(channel)).toEqual([card]);
  }, 90_000);

  test('it went to a fallback, and the better place is open again: it is found where it went', async () => {
    stage = await discordStage();
    const { discord, channel } = stage;
    discord.misbehave('startThread', {
      how: 'status',
      status: 403,
      body: { code: 50013, message: 'Missing Permissions' },
    });
    discord.misbehave('createMessage', 'well', { how: 'silence', worked: true });
    await stage.animate();
    const clip = await stage.clip(channel);
    const card = await stage.card();
    await stage.stop('SIGKILL');
    discord.forgetNonces();
    await stage.start();
    await discord.until(() => textOf(card.components).includes('Done'), 60_000);
    expect(stage.discord.clips().filter(isClip)).toEqual([clip]);
  }, 90_000);
});

test('a clip that goes to the gallery goes there once', async () => {
  stage = await discordStage({ start: false });
  const { discord, ann } = stage;
  const gallery = stage.room({ name: 'best-of' });
  stage.settings.GALLERY_CHANNEL = gallery.id;
  stage.settings.STARS_NEEDED = '1';
  await stage.start();
  await stage.animate();
  const card = await stage.card();
  const { clip } = await stage.delivered(card);
  await discord.until(() => textOf(card.components).includes('Done'), 60_000);
  discord.misbehave('createMessage', { how: 'silence', worked: true });
  await discord.press(stage.member('cleo'), clip, '⭐').acknowledged();
  const copy = await stage.clip(gallery);
  await stage.stop('SIGKILL');
  discord.forgetNonces();
  await stage.start();
  discord.react(stage.member('bob'), clip, '❤️');
  await discord.until(() => JSON.stringify(clip.components).includes('⭐ 2'), 30_000);
  // It is found, and then is a clip like any other.
  const menu = async () => (await discord.press(ann, copy, 'More').answer()).components.length;
  await expect.poll(menu, { timeout: 60_000 }).toBeGreaterThan(0);
  expect(stage.shown(gallery)).toEqual([copy]);
}, 150_000);

/** The job is on record: of a submit that a kill cuts short nobody knows what became, and the person is asked. */
const accepted = () => expect.poll(() => stage.log(), { timeout: 20_000 }).toContain('"to":"rendering"');
