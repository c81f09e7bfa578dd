import {
  ChannelType,
  InteractionResponseType,
  MessageFlags,
  PermissionFlagsBits as P,
  ComponentType as T,
} from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { Task } from '../../../src/task/task.ts';
import { everyComponent, textOf } from '../../fakes/discord/components.ts';
import type { Deed } from '../../fakes/discord/people.ts';
import type { Channel, Message, User } from '../../fakes/discord/world.ts';
import { isClip } from '../../helpers/discord.ts';
import { type DiscordGateways, discordGateways } from '../../helpers/discord-gateways.ts';

let at: DiscordGateways;
afterEach(() => at.close());

async function listening(options: Parameters<typeof discordGateways>[0] = {}): Promise<void> {
  at = await discordGateways(options);
  await at.listen();
}

function member(name: string, permissions?: bigint): User {
  const user = at.discord.user({ name });
  at.discord.join(at.guild, user, permissions);
  return user;
}

const contentOf = async (deed: Deed) => (await deed.answer()).content;
const labelsOf = ({ components }: Message) =>
  components.map((row) => everyComponent([row]).flatMap(({ label }) => (typeof label === 'string' ? [label] : [])));
const press = (user: User, message: Message, label: string) => at.discord.press(user, message, label);
const more = async (user: User, message: Message): Promise<Message> => press(user, message, 'More').answer();
const starOf = (message: Message) =>
  labelsOf(message)
    .flat()
    .find((label) => label.startsWith('⭐'));
const showsOf = ({ id }: Task) => at.store.tasks.showsOf(id, 10);
const clipIn = (where: Channel): Promise<Message> => at.discord.until(() => at.shownIn(where).find(isClip), 10_000);
const starsOf = async ({ id }: Task) => (await at.store.tasks.get(id))?.stars ?? [];

describe('More', () => {
  test('is for the person alone: rows of five at most, which act on the clip', async () => {
    await listening();
    const { task, message } = await at.clip();
    const menu = await more(at.ann, message);
    expect(menu.ephemeralFor).toBe(at.ann.id);
    expect(labelsOf(menu)[0]).toHaveLength(5);
    expect(labelsOf(menu).flat().at(-1)).toBe('Delete');
    expect(await contentOf(press(at.ann, menu, 'Details'))).toContain(task.id);
    // The answer takes the place of the menu.
    expect(menu.components).toEqual([]);
  });

  test('Delete in it takes the clip and its messages away', async () => {
    await listening();
    const { task, message } = await at.clip();
    const bob = member('bob');
    expect(await contentOf(press(bob, await more(bob, message), 'Delete'))).toContain('Only the person');
    expect(message.deletedAt).toBeUndefined();
    expect(await contentOf(press(at.ann, await more(at.ann, message), 'Delete'))).toBe('Deleted.');
    expect(await at.store.tasks.get(task.id)).toBeUndefined();
    expect(message.deletedAt).toBeDefined();
  });

  test('Send me a copy goes to the conversation once for each menu, and one press takes it back', async () => {
    await listening();
    at.work();
    const { task, message } = await at.clip();
    const menu = await more(at.ann, message);
    const twice = [press(at.ann, menu, 'Send me a copy'), press(at.ann, menu, 'Send me a copy')];
    for (const deed of twice) expect(await contentOf(deed)).toContain('direct message,');
    const copy = await clipIn(at.discord.dm(at.ann));
    expect(await showsOf(task)).toHaveLength(1);
    expect(copy.content).toContain('by ann');
    await press(at.ann, await more(at.ann, message), 'Send me a copy').acknowledged();
    await expect.poll(() => showsOf(task)).toHaveLength(2);
    expect(await contentOf(press(at.ann, menu, 'Take it back'))).toBe('Deleted.');
    await at.discord.until(() => copy.deletedAt !== undefined);
    expect(message.deletedAt).toBeUndefined();
    expect(at.lines).toEqual([]);
  });
});

test('Save as GIF posts a GIF where it was asked for', async () => {
  await listening();
  at.work();
  const { message } = await at.clip();
  const bob = member('bob');
  expect(await contentOf(press(bob, await more(bob, message), 'Save as GIF'))).toBe('I will post it here in a moment.');
  const gif = await at.discord.until(() => at.shownIn(at.channel).find((it) => it.attachments.length > 0), 30_000);
  expect(gif.attachments[0]).toMatchObject({ contentType: 'image/gif' });
  expect(gif.attachments[0]?.bytes.subarray(0, 4).toString()).toBe('GIF8');
  expect(labelsOf(await more(at.ann, gif)).flat()).not.toContain('Save as GIF');
}, 60_000);

test('Loop posts the clip there and back, as a clip of its own that goes with the first', async () => {
  await listening();
  at.work();
  const { task, message } = await at.clip();
  const bob = member('bob');
  expect(await contentOf(press(bob, await more(bob, message), 'Loop'))).toBe('I will post it here in a moment.');
  const loop = await at.discord.until(() => at.shownIn(at.channel).find(isClip), 120_000);
  expect(loop.attachments[0]).toMatchObject({ contentType: 'video/mp4' });
  expect(loop.attachments[0]?.bytes.length).not.toBe(task.clip?.bytes);
  expect(labelsOf(await more(at.ann, loop)).flat()).not.toContain('Loop');
  const [show] = await at.store.tasks.showsOf(task.id, 10);
  expect(show).toMatchObject({ shows: task.id, format: 'loop', cost: 0 });
}, 180_000);

describe('a star', () => {
  test('stands on the message that was pressed; its file and its other buttons stay as they are', async () => {
    await listening({ count: 2 });
    const { task, message } = await at.clip();
    const card = at.messageOf(task, { ids: ['star'] });
    await at.store.tasks.recordSent(task.id, 'card', `${card.channelId}/${card.id}`, 'test');
    const before = labelsOf(message).flat();
    const deed = press(at.ann, message, '⭐');
    expect((await deed.acknowledged()).type).toBe(InteractionResponseType.DeferredMessageUpdate);
    await at.discord.until(() => starOf(message) === '⭐ 1');
    await at.discord.until(() => deed.interaction.refused.length > 0);
    // Both processes heard it.
    expect(await starsOf(task)).toEqual([`discord:${at.ann.id}`]);
    expect(labelsOf(message).flat()).toEqual(before.map((label) => (label === '⭐' ? '⭐ 1' : label)));
    // The card says the same.
    await at.discord.until(() => starOf(card) === '⭐ 1');
    await press(at.ann, message, '⭐ 1').acknowledged();
    await at.discord.until(() => starOf(message) === '⭐', 10_000);
    expect(await starsOf(task)).toEqual([]);
    expect(at.lines).toEqual([]);
  });

  test.each(['⭐', '❤️'])('is given by %s on the clip, and taken back with it', async (emoji) => {
    await listening({ count: 2 });
    const { task, message } = await at.clip();
    const bob = member('bob');
    at.discord.react(bob, message, emoji);
    await at.discord.until(() => starOf(message) === '⭐ 1');
    expect(await starsOf(task)).toEqual([`discord:${bob.id}`]);
    at.discord.react(bob, message, emoji, { isOn: false });
    await at.discord.until(() => starOf(message) === '⭐', 10_000);
    expect(await starsOf(task)).toEqual([]);
  });

  test('is none of a bot, none by another emoji, and none on what shows no clip of ours', async () => {
    await listening();
    const { task, message } = await at.clip();
    const bob = member('bob');
    const robot = at.discord.user({ name: 'robot' });
    robot.bot = true;
    at.discord.join(at.guild, robot);
    const gets = () => at.discord.report().requests.filter(({ route }) => route === 'getMessage').length;
    at.discord.react(robot, message, '⭐');
    at.discord.react(at.discord.at.user(at.discord.botId), message, '⭐');
    at.discord.react(bob, message, '🎉');
    const theirs = at.discord.says(bob, at.channel, { content: 'a picture' });
    at.discord.react(bob, theirs, '⭐');
    // What is taken back does not say whose message it is: it is looked at once.
    at.discord.react(bob, theirs, '⭐', { isOn: false });
    at.discord.react(bob, theirs, '⭐', { isOn: false });
    await expect.poll(gets).toBe(1);
    at.discord.react(at.ann, message, '⭐');
    await at.discord.until(() => starOf(message) === '⭐ 1');
    expect(await starsOf(task)).toEqual([`discord:${at.ann.id}`]);
  });

  test('of many at once leaves few edits, and the last number', async () => {
    await listening();
    const { message } = await at.clip();
    const people = Array.from({ length: 12 }, (_, n) => member(`p${n}`));
    for (const person of people) at.discord.react(person, message, '⭐');
    await at.discord.until(() => starOf(message) === '⭐ 12', 10_000);
    const edits = at.discord.report().requests.filter(({ route }) => route === 'editMessage');
    expect(edits.length).toBeLessThanOrEqual(2);
  });
});

describe('Share', () => {
  const where = (user: User, message: Message): Promise<Message> => press(user, message, 'Share').answer();
  const choose = (user: User, question: Message, channel: Channel, forged = false): Deed => {
    const select = everyComponent(question.components).find(({ type }) => type === T.ChannelSelect);
    return at.discord.press(user, question, String(select?.custom_id), [channel.id], { forged });
  };

  test('shows it where it was chosen, with whose it is, and pings nobody; one press takes it back', async () => {
    await listening();
    at.work();
    const { task, message } = await at.clip({
      options: { motion: 5, seed: 1, duration: 5, fit: 'crop', spoiler: true },
    });
    const there = at.discord.channel(at.guild, { name: 'there' });
    const bob = member('bob');
    const question = await where(bob, message);
    expect(question.ephemeralFor).toBe(bob.id);
    const answer = await choose(bob, question, there).answer();
    expect(answer.content).toBe(`It is on its way to <#${there.id}>.`);
    const shown = await clipIn(there);
    expect(shown.content).toMatch(/^\|\|waves roll in — by ann\|\|$/);
    expect(shown.attachments[0]?.spoiler).toBe(true);
    expect(shown.revisions.flatMap(({ pinged }) => pinged)).toEqual([]);
    expect(at.discord.threadOn(shown)).toBeUndefined();
    expect(labelsOf(shown)).toEqual([['Again', 'Edit scene', '⭐', 'Share', 'More']]);
    expect(await contentOf(press(bob, answer, 'Take it back'))).toBe('Deleted.');
    await at.discord.until(() => shown.deletedAt !== undefined);
    expect(await at.store.tasks.get(task.id)).toBeDefined();
    expect(at.shownIn(there)).toEqual([]);
  });

  test('into a thread, and the bot’s own lack is named', async () => {
    await listening();
    at.work();
    const { message } = await at.clip();
    const thread = at.discord.thread({ parent: at.discord.channel(at.guild) });
    await choose(at.ann, await where(at.ann, message), thread).acknowledged();
    await clipIn(thread);
    const shut = at.discord.channel(at.guild, { deny: P.AttachFiles });
    expect(await contentOf(choose(at.ann, await where(at.ann, message), shut))).toContain('Attach Files');
  });

  test.each<[string, () => Channel]>([
    ['another server', () => at.discord.channel(at.discord.guild())],
    ['a forum', () => at.discord.channel(at.guild, { type: ChannelType.GuildForum })],
    ['a channel where the person may not write', () => deniedTo(at.ann, P.SendMessages)],
    ['a channel where the person may post no files', () => deniedTo(at.ann, P.AttachFiles)],
    ['a channel that the person does not see', () => deniedTo(at.ann, P.ViewChannel)],
  ])('never to %s, whatever is sent', async (_what, place) => {
    await listening();
    const { task, message } = await at.clip();
    const deed = choose(at.ann, await where(at.ann, message), place(), true);
    expect(await contentOf(deed)).toMatch(/Choose another place/);
    expect(await showsOf(task)).toEqual([]);
  });

  const deniedTo = (user: User, bits: bigint): Channel => {
    const channel = at.discord.channel(at.guild);
    channel.denies = new Map([[user.id, bits]]);
    return channel;
  };

  test('in a conversation says where else', async () => {
    await listening();
    const dm = at.discord.dm(at.ann);
    const { message } = await at.clip({ where: dm, place: { platform: 'discord', chat: dm.id } });
    const answer = await where(at.ann, message);
    expect(answer.content).toContain('/show');
    expect(answer.components).toEqual([]);
  });

  test('not by who guesses a clip of another channel', async () => {
    await listening();
    const { task } = await at.clip();
    const other = at.discord.channel(at.guild);
    const bob = member('bob');
    const forged = at.messageOf(task, { where: other });
    expect(await contentOf(press(bob, forged, 'Share'))).toContain('Only the person');
    const { message: own, task: mine } = await at.clip({
      where: other,
      requester: { id: `discord:${bob.id}`, name: 'bob' },
      place: { platform: 'discord', chat: other.id, community: at.guild.id },
    });
    const question = await where(bob, own);
    const [row] = question.components;
    const select = everyComponent(row ? [row] : []).at(-1);
    if (select) select.custom_id = String(select.custom_id).replace(mine.id, task.id);
    expect(await contentOf(choose(bob, question, other))).toContain('Only the person');
    expect(await showsOf(task)).toEqual([]);
  });
});

describe('/clips', () => {
  const clips = (user: User, where: Channel, options: Record<string, string | boolean> = {}) =>
    at.discord.slash({ user, channel: where, command: 'clips', options });
  const pictures = ({ components }: Message) =>
    everyComponent(components).flatMap(({ type, items }) =>
      type === T.MediaGallery && Array.isArray(items) ? items : [],
    );

  test('shows pages of pictures with lines, and turns them in place', async () => {
    await listening();
    for (let n = 1; n <= 11; n++) {
      const options = { motion: 5, seed: 1, duration: 5, fit: 'crop', spoiler: n === 11 } as const;
      await at.clip({ scene: `scene *${n}*`, options });
    }
    const page = await clips(at.ann, at.channel).answer();
    expect(page.ephemeralFor).toBe(at.ann.id);
    expect(page.flags & MessageFlags.IsComponentsV2).toBeTruthy();
    await at.discord.until(() => pictures(page).length === 9, 10_000);
    expect(page.attachments).toHaveLength(9);
    expect(pictures(page)[0]).toMatchObject({ spoiler: true });
    const lines = textOf(page.components).split('\n');
    expect(lines[1]).toMatch(/^\*\*1\*\* \|\|scene \\\*11\\\*\|\| · by ann · just now$/);
    expect(lines).toHaveLength(10);
    await at.discord.press(at.ann, page, 'Next page').acknowledged();
    await at.discord.until(() => textOf(page.components).includes('**11**'));
    await at.discord.until(() => pictures(page).length === 2, 10_000);
    expect(page.attachments).toHaveLength(2);
    await at.discord.press(at.ann, page, 'Page before').acknowledged();
    await at.discord.until(() => textOf(page.components).includes('**1**'));
    expect(at.lines).toEqual([]);
  });

  test('of a clip that is chosen: it is shown here, once for each choice', async () => {
    await listening();
    at.work();
    const dm = at.discord.dm(at.ann);
    const { task } = await at.clip();
    const page = await clips(at.ann, dm, { of: 'mine' }).answer();
    const [select] = everyComponent(page.components).filter(({ type }) => type === T.StringSelect);
    const chosen = await at.discord.press(at.ann, page, String(select?.custom_id), [task.id]).answer();
    expect(chosen.content).toBe('I will post it here in a moment.');
    expect((await clipIn(dm)).content).toContain('by ann');
  });

  test('of a conversation are seen nowhere else; and nobody turns another’s pages', async () => {
    await listening();
    const dm = at.discord.dm(at.ann);
    for (let n = 0; n < 10; n++) await at.clip({ where: dm, place: { platform: 'discord', chat: dm.id } });
    const bob = member('bob');
    expect(await contentOf(clips(bob, at.channel))).toBe('No clips found.');
    expect(await contentOf(clips(bob, at.channel, { by: at.ann.id }))).toBe('No clips found.');
    const page = await clips(at.ann, at.channel, { of: 'mine' }).answer();
    const [, next] = everyComponent(page.components).filter(({ type }) => type === T.Button);
    const forged = at.discord.says(bob, at.channel, { content: 'x' });
    forged.authorId = at.discord.botId;
    forged.components = [{ type: T.ActionRow, components: [{ ...next }] }];
    expect(await contentOf(at.discord.press(bob, forged, 'Next page'))).toBe(
      "This is somebody else's list. Get your own with /clips.",
    );
  });
});

describe('/show', () => {
  const type = async (user: User, where: Channel, typed: string) => {
    const deed = at.discord.type({ user, channel: where, command: 'show', option: 'clip', typed });
    return (await deed.acknowledged()).choices ?? [];
  };

  test('offers one’s own clips and those of the chat as one types, and shows the one that is chosen', async () => {
    await listening({ count: 2 });
    at.work();
    const { task } = await at.clip({ scene: `a cat ${'purrs '.repeat(40)}` });
    await at.clip({ scene: 'waves' });
    const dm = at.discord.dm(at.ann);
    expect(await type(at.ann, dm, '')).toHaveLength(2);
    const [found, ...others] = await type(at.ann, dm, 'cat');
    expect(others).toEqual([]);
    expect(found?.value).toBe(task.id);
    const deed = at.discord.slash({ user: at.ann, channel: dm, command: 'show', options: { clip: task.id } });
    expect(await contentOf(deed)).toBe('I will post it here in a moment.');
    await clipIn(dm);
    expect(await showsOf(task)).toHaveLength(1);
    expect(at.lines).toEqual([]);
  });

  test('where the bot may not post a clip says so', async () => {
    await listening();
    const { task } = await at.clip();
    at.discord.deny(at.channel, P.AttachFiles);
    const deed = at.discord.slash({ user: at.ann, channel: at.channel, command: 'show', options: { clip: task.id } });
    expect(await contentOf(deed)).toContain('Attach Files');
    expect(await showsOf(task)).toEqual([]);
  });

  test('offers 25 at most, and nothing of another chat, also by its whole id', async () => {
    await listening();
    for (let n = 0; n < 27; n++) await at.clip({ scene: `n ${n}` });
    expect(await type(at.ann, at.channel, '')).toHaveLength(25);
    const other = at.discord.channel(at.guild);
    const bob = member('bob');
    expect(await type(bob, other, '')).toEqual([]);
    const { task } = await at.clip();
    const deed = at.discord.slash({ user: bob, channel: other, command: 'show', options: { clip: task.id } });
    expect(await contentOf(deed)).toContain('no such clip');
  });
});

describe('the gallery', () => {
  const galleryOf = (): Channel => {
    if (!at.galleryChannel) throw new Error('there is none');
    return at.galleryChannel;
  };

  test('gets a clip once, which two star at the same moment, heard by two processes', async () => {
    await listening({ count: 2, starsNeeded: 2, gallery: true });
    at.work();
    at.work();
    const { task, message } = await at.clip();
    const [bob, cleo, dan] = [member('bob'), member('cleo'), member('dan')];
    at.discord.react(bob, message, '⭐');
    await expect.poll(() => starsOf(task)).toHaveLength(1);
    const both = [cleo, dan].map((each) => press(each, message, starOf(message) ?? ''));
    await Promise.all(both.map((deed) => deed.acknowledged()));
    const copy = await clipIn(galleryOf());
    expect(copy.content).toBe('waves roll in — by ann');
    await at.discord.until(() => starOf(message) === '⭐ 3', 10_000);
    expect(await showsOf(task)).toHaveLength(1);
    expect(at.shownIn(galleryOf())).toEqual([copy]);
  });

  test('gets it once where the answer to the post is lost, though the nonce is forgotten', async () => {
    await listening({ starsNeeded: 1, gallery: true });
    const { task, message } = await at.clip();
    at.discord.misbehave('createMessage', { how: 'reset', when: 'worked' });
    at.work();
    await press(member('cleo'), message, '⭐').acknowledged();
    const copy = await clipIn(galleryOf());
    at.discord.forgetNonces();
    await expect.poll(async () => (await showsOf(task))[0]?.state, { timeout: 15_000 }).toBe('delivered');
    expect(at.shownIn(galleryOf())).toEqual([copy]);
  });

  test('is told of a report beside the clip, with a way to take it down everywhere', async () => {
    await listening({ starsNeeded: 1, gallery: true });
    at.work();
    const { task, message } = await at.clip();
    await press(member('cleo'), message, '⭐').acknowledged();
    const copy = await clipIn(galleryOf());
    const bob = member('bob');
    await expect.poll(async () => (await showsOf(task))[0]?.state).toBe('delivered');
    expect(await contentOf(press(bob, await more(bob, copy), 'Report'))).toContain('Thank you');
    const notice = await at.discord.until(() => at.shownIn(galleryOf()).find((it) => !isClip(it)), 10_000);
    expect(notice.replyTo).toBe(copy.id);
    expect(notice.revisions.flatMap(({ pinged }) => pinged)).toEqual([]);
    expect(await contentOf(press(bob, notice, 'Delete'))).toContain('Only the person');
    const moderator = member('moderator', P.ManageMessages | P.ViewChannel);
    expect(await contentOf(press(moderator, notice, 'Delete'))).toMatch(/^(Deleted|It is deleted)/);
    await at.discord.until(() => copy.deletedAt !== undefined && notice.deletedAt !== undefined, 10_000);
  });
});

test('taken back while it is being shown, nothing stays', async () => {
  await listening();
  const { task, message } = await at.clip();
  const there = at.discord.channel(at.guild);
  const question = await press(at.ann, message, 'Share').answer();
  const [select] = everyComponent(question.components).filter(({ type }) => type === T.ChannelSelect);
  const answer = await at.discord.press(at.ann, question, String(select?.custom_id), [there.id]).answer();
  // The clip is on its way while its task goes.
  at.work({
    storeOf: (store) => ({
      ...store,
      tasks: {
        ...store.tasks,
        async recordSent(...given) {
          if (given[1] === 'clip' && given[0] !== task.id) await press(at.ann, answer, 'Take it back').answer();
          return store.tasks.recordSent(...given);
        },
      },
    }),
  });
  const shown = await at.discord.until(() =>
    at.discord.report().messages.find(({ channelId }) => channelId === there.id),
  );
  await at.discord.until(() => at.discord.at.message(shown.id).deletedAt !== undefined, 20_000);
  expect(await showsOf(task)).toEqual([]);
  expect(message.deletedAt).toBeUndefined();
});

test('/help and /quota are for the person alone, and short enough', async () => {
  await listening();
  for (const command of ['help', 'quota']) {
    const answer = await at.discord.slash({ user: at.ann, channel: at.channel, command }).answer();
    expect(answer.ephemeralFor).toBe(at.ann.id);
    expect(answer.content.length).toBeLessThan(2_000);
  }
});
